// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/allocation_page.h"

#include "allocation/allocation_delegate.h"
#include "allocation/allocation_view.h"
#include "allocation/cell_inspector.h"
#include "allocation/map_legend.h"
#include "allocation/map_summary.h"
#include "allocation/search_run_panel.h"
#include "allocation/strategy_help.h"
#include "allocation/strategy_panel.h"
#include "allocation/training_estimator.h"
#include "background.h"
#include "common/flow_layout.h"
#include "common/metric_text.h"
#include "common/numbers.h"
#include "compare/metric_choice.h"
#include "complexity/signal_help.h"
#include "page_wishes.h"
#include "pages/map_commands.h"
#include "project_session.h"
#include "runs/run_service.h"
#include "settings.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QUndoGroup>
#include <QUndoView>

#include <cmath>

namespace hilo {

AllocationPage::AllocationPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("allocation"), tr("Allocation"), allocationHelp(), parent), session_(context.session),
      runs_(context.runs), wishes_(context.wishes), undoGroup_(context.undoGroup),
      commands_(new MapCommands(context.session, this)), estimator_(new TrainingEstimator(context.session, this))
{
    view_ = new AllocationView(this);
    view_->setObjectName(QStringLiteral("allocationView"));
    view_->setTabKeyNavigation(false);
    view_->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* card = makeCard(this);
    cardLayout(card)->addWidget(view_, 1);
    legend_ = new MapLegend(card);
    cardLayout(card)->addWidget(legend_);
    summary_ = new MapSummary(*estimator_, this);

    content_ = new QWidget(this);
    auto* contentLayout = new QVBoxLayout(content_);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(8);
    contentLayout->addWidget(makeTabs());
    contentLayout->addWidget(makeToolBar());
    search_ = new SearchRunPanel(session_, this);
    contentLayout->addWidget(search_);
    contentLayout->addWidget(card, 1);
    contentLayout->addWidget(summary_);
    empty_ = makeQuietLabel({}, this);
    empty_->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(content_, 1);
    layout->addWidget(empty_, 1);
    setInspector(makeInspector());
    makeGridActions();
    connectAll();
    projectOpened();
}

QWidget* AllocationPage::makeTabs()
{
    auto* strip = new QWidget(this);
    auto* line = new QHBoxLayout(strip);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    tabs_ = new QTabBar(strip);
    tabs_->setTabsClosable(true);
    tabs_->setDocumentMode(true);
    tabs_->setExpanding(false);
    tabs_->setDrawBase(false);
    tabs_->setElideMode(Qt::ElideNone);
    tabs_->setUsesScrollButtons(true);
    tabs_->setAccessibleName(tr("Open maps"));
    auto* add = makeButton(tr("+ New map"), tr("Open an empty map in a tab of its own (Ctrl+T)"), strip);
    add->setAccessibleName(tr("New map"));
    connect(add, &QPushButton::clicked, commands_, &MapCommands::newMap);
    line->addWidget(tabs_, 1);
    line->addWidget(add);
    return strip;
}

QWidget* AllocationPage::makeToolBar()
{
    auto* bar = new QWidget(this);
    auto* flow = new FlowLayout(8, bar);
    auto* undo = makeToolButton(tr("Undo"), tr("Take the last change back (Ctrl+Z)"), bar);
    auto* redo = makeToolButton(tr("Redo"), tr("Make the change again that was taken back (Ctrl+Shift+Z)"), bar);
    undo->setEnabled(false);
    redo->setEnabled(false);
    connect(&undoGroup_, &QUndoGroup::canUndoChanged, undo, &QWidget::setEnabled);
    connect(&undoGroup_, &QUndoGroup::canRedoChanged, redo, &QWidget::setEnabled);
    connect(undo, &QPushButton::clicked, &undoGroup_, &QUndoGroup::undo);
    connect(redo, &QPushButton::clicked, &undoGroup_, &QUndoGroup::redo);
    paint_ = makeToolButton(tr("Paint"),
                            tr("While this is on, dragging over cells gives them the experts and the rank beside it; "
                               "Ctrl+B gives them to the selection at any time"),
                            bar);
    paint_->setCheckable(true);
    experts_ = new QSpinBox(bar);
    experts_->setRange(0, 256);
    experts_->setValue(4);
    experts_->setPrefix(tr("experts "));
    experts_->setAccessibleName(tr("Experts to paint"));
    experts_->setToolTip(tr("Experts that painting gives to a cell; 0 takes the adapter away"));
    rank_ = new QSpinBox(bar);
    rank_->setRange(1, 4096);
    rank_->setValue(8);
    rank_->setPrefix(tr("rank "));
    rank_->setAccessibleName(tr("Rank to paint"));
    rank_->setToolTip(tr("Rank of each painted expert"));
    auto* row = makeToolButton(tr("Fill row"), tr("Give the current cell's experts and ranks to its whole layer"), bar);
    auto* column = makeToolButton(tr("Fill column"),
                                  tr("Give the current cell's experts and ranks to its module in every layer"), bar);
    auto* lock = makeToolButton(
        tr("Lock"), tr("Keep the selected cells as they are when a strategy is applied; again unlocks (Ctrl+L)"), bar);
    colourBy_ = new QComboBox(bar);
    colourBy_->setAccessibleName(tr("Colour by"));
    colourBy_->setToolTip(tr("What the colour of a cell shows; the scale is below the map"));
    colourBy_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    differenceTo_ = new QComboBox(bar);
    differenceTo_->setAccessibleName(tr("Difference to"));
    differenceTo_->setToolTip(tr("Shows the sum of ranks minus that of another open map"));
    differenceTo_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(row, &QPushButton::clicked, view_, &AllocationView::fillRow);
    connect(column, &QPushButton::clicked, view_, &AllocationView::fillColumn);
    connect(lock, &QPushButton::clicked, view_, &AllocationView::toggleLock);
    for (QWidget* widget : std::initializer_list<QWidget*>{undo, redo, paint_, experts_, rank_, row, column, lock,
                                                           colourBy_, differenceTo_})
        flow->addWidget(widget);
    return bar;
}

QWidget* AllocationPage::makeInspector()
{
    auto* inspector = new QWidget;
    inspector->setObjectName(QStringLiteral("inspector"));
    panel_ = new StrategyPanel(inspector);
    cell_ = new CellInspector(inspector);
    history_ = new QUndoView(&undoGroup_, inspector);
    history_->setEmptyLabel(tr("as opened"));
    history_->setFrameShape(QFrame::NoFrame);
    history_->setAccessibleName(tr("History of changes"));
    history_->setToolTip(tr("Every change of this map; choose one to go back to it"));
    history_->setMinimumHeight(fontMetrics().height() * 8);
    auto* layout = new QVBoxLayout(inspector);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    layout->addWidget(panel_);
    layout->addWidget(cell_);
    layout->addWidget(makeHeading(tr("History"), inspector));
    layout->addWidget(history_, 1);
    return inspector;
}

void AllocationPage::connectAll()
{
    connect(tabs_, &QTabBar::currentChanged, this, &AllocationPage::showMap);
    connect(tabs_, &QTabBar::tabCloseRequested, commands_, &MapCommands::closeMap);
    connect(tabs_, &QTabBar::tabBarDoubleClicked, commands_, &MapCommands::renameMap);
    connect(view_, &AllocationView::refused, this, &Page::said);
    connect(cell_, &CellInspector::refused, this, &Page::said);
    for (QSpinBox* box : {experts_, rank_})
        connect(box, &QSpinBox::valueChanged, this, &AllocationPage::useBrush);
    connect(paint_, &QPushButton::toggled, this, &AllocationPage::useBrush);
    connect(colourBy_, &QComboBox::currentIndexChanged, this, &AllocationPage::colour);
    connect(differenceTo_, &QComboBox::currentIndexChanged, this, &AllocationPage::colour);
    connect(panel_, &StrategyPanel::applyRequested, this, &AllocationPage::apply);
    connect(panel_, &StrategyPanel::newMapRequested, commands_, &MapCommands::addMap);
    connect(panel_, &StrategyPanel::profileChosen, this, &AllocationPage::loadProfile);
    connect(panel_, &StrategyPanel::searchRequested, search_, &SearchRunPanel::askAndStart);
    connect(search_, &SearchRunPanel::said, this, &Page::said);
    connect(search_, &SearchRunPanel::finished, this, [this](const QString& file) {
        if (!file.startsWith(session_.folder() + QLatin1Char('/')))
            return;
        panel_->generateFromSearch(file);
        Q_EMIT said(tr("The search is finished; the preview shows the map that it found."));
    });
    panel_->setMerge([this](const AllocationMap& map) { return document_ ? document_->withLocks(map) : map; });
    connect(summary_, &MapSummary::budgetChanged, panel_, &StrategyPanel::setBudget);
    connect(summary_, &MapSummary::saveWanted, commands_, &MapCommands::save);
    connect(summary_, &MapSummary::runWanted, this, [this] {
        if (document_)
            Q_EMIT wishes_.runWanted(document_->map());
    });
    connect(&wishes_, &PageWishes::mapWanted, this, [this](const AllocationMap& map) {
        if (!session_.model())
            return;
        Q_EMIT wishes_.pageWanted(key());
        if (const Status fits = validateAllocationMap(map, session_.model()->config, map.name); !fits)
            Q_EMIT said(QString::fromStdString(describe(fits.error())));
        else
            commands_->addMap(map);
    });
    connect(&wishes_, &PageWishes::openMapWanted, this, [this](const QString& name) {
        const auto& maps = session_.maps();
        for (std::size_t i = 0; i < maps.size(); ++i)
            if (QString::fromStdString(maps[i]->map().name) == name)
                tabs_->setCurrentIndex(static_cast<int>(i));
    });
    connect(&wishes_, &PageWishes::allocationWanted, this, [this](const QString& profile, const QString& signal) {
        Q_EMIT wishes_.pageWanted(key());
        panel_->generateFrom(profile, signal);
    });
    connect(commands_, &MapCommands::said, this, &Page::said);
    connect(commands_, &MapCommands::frontWanted, tabs_, &QTabBar::setCurrentIndex);
    connect(commands_, &MapCommands::saved, this, &AllocationPage::updateTitles);
    connect(&session_, &ProjectSession::mapChangedOnDisk, this, [this](const AllocationDocument* document, bool taken) {
        const QString name = QString::fromStdString(document->map().name);
        updateTitles();
        Q_EMIT said(taken ? tr("“%1” was changed on disk and is shown as it is there; Ctrl+Z takes it back.").arg(name)
                          : tr("“%1” was changed on disk as well; saving shows the differences.").arg(name));
    });
    connect(&session_, &ProjectSession::opened, this, &AllocationPage::projectOpened);
    connect(&session_, &ProjectSession::mapsChanged, this, &AllocationPage::rebuildTabs);
    connect(&session_, &ProjectSession::layerSelected, this, [this](int layer) {
        if (model_ && layer >= 0 && layer < model_->rowCount() && view_->currentIndex().row() != layer)
            view_->setCurrentIndex(model_->index(layer, std::max(0, view_->currentIndex().column())));
    });
    connect(&runs_, &RunService::runsChanged, this, [this] {
        summary_->setRuns(runs_.list());
        readCompared();
    });
}

/// The similar run is told by the metric that runs are compared by, of which the list of runs knows the accuracy only.
void AllocationPage::readCompared()
{
    const MetricChoice metric = MetricChoice::parse(settings::comparedMetric().toStdString()).value_or(MetricChoice());
    const int request = ++comparedRequest_;
    if (metric.isAccuracy() || runs_.folder().isEmpty()) {
        summary_->setCompared(MetricText(), nullptr);
        return;
    }
    inBackground(
        this,
        [project = runs_.folder().toStdString(), metric]() -> Result<FinalValues> {
            HILO_TRY(const Project opened, Project::open(project));
            HILO_TRY(RunReader reader, RunReader::open(opened));
            return reader.finalValues(metric.metric, metric.task);
        },
        [this, request, metric](Result<FinalValues> values) {
            if (request != comparedRequest_)
                return;
            // Of a project without such a metric the accuracies say more than nothing.
            const bool has = values && !values->empty();
            summary_->setCompared(has ? MetricText(metric.metric, metric.task) : MetricText(),
                                  has ? std::make_shared<const FinalValues>(std::move(*values)) : nullptr);
        });
}

void AllocationPage::projectOpened()
{
    const auto& model = session_.model();
    panel_->setModel(model ? std::optional(model->config) : std::nullopt);
    // A search of another project is kept there.
    if (search_->isRunning() && searchedFolder_ != session_.folder())
        search_->interrupt();
    searchedFolder_ = session_.folder();
    content_->setVisible(model.has_value());
    empty_->setVisible(!model);
    empty_->setText(
        session_.modelProblem().isEmpty()
            ? tr("Open a project or a model on the start page (Ctrl+1); config.json alone is enough to plan.")
            : session_.modelProblem());
    estimator_->projectOpened();
    listColours();
    if (model && session_.maps().empty())
        commands_->newMap();
    else
        rebuildTabs();
    shown();
}

void AllocationPage::shown()
{
    readCompared();
    QStringList files;
    const QDir profiles(QDir(session_.folder()).filePath(QStringLiteral("profiles")));
    if (!session_.folder().isEmpty())
        for (const QString& name : profiles.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Time))
            files << profiles.filePath(name);
    newestProfile_ = files.value(0);
    panel_->setProfiles(files);
    loadProfile(panel_->profile());
    if (isVisible())
        view_->setFocus();
}

void AllocationPage::rebuildTabs()
{
    const AllocationDocument* before = document_;
    const QSignalBlocker blocked(tabs_);
    const QSignalBlocker blockedDifference(differenceTo_);
    while (tabs_->count() > 0)
        tabs_->removeTab(0);
    differenceTo_->clear();
    differenceTo_->addItem(tr("no difference"));
    int current = 0;
    for (const auto& map : session_.maps()) {
        if (map.get() == before)
            current = tabs_->count();
        tabs_->addTab({});
        differenceTo_->addItem({});
        connect(&map->undoStack(), &QUndoStack::cleanChanged, this, &AllocationPage::updateTitles,
                Qt::UniqueConnection);
        connect(map.get(), &AllocationDocument::renamed, this, &AllocationPage::updateTitles, Qt::UniqueConnection);
    }
    updateTitles();
    tabs_->setCurrentIndex(current);
    showMap(tabs_->count() > 0 ? current : -1);
}

void AllocationPage::updateTitles()
{
    for (int i = 0; i < tabs_->count() && i < static_cast<int>(session_.maps().size()); ++i) {
        AllocationDocument& map = *session_.maps()[static_cast<std::size_t>(i)];
        const QString name = QString::fromStdString(map.map().name);
        tabs_->setTabText(i, session_.isSaved(map) ? name : name + QStringLiteral(" •"));
        const QString path = session_.mapPath(map);
        tabs_->setTabToolTip(i, path.isEmpty() ? tr("%1, not saved yet").arg(name) : path);
        differenceTo_->setItemText(i + 1, tr("minus %1").arg(name));
    }
}

void AllocationPage::showMap(int index)
{
    AllocationModel* old = model_;
    if (document_)
        document_->disconnect(this);
    document_ = index >= 0 && index < static_cast<int>(session_.maps().size())
                    ? session_.maps()[static_cast<std::size_t>(index)].get()
                    : nullptr;
    const QModelIndex before = view_->currentIndex();
    model_ = document_ ? new AllocationModel(*document_, this) : nullptr;
    view_->setModel(model_);
    delete old;
    commands_->setDocument(document_);
    summary_->setDocument(document_);
    cell_->setDocument(document_);
    if (!document_)
        return;
    undoGroup_.addStack(&document_->undoStack());
    undoGroup_.setActiveStack(&document_->undoStack());
    connect(document_, &AllocationDocument::renamed, this, &AllocationPage::updateTitles, Qt::UniqueConnection);
    connect(document_, &AllocationDocument::cellsChanged, this, &AllocationPage::showLegend);
    connect(model_, &AllocationModel::refused, this, &Page::said);
    connect(view_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) { session_.selectLayer(now.row()); });
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AllocationPage::updateCells);
    const bool fits = before.isValid() && before.row() < model_->rowCount() && before.column() < model_->columnCount();
    view_->setCurrentIndex(fits ? model_->index(before.row(), before.column()) : model_->index(0, 0));
    useBrush();
    colour();
    updateCells();
}

ModuleAllocation AllocationPage::brush() const
{
    ModuleAllocation brush;
    brush.ranks.assign(static_cast<std::size_t>(experts_->value()), rank_->value());
    brush.topK = std::min(2, std::max(1, experts_->value()));
    return brush;
}

void AllocationPage::useBrush()
{
    view_->setBrush(paint_->isChecked() ? std::optional(brush()) : std::nullopt);
    view_->viewport()->setCursor(paint_->isChecked() ? Qt::CrossCursor : Qt::ArrowCursor);
}

void AllocationPage::loadProfile(const QString& chosen)
{
    // Colours and facts speak of the newest profile while no strategy reads another one.
    const QString file = chosen.isEmpty() ? newestProfile_ : chosen;
    const QDateTime written = QFileInfo(file).lastModified();
    if (file == profileFile_ && written == profileWritten_)
        return;
    profileFile_ = file;
    profileWritten_ = written;
    if (file.isEmpty()) {
        profile_.reset();
        cell_->setProfile(nullptr);
        listColours();
        return;
    }
    inBackground(
        this, [path = file.toStdString()] { return readComplexityProfile(path); },
        [this, file](Result<ComplexityProfile> profile) {
            if (file != profileFile_)
                return;
            if (!profile)
                Q_EMIT said(QString::fromStdString(describe(profile.error())));
            profile_ = profile ? std::make_shared<const ComplexityProfile>(std::move(*profile)) : nullptr;
            cell_->setProfile(profile_);
            QStringList names;
            if (profile_)
                for (const auto& [name, signal] : profile_->signals)
                    names << QString::fromStdString(name);
            panel_->setSignals(names);
            listColours();
        });
}

void AllocationPage::listColours()
{
    const QString before = colourBy_->currentData().toString();
    {
        const QSignalBlocker blocked(colourBy_);
        colourBy_->clear();
        colourBy_->addItem(tr("colour: sum of ranks"), QStringLiteral("ranks"));
        colourBy_->addItem(tr("colour: experts"), QStringLiteral("experts"));
        colourBy_->addItem(tr("colour: parameters"), QStringLiteral("parameters"));
        if (profile_)
            for (const auto& [name, signal] : profile_->signals)
                colourBy_->addItem(tr("colour: %1").arg(signalHelp(name).title),
                                   QStringLiteral("signal:") + QString::fromStdString(name));
        colourBy_->setCurrentIndex(std::max(0, colourBy_->findData(before)));
    }
    colour();
}

void AllocationPage::colour()
{
    if (!model_)
        return;
    disconnect(referenceChanged_);
    const int other = differenceTo_->currentIndex() - 1;
    std::optional<AllocationMap> reference;
    if (other >= 0 && other < static_cast<int>(session_.maps().size())) {
        const AllocationDocument* map = session_.maps()[static_cast<std::size_t>(other)].get();
        reference = map->map();
        referenceChanged_ = connect(map, &AllocationDocument::cellsChanged, this, &AllocationPage::colour);
    }
    const QString by = colourBy_->currentData().toString();
    if (by.startsWith(QLatin1String("signal:")) && profile_) {
        model_->setColourBy(AllocationModel::ColourBy::Signal,
                            [profile = profile_, name = by.mid(7).toStdString(),
                             document = document_](AllocationCell cell) -> std::optional<double> {
                                const auto signal = profile->signals.find(name);
                                if (signal == profile->signals.end())
                                    return std::nullopt;
                                if (!document->shapeOf(cell))
                                    return std::nullopt;
                                const auto found = signal->second.modules.find(document->moduleName(cell));
                                const auto& values =
                                    found == signal->second.modules.end() ? signal->second.layers : found->second;
                                const auto layer = static_cast<std::size_t>(cell.layer);
                                return layer < values.size() ? std::optional(values[layer]) : std::nullopt;
                            });
    } else {
        model_->setColourBy(by == QLatin1String("experts")      ? AllocationModel::ColourBy::Experts
                            : by == QLatin1String("parameters") ? AllocationModel::ColourBy::Parameters
                                                                : AllocationModel::ColourBy::Ranks);
    }
    model_->setReference(std::move(reference));
    showLegend();
}

void AllocationPage::showLegend()
{
    if (!model_)
        return;
    const auto [lowest, highest] = model_->valueRange();
    const bool nothing = lowest > highest;
    const auto number = [&](double value) {
        if (nothing)
            return QStringLiteral("–");
        const bool whole = std::abs(value) < 1e4 && value == std::floor(value);
        const QString text = whole ? groupedNumber(static_cast<std::int64_t>(value)) : shortNumber(value);
        return QString(text).replace(QLatin1Char('-'), QStringLiteral("−"));
    };
    if (model_->showsDifference())
        legend_->setScale(tr("sum of ranks %1").arg(differenceTo_->currentText()), number(lowest),
                          lowest == highest ? number(highest) : QLatin1Char('+') + number(highest), tr("equal"));
    else
        legend_->setScale(colourBy_->currentText(), number(lowest), number(highest),
                          colourBy_->currentData().toString().startsWith(QLatin1String("signal:")) ? tr("not measured")
                                                                                                   : tr("no adapter"));
}

void AllocationPage::apply(const AllocationMap& map)
{
    if (!document_)
        return;
    const auto applied = document_->replaceMap(map, tr("Generate %1").arg(QString::fromStdString(map.name)));
    const QString changed = tr("%n cell(s) changed.", nullptr, applied.changed);
    Q_EMIT said(applied.locked > 0
                    ? changed + QLatin1Char(' ') + tr("%n locked cell(s) stayed.", nullptr, applied.locked)
                    : changed);
}

void AllocationPage::updateCells()
{
    const QModelIndex current = view_->currentIndex();
    std::vector<AllocationCell> cells = view_->selectedCells();
    if (!document_ || cells.empty() || !current.isValid()) {
        cell_->setCells({}, {});
        return;
    }
    AllocationCell shownCell{current.row(), current.column()};
    if (!std::binary_search(cells.begin(), cells.end(), shownCell))
        shownCell = cells.front();
    cell_->setCells(std::move(cells), shownCell);
}

void AllocationPage::makeGridActions()
{
    const auto separate = [this] {
        auto* line = new QAction(this);
        line->setSeparator(true);
        addAction(line);
    };
    separate();
    // Keys that editing knows too belong to the grid alone, so that text fields keep theirs.
    const auto edit = [this](const QString& text, const QKeySequence& keys, auto slot) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, view_, slot);
        addAction(action);
        view_->addAction(action);
    };
    edit(tr("C&opy cells"), QKeySequence::Copy, [this] { view_->copy(); });
    edit(tr("&Paste cells"), QKeySequence::Paste, [this] { view_->paste(); });
    edit(tr("Copy experts per layer as &MoLA takes them"), {},
         [this] { QApplication::clipboard()->setText(view_->expertsPerLayer()); });
    edit(tr("Paint selection"), QKeySequence(Qt::CTRL | Qt::Key_B), [this] { view_->paintSelected(brush()); });
    edit(tr("Fill row"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), [this] { view_->fillRow(); });
    edit(tr("Fill column"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), [this] { view_->fillColumn(); });
    edit(tr("Fill selection down"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { view_->fillDown(); });
    edit(tr("Fill selection to the right"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] { view_->fillRight(); });
    edit(tr("Larger ranks"), QKeySequence(Qt::ALT | Qt::Key_Up), [this] { view_->spin(1, 0); });
    edit(tr("Smaller ranks"), QKeySequence(Qt::ALT | Qt::Key_Down), [this] { view_->spin(-1, 0); });
    edit(tr("One expert more"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Up), [this] { view_->spin(0, 1); });
    edit(tr("One expert less"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Down), [this] { view_->spin(0, -1); });
    edit(tr("&Lock or unlock cells"), QKeySequence(Qt::CTRL | Qt::Key_L), [this] { view_->toggleLock(); });
    edit(tr("&Remove adapters"), QKeySequence::Delete, [this] { view_->clearSelected(); });
    separate();
    auto* queue = new QAction(tr("&Queue run…"), this);
    queue->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    queue->setShortcutContext(Qt::WindowShortcut);
    connect(queue, &QAction::triggered, this, [this] {
        if (document_)
            Q_EMIT wishes_.runWanted(document_->map());
    });
    addAction(queue);
}

} // namespace hilo
