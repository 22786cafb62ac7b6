// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/allocation_page.h"

#include "allocation/allocation_delegate.h"
#include "allocation/allocation_view.h"
#include "allocation/budget.h"
#include "allocation/cell_text.h"
#include "allocation/memory_estimate.h"
#include "allocation/strategy_panel.h"
#include "common/numbers.h"
#include "page_wishes.h"
#include "project/run_id.h"
#include "project/run_spec.h"
#include "project_session.h"
#include "runs/run_service.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QUndoGroup>
#include <QUndoView>

#include <cmath>

namespace hilo {

AllocationPage::AllocationPage(const PageContext& context, QWidget* parent)
    : Page(
          QStringLiteral("allocation"), tr("Allocation"),
          tr("<h3>Which experts, with which ranks, where</h3><p>A row is a layer, a column a linear module. “4 × r8” "
             "means four "
             "LoRA experts of rank 8 with a router; “8 8 4 2” four experts of different ranks; “1 × r8” plain LoRA "
             "without a router; “–” no adapter.</p><p><b>Edit</b> by typing, by painting with the brush, by Ctrl+D and "
             "Ctrl+R (fill down and right), by pasting cells of a spreadsheet or MoLA's list of one number a layer. "
             "Ctrl+L locks cells, Delete empties them. Everything can be undone.</p><p><b>Generate</b> with a "
             "strategy: plain LoRA (Hu et al. 2021), MoLA's groups of layers (Gao et al. 2024), AlphaLoRA's spectra "
             "(Qing et al. 2024), HILO's depth rule, or a budget shared out by expected gain. Each strategy's tool tip "
             "names its source.</p><p><b>The numbers</b> below the grid are exact: a module of rank r costs r × (input "
             "+ output) parameters, its router one row of the input's width for each expert.</p><p><b>Next:</b> “Queue "
             "run…” trains this map.</p>"),
          parent),
      session_(context.session), runs_(context.runs), wishes_(context.wishes), undoGroup_(context.undoGroup)
{
    tabs_ = new QTabBar(this);
    tabs_->setTabsClosable(true);
    tabs_->setDocumentMode(true);
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(tr("Open maps"));
    view_ = new AllocationView(this);
    view_->setItemDelegate(new AllocationDelegate(view_));
    view_->setAccessibleName(tr("Allocation map: layers by modules"));
    view_->setFrameShape(QFrame::NoFrame);
    view_->setShowGrid(false);
    view_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    view_->verticalHeader()->setDefaultSectionSize(std::max(20, fontMetrics().height() + 6));
    view_->verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* card = makeCard(this);
    cardLayout(card)->addWidget(view_);

    content_ = new QWidget(this);
    auto* contentLayout = new QVBoxLayout(content_);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(8);
    contentLayout->addWidget(tabs_);
    contentLayout->addLayout(makeToolBar());
    contentLayout->addWidget(card, 1);
    contentLayout->addWidget(makeSummary());
    empty_ = makeQuietLabel({}, this);
    empty_->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(content_, 1);
    layout->addWidget(empty_, 1);
    setInspector(makeInspector());

    connect(tabs_, &QTabBar::currentChanged, this, &AllocationPage::showMap);
    connect(tabs_, &QTabBar::tabCloseRequested, this, [this](int index) {
        AllocationDocument& map = *session_.maps()[static_cast<std::size_t>(index)];
        if (map.undoStack().isClean())
            session_.closeMap(map);
        else
            Q_EMIT said(tr("This map has changes that are not saved. Save it or undo them, then close it."));
    });
    connect(view_, &AllocationView::refused, this, &Page::said);
    connect(&session_, &ProjectSession::opened, this, &AllocationPage::projectOpened);
    connect(&session_, &ProjectSession::mapsChanged, this, &AllocationPage::rebuildTabs);
    connect(&session_, &ProjectSession::layerSelected, this, [this](int layer) {
        if (model_ && layer >= 0 && layer < model_->rowCount() && view_->currentIndex().row() != layer)
            view_->setCurrentIndex(model_->index(layer, std::max(0, view_->currentIndex().column())));
    });
    connect(&runs_, &RunService::runsChanged, this, [this] { similar_->setText(similarRuns()); });
    projectOpened();
}

QLayout* AllocationPage::makeToolBar()
{
    paint_ =
        makeButton(tr("Paint"),
                   tr("While this is on, dragging over cells gives them the experts and the rank on the right"), this);
    paint_->setCheckable(true);
    experts_ = new QSpinBox(this);
    experts_->setRange(0, 256);
    experts_->setValue(4);
    experts_->setPrefix(tr("experts "));
    experts_->setAccessibleName(tr("Experts to paint"));
    experts_->setToolTip(tr("Experts that painting gives to a cell; 0 takes the adapter away"));
    rank_ = new QSpinBox(this);
    rank_->setRange(1, 4096);
    rank_->setValue(8);
    rank_->setPrefix(tr("rank "));
    rank_->setAccessibleName(tr("Rank to paint"));
    rank_->setToolTip(tr("Rank of each painted expert"));
    auto* down = makeButton(tr("Fill column"), tr("Copy the first selected row to the rows below (Ctrl+D)"), this);
    auto* right =
        makeButton(tr("Fill row"), tr("Copy the first selected column to the columns on the right (Ctrl+R)"), this);
    auto* lock =
        makeButton(tr("Lock"), tr("Keep the selected cells as they are when a strategy is applied (Ctrl+L)"), this);
    colourBy_ = new QComboBox(this);
    colourBy_->addItem(tr("colour: ranks"), static_cast<int>(AllocationModel::ColourBy::Ranks));
    colourBy_->addItem(tr("colour: experts"), static_cast<int>(AllocationModel::ColourBy::Experts));
    colourBy_->addItem(tr("colour: parameters"), static_cast<int>(AllocationModel::ColourBy::Parameters));
    colourBy_->setAccessibleName(tr("Colour by"));
    colourBy_->setToolTip(tr("What the colour of a cell shows; yellow is the most, grey is nothing"));
    differenceTo_ = new QComboBox(this);
    differenceTo_->setAccessibleName(tr("Difference to"));
    differenceTo_->setToolTip(tr("Colour by the sum of ranks minus that of another open map"));
    differenceTo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    differenceTo_->setMinimumContentsLength(14);

    for (QSpinBox* box : {experts_, rank_})
        connect(box, &QSpinBox::valueChanged, this, &AllocationPage::useBrush);
    connect(paint_, &QPushButton::toggled, this, &AllocationPage::useBrush);
    connect(down, &QPushButton::clicked, view_, &AllocationView::fillDown);
    connect(right, &QPushButton::clicked, view_, &AllocationView::fillRight);
    connect(lock, &QPushButton::clicked, view_, &AllocationView::toggleLock);
    connect(colourBy_, &QComboBox::currentIndexChanged, this, &AllocationPage::colour);
    connect(differenceTo_, &QComboBox::currentIndexChanged, this, &AllocationPage::colour);

    auto* bar = new QHBoxLayout;
    bar->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{paint_, experts_, rank_, down, right, lock})
        bar->addWidget(widget);
    bar->addStretch();
    bar->addWidget(colourBy_);
    bar->addWidget(differenceTo_);
    return bar;
}

QFrame* AllocationPage::makeSummary()
{
    auto* card = makeCard(this);
    trainable_ = new QLabel(card);
    trainable_->setToolTip(tr("Parameters that training changes: A and B of all experts, and the routers"));
    budgetBar_ = new QProgressBar(card);
    budgetBar_->setTextVisible(false);
    budgetBar_->setMaximumHeight(fontMetrics().height() / 2);
    budgetBar_->setAccessibleName(tr("Share of the budget"));
    budget_ = new QLineEdit(card);
    budget_->setPlaceholderText(tr("budget, e.g. 1.5M"));
    budget_->setMaximumWidth(fontMetrics().averageCharWidth() * 20);
    budget_->setAccessibleName(tr("Budget of trainable parameters"));
    budget_->setToolTip(tr("At most this many trainable parameters: 1500000, 1.5M or 80k; strategies keep to it"));
    active_ = new QLabel(card);
    active_->setToolTip(
        tr("Adapter parameters that one token uses: the top-k largest experts of each module, and the routers"));
    memory_ = new QLabel(card);
    similar_ = new QLabel(card);
    similar_->setToolTip(tr("The finished run of this project whose number of trainable parameters is nearest"));
    save_ = makeButton(tr("Save map"), tr("Write this map into the project (Ctrl+S)"), card);
    save_->setShortcut(QKeySequence::Save);
    auto* queue = makeButton(tr("Queue run…"), tr("Train this map: choose steps, seeds and data"), card, true);
    connect(budget_, &QLineEdit::textChanged, this, [this](const QString& text) {
        panel_->setBudget(text.trimmed());
        updateNumbers();
    });
    connect(save_, &QPushButton::clicked, this, &AllocationPage::save);
    connect(queue, &QPushButton::clicked, this, [this] {
        if (document_)
            Q_EMIT wishes_.runWanted(document_->map());
    });
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(trainable_);
    left->addWidget(budgetBar_);
    auto* line = new QHBoxLayout;
    line->setSpacing(16);
    line->addLayout(left, 2);
    line->addWidget(budget_);
    for (QLabel* label : {active_, memory_, similar_})
        line->addWidget(label);
    line->addStretch(1);
    line->addWidget(save_);
    line->addWidget(queue);
    cardLayout(card)->addLayout(line);
    return card;
}

QWidget* AllocationPage::makeInspector()
{
    auto* inspector = new QWidget;
    inspector->setObjectName(QStringLiteral("inspector"));
    panel_ = new StrategyPanel(inspector);
    cellTitle_ = makeHeading({}, inspector);
    cellFacts_ = new QLabel(inspector);
    cellFacts_->setWordWrap(true);
    history_ = new QUndoView(&undoGroup_, inspector);
    history_->setEmptyLabel(tr("as opened"));
    history_->setAccessibleName(tr("History of changes"));
    history_->setToolTip(tr("Every change of this map; click on one to go back to it"));
    history_->setMinimumHeight(fontMetrics().height() * 7);
    auto* layout = new QVBoxLayout(inspector);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(panel_);
    layout->addWidget(cellTitle_);
    layout->addWidget(cellFacts_);
    layout->addWidget(makeHeading(tr("History"), inspector));
    layout->addWidget(history_, 1);
    connect(panel_, &StrategyPanel::applyRequested, this, &AllocationPage::apply);
    connect(panel_, &StrategyPanel::newMapRequested, this, &AllocationPage::addMap);
    return inspector;
}

void AllocationPage::projectOpened()
{
    const auto& model = session_.model();
    panel_->setModel(model ? std::optional(model->config) : std::nullopt);
    content_->setVisible(model.has_value());
    empty_->setVisible(!model);
    empty_->setText(tr("Open a project or a model on the start page (Ctrl+1); config.json alone is enough to plan."));
    if (model && session_.maps().empty()) {
        AllocationMap map;
        map.name = "new map";
        map.strategy = "manual";
        map.architecture = model->config.architecture;
        map.layers.resize(static_cast<std::size_t>(model->config.layers));
        session_.addMap(std::move(map));
    } else {
        rebuildTabs();
    }
}

void AllocationPage::shown()
{
    const QDir profiles(QDir(session_.folder()).filePath(QStringLiteral("profiles")));
    QStringList files;
    if (!session_.folder().isEmpty())
        for (const QString& name : profiles.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
            files << profiles.filePath(name);
    panel_->setProfiles(files);
    view_->setFocus();
}

void AllocationPage::rebuildTabs()
{
    const AllocationDocument* before = document_;
    const QSignalBlocker blocked(tabs_);
    while (tabs_->count() > 0)
        tabs_->removeTab(0);
    const QSignalBlocker blockedDifference(differenceTo_);
    differenceTo_->clear();
    differenceTo_->addItem(tr("no difference"));
    int current = 0;
    for (const auto& map : session_.maps()) {
        if (map.get() == before)
            current = tabs_->count();
        tabs_->addTab({});
        differenceTo_->addItem(tr("minus %1").arg(QString::fromStdString(map->map().name)));
        connect(&map->undoStack(), &QUndoStack::cleanChanged, this, &AllocationPage::updateTitles,
                Qt::UniqueConnection);
    }
    // A map that was just added is the last one, and the one to look at.
    if (static_cast<int>(session_.maps().size()) > static_cast<int>(undoGroup_.stacks().size()) && before)
        current = tabs_->count() - 1;
    updateTitles();
    tabs_->setCurrentIndex(current);
    showMap(tabs_->count() > 0 ? current : -1);
}

void AllocationPage::updateTitles()
{
    for (int i = 0; i < tabs_->count() && i < static_cast<int>(session_.maps().size()); ++i) {
        AllocationDocument& map = *session_.maps()[static_cast<std::size_t>(i)];
        const QString name = QString::fromStdString(map.map().name);
        tabs_->setTabText(i, map.undoStack().isClean() ? name : name + QStringLiteral(" •"));
        tabs_->setTabToolTip(i, session_.mapPath(map).isEmpty() ? tr("not saved yet") : session_.mapPath(map));
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
    model_ = document_ ? new AllocationModel(*document_, this) : nullptr;
    view_->setModel(model_);
    delete old;
    if (!document_)
        return;
    undoGroup_.addStack(&document_->undoStack());
    undoGroup_.setActiveStack(&document_->undoStack());
    connect(document_, &AllocationDocument::parametersChanged, this, &AllocationPage::updateNumbers);
    connect(document_, &AllocationDocument::cellsChanged, this, &AllocationPage::updateCell);
    connect(model_, &AllocationModel::refused, this, &Page::said);
    connect(view_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        session_.selectLayer(now.row());
        updateCell();
    });
    view_->setCurrentIndex(model_->index(0, 0));
    useBrush();
    colour();
    updateNumbers();
    updateCell();
}

void AllocationPage::useBrush()
{
    if (!paint_->isChecked()) {
        view_->setBrush(std::nullopt);
        return;
    }
    ModuleAllocation brush;
    brush.ranks.assign(static_cast<std::size_t>(experts_->value()), rank_->value());
    brush.topK = std::min(2, std::max(1, experts_->value()));
    view_->setBrush(brush);
}

void AllocationPage::colour()
{
    if (!model_)
        return;
    const int other = differenceTo_->currentIndex() - 1;
    if (other >= 0 && other < static_cast<int>(session_.maps().size())) {
        const AllocationDocument* reference = session_.maps()[static_cast<std::size_t>(other)].get();
        model_->setColourBy(AllocationModel::ColourBy::Signal, [this, reference](AllocationCell cell) {
            return std::optional<double>(
                static_cast<double>(document_->at(cell).totalRank() - reference->at(cell).totalRank()));
        });
        const auto [lowest, highest] = model_->valueRange();
        Q_EMIT said(tr("Colour: sum of ranks minus that of the other map, from %1 to %2.").arg(lowest).arg(highest));
        return;
    }
    model_->setColourBy(static_cast<AllocationModel::ColourBy>(colourBy_->currentData().toInt()));
}

void AllocationPage::addMap(AllocationMap map)
{
    const QString name = QString::fromStdString(map.name);
    session_.addMap(std::move(map));
    tabs_->setCurrentIndex(tabs_->count() - 1);
    Q_EMIT said(tr("Opened %1 in a tab of its own; it is not saved yet.").arg(name));
}

void AllocationPage::apply(const AllocationMap& map)
{
    if (!document_)
        return;
    const auto applied = document_->replaceMap(map, tr("Generate %1").arg(QString::fromStdString(map.name)));
    Q_EMIT said(applied.locked > 0
                    ? tr("%1 cells changed, %2 locked cells stayed.").arg(applied.changed).arg(applied.locked)
                    : tr("%n cell(s) changed.", nullptr, applied.changed));
}

void AllocationPage::save()
{
    if (!document_)
        return;
    QString path = session_.mapPath(*document_);
    if (path.isEmpty() && !session_.folder().isEmpty()) {
        const QDir maps(QDir(session_.folder()).filePath(QStringLiteral("maps")));
        const QString stem = QString::fromStdString(runIdFrom(document_->map().name));
        path = maps.filePath(stem + QStringLiteral(".map.json"));
        for (int number = 2; QFileInfo::exists(path); ++number)
            path = maps.filePath(QStringLiteral("%1-%2.map.json").arg(stem).arg(number));
    }
    if (path.isEmpty())
        path =
            QFileDialog::getSaveFileName(this, tr("Save map"), QStringLiteral("new.map.json"), tr("Maps (*.map.json)"));
    if (path.isEmpty())
        return;
    const Status status = session_.saveMap(*document_, path);
    Q_EMIT said(status ? tr("Saved %1").arg(path) : QString::fromStdString(describe(status.error())));
    updateTitles();
}

void AllocationPage::updateNumbers()
{
    if (!document_)
        return;
    const ParameterCount& count = document_->parameters();
    const auto budget = budget_->text().trimmed().isEmpty()
                            ? Result<std::int64_t>(0)
                            : parseBudget(budget_->text().trimmed().toStdString(), document_->model());
    QString about;
    if (!budget) {
        about = tr("the budget is not a number");
    } else if (*budget > 0) {
        const std::int64_t left = *budget - count.trainable();
        about = left >= 0 ? tr("of %1, %2 left").arg(groupedNumber(*budget), groupedNumber(left))
                          : tr("of %1, over by %2").arg(groupedNumber(*budget), groupedNumber(-left));
    }
    trainable_->setText(tr("Trainable <b>%1</b> %2").arg(groupedNumber(count.trainable()), about));
    budgetBar_->setVisible(budget && *budget > 0);
    if (budget && *budget > 0) {
        const double share = static_cast<double>(count.trainable()) / static_cast<double>(*budget);
        budgetBar_->setRange(0, 1000);
        budgetBar_->setValue(static_cast<int>(std::lround(std::min(1.0, share) * 1000)));
    }
    active_->setText(tr("Active per token<br><b>%1</b>").arg(groupedNumber(count.active)));
    const TrainingSpec defaults;
    EstimateSettings settings;
    settings.batch = largestBatch(defaults.batchSize, defaults.maxLength);
    const MemoryEstimate memory = estimateMemory(document_->map(), document_->model(), settings);
    memory_->setText(tr("Memory<br><b>%1</b>").arg(byteSize(static_cast<std::uint64_t>(memory.total))));
    memory_->setToolTip(
        tr("Estimated peak of training in float32 with %1 rows of %2 tokens: weights %3, adapters, gradients and "
           "optimiser %4, activations %5")
            .arg(defaults.batchSize)
            .arg(defaults.maxLength)
            .arg(byteSize(static_cast<std::uint64_t>(memory.weights)),
                 byteSize(static_cast<std::uint64_t>(memory.adapters + memory.gradients + memory.optimiser)),
                 byteSize(static_cast<std::uint64_t>(memory.activations))));
    similar_->setText(similarRuns());
    updateTitles();
}

QString AllocationPage::similarRuns() const
{
    if (!document_ || document_->parameters().trainable() == 0)
        return {};
    const double mine = std::log(static_cast<double>(document_->parameters().trainable()));
    const RunSummary* nearest = nullptr;
    double distance = std::log(3.0);
    for (const RunSummary& run : runs_.runs()) {
        if (!run.accuracy || run.trainableParameters.value_or(0) <= 0)
            continue;
        const double away = std::abs(std::log(static_cast<double>(*run.trainableParameters)) - mine);
        if (away < distance) {
            distance = away;
            nearest = &run;
        }
    }
    if (!nearest)
        return {};
    return tr("Nearest run: %1<br><b>%2</b>, %3 trainable")
        .arg(QString::fromStdString(nearest->id).toHtmlEscaped(), percentage(*nearest->accuracy),
             shortNumber(static_cast<double>(*nearest->trainableParameters)));
}

void AllocationPage::updateCell()
{
    const QModelIndex current = view_->currentIndex();
    if (!document_ || !current.isValid() || !model_->isModuleColumn(current.column())) {
        cellTitle_->setText(tr("No cell selected"));
        cellFacts_->clear();
        return;
    }
    const AllocationCell cell = model_->cellOf(current);
    const ModuleShape& shape = document_->modules()[static_cast<std::size_t>(cell.module)];
    const ModuleAllocation allocation = document_->at(cell);
    const ParameterCount count = countParameters(allocation, shape);
    cellTitle_->setText(tr("Layer %1 · %2").arg(cell.layer).arg(QString::fromStdString(shape.name)));
    cellFacts_->setText(factTable(
        {{tr("Allocation"), spokenCell(allocation)},
         {tr("Sum of ranks"), groupedNumber(allocation.totalRank())},
         {tr("α"), QString::number(allocation.alpha)},
         {tr("Shape"), tr("%1 in, %2 out").arg(shape.in).arg(shape.out)},
         {tr("Parameters"), tr("%1 + %2 router").arg(groupedNumber(count.adapter), groupedNumber(count.router))},
         {tr("State"), document_->isLocked(cell)    ? tr("locked")
                       : document_->isChanged(cell) ? tr("changed")
                                                    : tr("as saved")}}));
}

} // namespace hilo
