// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include "allocation/map.h"
#include "background.h"
#include "base/error.h"
#include "base/result.h"
#include "common/command_palette.h"
#include "common/letter_width.h"
#include "common/plot.h"
#include "common/theme.h"
#include "data/data_endings.h"
#include "help/reference_dialog.h"
#include "page.h"
#include "page_wishes.h"
#include "pages/start_page.h"
#include "project_session.h"
#include "runs/other_work.h"
#include "runs/run_service.h"
#include "runs/run_texts.h"
#include "settings.h"
#include "window/command_list.h"
#include "window/help_dialog.h"
#include "window/navigation_rail.h"
#include "window/page_list.h"
#include "window/preferences_dialog.h"
#include "window/shortcut_dialog.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QUndoGroup>

#include <algorithm>
#include <filesystem>

namespace hilo {
namespace {

/// project.json comes last, so that a copy that was broken off is not taken for a project.
Status copyProject(const std::filesystem::path& from, const std::filesystem::path& to)
{
    namespace fs = std::filesystem;
    std::error_code code;
    fs::create_directories(to, code);
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(from, code); !code && entry != fs::directory_iterator(); entry.increment(code))
        if (entry->path().filename() != "project.json")
            entries.push_back(entry->path());
    entries.push_back(from / "project.json");
    for (const fs::path& entry : entries)
        if (!code)
            fs::copy(entry, to / entry.filename(), fs::copy_options::recursive | fs::copy_options::overwrite_existing,
                     code);
    if (code)
        return failure(noSpace("The sample project could not be copied to " + to.string() + ": " + code.message() + ".",
                               "Make room, or open a copy of " + from.string() + " of your own."));
    return {};
}

bool isDataFile(const QString& name)
{
    const std::vector<std::string> patterns = dataFilePatterns();
    return name != QLatin1String("project.json") && name != QLatin1String("config.json") &&
           std::any_of(patterns.begin(), patterns.end(), [&name](const std::string& pattern) {
               return name.endsWith(QString::fromStdString(pattern.substr(1)), Qt::CaseInsensitive);
           });
}

/// As wide as what it shows, within reason: there is no horizontal scroll bar.
class InspectorArea : public QScrollArea
{
  public:
    InspectorArea(QWidget* inspector, QWidget* parent) : QScrollArea(parent)
    {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus); // what is inside takes the keyboard, and is scrolled to
        setWidget(inspector);
    }

    QSize minimumSizeHint() const override
    {
        const int letter = letterWidth(fontMetrics());
        const int content = std::clamp(widget()->minimumSizeHint().width(), letter * 36, letter * 56);
        return {content + style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2, fontMetrics().height() * 10};
    }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }
};

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent), session_(new ProjectSession(this)), runs_(new RunService(this)),
      otherWork_(new OtherWork(this)), wishes_(new PageWishes(this)), undoGroup_(new QUndoGroup(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("HILO Workbench"));
    setAcceptDrops(true);
    auto* centre = new QWidget(this);
    rail_ = new NavigationRail(centre);
    stack_ = new QStackedWidget(centre);
    auto* layout = new QHBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(rail_);
    layout->addWidget(stack_, 1);
    setCentralWidget(centre);

    inspectorDock_ = new QDockWidget(tr("Inspector"), this);
    inspectorDock_->setObjectName(QStringLiteral("inspectorDock"));
    inspectorDock_->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    inspectors_ = new QStackedWidget(inspectorDock_);
    inspectorDock_->setWidget(inspectors_);
    addDockWidget(Qt::RightDockWidgetArea, inspectorDock_);

    baseLabel_ = new QLabel(this);
    runningLabel_ = new QLabel(this);
    statusBar()->addPermanentWidget(baseLabel_);
    statusBar()->addPermanentWidget(runningLabel_);

    makePages();
    makeMenus();
    connect(rail_, &NavigationRail::pageChosen, this, qOverload<int>(&MainWindow::showPage));
    connect(session_, &ProjectSession::opening, this, [this](const QString& path) {
        start_->setProblem({});
        statusBar()->showMessage(tr("Opening %1 …").arg(QFileInfo(path).fileName()));
    });
    connect(session_, &ProjectSession::opened, this, &MainWindow::projectOpened);
    connect(session_, &ProjectSession::failedToOpen, this, [this](const QString& problem) {
        statusBar()->clearMessage();
        start_->setProblem(problem);
        showPage(0);
    });
    connect(runs_, &RunService::runsChanged, this, &MainWindow::updateStatus);
    connect(otherWork_, &OtherWork::changed, this, &MainWindow::updateStatus);
    quietColour_ = Theme::instance().colours().quietText;
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::recolourTexts);
    start_->setRecent(settings::recentPaths());
    restoreLayout();
    showPage(0);
}

MainWindow::~MainWindow() = default;

void MainWindow::makePages()
{
    const PageList list = makePageList({*session_, *runs_, *wishes_, *undoGroup_});
    start_ = list.start;
    connect(start_, &StartPage::openRequested, this, &MainWindow::open);
    connect(start_, &StartPage::sampleRequested, this, &MainWindow::openSample);
    for (Page* page : list.pages)
        addPage(page);
    connect(wishes_, &PageWishes::pageWanted, this, [this](const QString& key) { showPage(key); });
}

void MainWindow::addPage(Page* page)
{
    pages_.push_back(page);
    rail_->addPage(page->key(), page->title(), tr("Show the page “%1”").arg(page->title()));
    stack_->addWidget(page);
    QWidget* inspector = page->inspector();
    if (inspector) {
        inspector = new InspectorArea(inspector, inspectors_);
        inspectors_->addWidget(inspector);
    }
    inspectorOf_.push_back(inspector);
    const auto say = [this](const QString& sentence) { statusBar()->showMessage(sentence, 20000); };
    connect(page, &Page::said, this, say);
    for (const QWidget* holder : std::initializer_list<const QWidget*>{page, inspector})
        if (holder)
            for (const Plot* plot : holder->findChildren<Plot*>())
                connect(plot, &Plot::said, this, say);
}

bool MainWindow::showPage(const QString& key)
{
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        if (pages_[i]->key() == key) {
            showPage(static_cast<int>(i));
            return true;
        }
    }
    return false;
}

void MainWindow::showPage(int index)
{
    rail_->setCurrent(index);
    // Only the page in front says how small the window may be.
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        const auto policy = static_cast<int>(i) == index ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        pages_[i]->setSizePolicy(policy, policy);
    }
    stack_->setCurrentIndex(index);
    if (QWidget* inspector = inspectorOf_[static_cast<std::size_t>(index)])
        inspectors_->setCurrentWidget(inspector);
    foldInspector();
    fillPageMenu(*pages_[static_cast<std::size_t>(index)]);
    pages_[static_cast<std::size_t>(index)]->shown();
}

/// What the rail and the page in front need at least, in pixels.
int MainWindow::widthOfContent() const
{
    const QWidget* page = stack_->currentWidget();
    return rail_->minimumSizeHint().expandedTo(rail_->minimumSize()).width() +
           (page ? page->minimumSizeHint().expandedTo(page->minimumSize()).width() : 0);
}

/// The inspector gives way where the page would be clipped, and on pages that have nothing to say there.
void MainWindow::foldInspector()
{
    const int current = stack_->currentIndex();
    const bool has = current >= 0 && inspectorOf_[static_cast<std::size_t>(current)] != nullptr;
    const bool room = width() >= widthOfContent() + inspectorDock_->minimumSizeHint().width() +
                                     style()->pixelMetric(QStyle::PM_DockWidgetSeparatorExtent, nullptr, this);
    inspectorDock_->setVisible(has && room && settings::inspectorWanted());
}

void MainWindow::open(const QString& given)
{
    // A desktop hands over the file, a person the folder.
    const QFileInfo file(given);
    const QString path = file.fileName() == QLatin1String("project.json") ? file.absolutePath() : given;
    if (session_->hasUnsavedMaps() &&
        QMessageBox::question(this, tr("Unsaved maps"),
                              tr("Maps were changed and not saved. Open another project anyway?"),
                              QMessageBox::Discard | QMessageBox::Cancel) != QMessageBox::Discard)
        return;
    session_->open(path);
}

void MainWindow::openSample()
{
    const QString sample = sampleProjectPath();
    if (sample.isEmpty() || QFileInfo(sample).isWritable())
        return open(sample);
    const QString own = QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
                            .filePath(QStringLiteral("projects/") + QFileInfo(sample).fileName());
    if (QFileInfo::exists(own + QStringLiteral("/project.json")))
        return open(own);
    statusBar()->showMessage(tr("Copying the sample project to %1 …").arg(own));
    inBackground(
        this, [from = sample.toStdString(), to = own.toStdString()] { return copyProject(from, to); },
        [this, own](const Status& copied) {
            if (copied)
                return open(own);
            start_->setProblem(QString::fromStdString(describe(copied.error())));
        });
}

void MainWindow::projectOpened()
{
    const auto& model = session_->model();
    rail_->setProject(session_->name(), model ? tr("%1, %n layer(s)", nullptr, static_cast<int>(model->config.layers))
                                                    .arg(QString::fromStdString(model->config.architecture))
                                              : tr("no model"));
    setWindowTitle(tr("%1 — HILO Workbench").arg(session_->name()));
    runs_->setProject(session_->folder());
    otherWork_->setProject(session_->folder());
    settings::addRecentPath(session_->path());
    start_->setRecent(settings::recentPaths());
    statusBar()->showMessage(tr("Opened %1").arg(session_->path()), 10000);
    baseLabel_->setText(model ? tr("Base: %1").arg(QString::fromStdString(model->path.filename().string()))
                              : QString());
    if (!session_->modelProblem().isEmpty())
        start_->setProblem(session_->modelProblem());
    if (stack_->currentIndex() == 0 && model)
        showPage(session_->folder().isEmpty() ? QStringLiteral("model") : QStringLiteral("allocation"));
    else
        pages_[static_cast<std::size_t>(stack_->currentIndex())]->shown();
}

void MainWindow::updateStatus()
{
    int running = 0;
    int waiting = 0;
    QString first;
    for (const RunSummary& run : runs_->runs()) {
        if (run.state == "running" && ++running == 1) {
            const QString id = QString::fromStdString(run.id);
            const auto progress = progressOf(run);
            first = isMeasuring(run) || !progress ? QStringLiteral("%1, %2").arg(id, stateText(run))
                                                  : tr("%1, %2 %").arg(id).arg(static_cast<int>(*progress * 100));
        }
        waiting += run.state == "queued" ? 1 : 0;
    }
    runningLabel_->setText(running > 0 ? tr("Running: %1").arg(first) : QString());
    rail_->setQueue(running, waiting, otherWork_->served());
}

bool MainWindow::event(QEvent* event)
{
    const bool handled = QMainWindow::event(event);
    if (event->type() == QEvent::LayoutRequest && inspectorDock_) {
        // The window may become narrower than page and inspector together: then the inspector folds.
        setMinimumWidth(widthOfContent());
        foldInspector();
    }
    return handled;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (session_->hasUnsavedMaps() &&
        QMessageBox::question(this, tr("Unsaved maps"), tr("Maps were changed and not saved. Quit anyway?"),
                              QMessageBox::Discard | QMessageBox::Cancel) != QMessageBox::Discard) {
        event->ignore();
        return;
    }
    settings::saveLayout(saveGeometry(), saveState(settings::layoutVersion));
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    foldInspector();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.front().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    const QString path = event->mimeData()->urls().constFirst().toLocalFile();
    const QString name = QFileInfo(path).fileName();
    // Rows and maps are for what is open; anything else is opened itself.
    if (session_->model() && name.endsWith(QLatin1String(".map.json"))) {
        const auto map = readAllocationMap(path.toStdString());
        const Status fits = map ? validateAllocationMap(*map, session_->model()->config, path.toStdString()) : Status();
        if (map && fits)
            Q_EMIT wishes_->mapWanted(*map);
        else
            statusBar()->showMessage(QString::fromStdString(describe(map ? fits.error() : map.error())));
    } else if (!session_->path().isEmpty() && isDataFile(name)) {
        showPage(QStringLiteral("data"));
        Q_EMIT wishes_->dataWanted(path);
    } else {
        open(path);
    }
}

void MainWindow::restoreLayout()
{
    const QSize wanted(letterWidth(fontMetrics()) * 200, fontMetrics().height() * 50);
    resize(screen() ? wanted.boundedTo(screen()->availableSize()) : wanted);
    resizeDocks({inspectorDock_}, {letterWidth(fontMetrics()) * 42}, Qt::Horizontal);
    restoreGeometry(settings::savedGeometry());
    restoreState(settings::savedState(), settings::layoutVersion);
}

void MainWindow::resetLayout()
{
    settings::saveLayout({}, {});
    settings::setInspectorWanted(true);
    addDockWidget(Qt::RightDockWidgetArea, inspectorDock_);
    resizeDocks({inspectorDock_}, {letterWidth(fontMetrics()) * 42}, Qt::Horizontal);
    foldInspector();
}

void MainWindow::explainPage()
{
    const Page* page = pages_[static_cast<std::size_t>(stack_->currentIndex())];
    if (!help_)
        help_ = new HelpDialog(this);
    help_->explain(page->title(), page->help());
}

/// Tables of facts hold the quiet colour in their text.
void MainWindow::recolourTexts()
{
    const QString before = quietColour_.name();
    quietColour_ = Theme::instance().colours().quietText;
    for (QLabel* label : findChildren<QLabel*>())
        if (label->text().contains(before))
            label->setText(label->text().replace(before, quietColour_.name()));
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About HILO Workbench"),
                       tr("<h3>HILO Workbench %1</h3><p>Fine-tune language models with a mixture of LoRA experts whose "
                          "number and ranks follow the layers.</p><p>Free software under the GNU General Public "
                          "License, version 3 or later.</p>")
                           .arg(QCoreApplication::applicationVersion()));
}

void MainWindow::changeFontSize(int points)
{
    settings::setFontSize(points);
    QFont font = QApplication::font();
    font.setPointSize(points);
    QApplication::setFont(font);
}

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
    QAction* preferences = edit->addAction(tr("&Preferences…"), this, [this] { showPreferences(); });
    preferences->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    makeViewMenu();

    QMenu* go = menuBar()->addMenu(tr("&Go"));
    go->addAction(tr("&Find a command…"), QKeySequence(Qt::CTRL | Qt::Key_K), this, &MainWindow::showCommands);
    go->addSeparator();
    for (std::size_t i = 0; i < pages_.size(); ++i)
        go->addAction(pages_[i]->title(), this, [this, i] { showPage(static_cast<int>(i)); });
    pageMenu_ = menuBar()->addMenu(QString());

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Explain this page"), QKeySequence::HelpContents, this, &MainWindow::explainPage);
    help->addAction(tr("&Strategies and signals…"), this, [this] { showReference(); });
    help->addAction(tr("S&hortcuts…"), QKeySequence(Qt::CTRL | Qt::Key_Question), this, &MainWindow::showShortcuts);
    help->addAction(tr("&About HILO Workbench"), this, &MainWindow::showAbout);
}

void MainWindow::makeFileMenu()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&New project…"), QKeySequence::New, start_, &StartPage::makeProject);
    file->addAction(tr("&Open folder…"), QKeySequence::Open, start_, &StartPage::chooseFolder);
    file->addAction(tr("Open &GGUF file…"), start_, &StartPage::chooseFile);
    file->addAction(tr("&Fetch model…"), start_, &StartPage::fetchModel);
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

void MainWindow::showCommands()
{
    auto* palette = new CommandPalette(this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->setCommands(commandsOf(*this));
    palette->open();
}

void MainWindow::showShortcuts()
{
    auto* dialog = new ShortcutDialog(shortcutsOf(*this), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showReference(const QString& title)
{
    auto* dialog = findChild<ReferenceDialog*>();
    if (!dialog)
        dialog = new ReferenceDialog(this);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    if (!title.isEmpty())
        dialog->find(title);
}

void MainWindow::showPreferences(const QString& field)
{
    auto* dialog = new PreferencesDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    if (auto* wanted = field.isEmpty() ? nullptr : dialog->findChild<QWidget*>(field))
        wanted->setFocus();
}

} // namespace hilo
