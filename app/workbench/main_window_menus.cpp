// SPDX-License-Identifier: GPL-3.0-or-later
#include "main_window.h"

#include "common/theme.h"
#include "pages/start_page.h"
#include "settings.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QMenuBar>
#include <QUndoGroup>

namespace hilo {

void MainWindow::makeMenus()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&New project…"), QKeySequence::New, start_, &StartPage::makeProject);
    file->addAction(tr("&Open folder…"), QKeySequence::Open, start_, &StartPage::chooseFolder);
    file->addAction(tr("Open &GGUF file…"), start_, &StartPage::chooseFile);
    file->addAction(tr("Open &sample project"), this, [this] { open(sampleProjectPath()); })
        ->setEnabled(!sampleProjectPath().isEmpty());
    file->addSeparator();
    QAction* quit = file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
    quit->setStatusTip(tr("Runs in the queue go on without the window."));

    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = undoGroup_->createUndoAction(this);
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = undoGroup_->createRedoAction(this);
    redo->setShortcut(QKeySequence::Redo);
    edit->addActions({undo, redo});

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
    view->addAction(tr("&Reset layout"), this, &MainWindow::resetLayout);

    QMenu* go = menuBar()->addMenu(tr("&Go"));
    for (std::size_t i = 0; i < pages_.size(); ++i)
        go->addAction(pages_[i]->title(), this, [this, i] { showPage(static_cast<int>(i)); });

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Explain this page"), QKeySequence::HelpContents, this, &MainWindow::explainPage);
    help->addAction(tr("&About HILO Workbench"), this, &MainWindow::showAbout);
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
        action->setChecked(Theme::instance().kind() == kind);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [kind = kind] {
            Theme::instance().setKind(kind);
            settings::setTheme(kind);
        });
    }
}

} // namespace hilo
