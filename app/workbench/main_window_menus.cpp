// SPDX-License-Identifier: GPL-3.0-or-later
#include "main_window.h"

#include "common/theme.h"
#include "help/reference_dialog.h"
#include "page.h"
#include "pages/start_page.h"
#include "preferences_dialog.h"
#include "settings.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QStatusBar>
#include <QUndoGroup>

namespace hilo {

void MainWindow::makeMenus()
{
    makeFileMenu();
    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = undoGroup_->createUndoAction(this);
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = undoGroup_->createRedoAction(this);
    // The second is what people know from other systems; not every platform theme lists both.
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    edit->addActions({undo, redo});
    edit->addSeparator();
    QAction* preferences = edit->addAction(tr("&Preferences…"), this, &MainWindow::showPreferences);
    preferences->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    makeViewMenu();

    QMenu* go = menuBar()->addMenu(tr("&Go"));
    for (std::size_t i = 0; i < pages_.size(); ++i)
        go->addAction(pages_[i]->title(), this, [this, i] { showPage(static_cast<int>(i)); });
    pageMenu_ = menuBar()->addMenu(QString());

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Explain this page"), QKeySequence::HelpContents, this, &MainWindow::explainPage);
    help->addAction(tr("&Strategies and signals…"), this, &MainWindow::showReference);
    help->addAction(tr("&About HILO Workbench"), this, &MainWindow::showAbout);
}

void MainWindow::makeFileMenu()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&New project…"), QKeySequence::New, start_, &StartPage::makeProject);
    file->addAction(tr("&Open folder…"), QKeySequence::Open, start_, &StartPage::chooseFolder);
    file->addAction(tr("Open &GGUF file…"), start_, &StartPage::chooseFile);
    QMenu* recent = file->addMenu(tr("&Recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecentMenu(recent); });
    file->addAction(tr("Open &sample project"), this, &MainWindow::openSample)
        ->setEnabled(!sampleProjectPath().isEmpty());
    file->addSeparator();
    QAction* quit = file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
    quit->setStatusTip(tr("Runs in the queue go on without the window."));
}

void MainWindow::fillRecentMenu(QMenu* menu)
{
    menu->clear();
    for (const QString& path : settings::recentPaths()) {
        QAction* action = menu->addAction(QString(path).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                                          [this, path] { open(path); });
        action->setEnabled(QFileInfo::exists(path));
    }
    if (menu->isEmpty())
        menu->addAction(tr("Nothing yet"))->setEnabled(false);
}

void MainWindow::makeViewMenu()
{
    QMenu* view = menuBar()->addMenu(tr("&View"));
    makeThemeMenu(view->addMenu(tr("&Theme")));
    view->addAction(tr("&Larger text"), QKeySequence::ZoomIn, this,
                    [this] { changeFontSize(std::min(QApplication::font().pointSize() + 1, 24)); });
    view->addAction(tr("&Smaller text"), QKeySequence::ZoomOut, this,
                    [this] { changeFontSize(std::max(QApplication::font().pointSize() - 1, 6)); });
    QAction* inspector = view->addAction(tr("&Inspector"));
    inspector->setShortcut(Qt::Key_F9);
    inspector->setCheckable(true);
    inspector->setChecked(settings::inspectorWanted());
    connect(inspector, &QAction::toggled, this, [this](bool on) {
        settings::setInspectorWanted(on);
        foldInspector();
    });
    view->addSeparator();
    view->addAction(tr("&Keep this layout"), this, [this] {
        settings::keepState(saveState(settings::layoutVersion));
        statusBar()->showMessage(tr("The layout is kept; “Back to the kept layout” restores it."), 10000);
    });
    view->addAction(tr("&Back to the kept layout"), this, [this] {
        if (!restoreState(settings::keptState(), settings::layoutVersion))
            statusBar()->showMessage(tr("No layout was kept yet."), 10000);
        foldInspector();
    });
    view->addAction(tr("&Reset layout"), this, &MainWindow::resetLayout);
}

void MainWindow::makeThemeMenu(QMenu* menu)
{
    auto* group = new QActionGroup(this);
    const std::pair<QString, Theme::Kind> kinds[] = {{tr("&As the system"), Theme::Kind::System},
                                                     {tr("&Light"), Theme::Kind::Light},
                                                     {tr("&Dark"), Theme::Kind::Dark}};
    for (const auto& [text, kind] : kinds) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [kind = kind] {
            Theme::instance().setKind(kind);
            settings::setTheme(kind);
        });
        const auto check = [action, kind = kind] { action->setChecked(Theme::instance().kind() == kind); };
        connect(&Theme::instance(), &Theme::changed, action, check);
        check();
    }
}

void MainWindow::fillPageMenu(Page& page)
{
    pageMenu_->clear();
    pageMenu_->setTitle(page.title());
    pageMenu_->addActions(page.actions());
    pageMenu_->menuAction()->setVisible(!page.actions().isEmpty());
}

void MainWindow::showReference()
{
    auto* dialog = findChild<ReferenceDialog*>();
    if (!dialog)
        dialog = new ReferenceDialog(this);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::showPreferences()
{
    auto* dialog = new PreferencesDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace hilo
