// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/compare_page.h"

#include "common/flow_layout.h"
#include "common/plot_picture.h"
#include "common/sort_header.h"
#include "common/theme.h"
#include "compare/compare_inspector.h"
#include "compare/comparison_chart.h"
#include "page_wishes.h"
#include "program_runner.h"
#include "project_session.h"
#include "runs/metric_chart.h"
#include "runs/run_service.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTimer>

namespace hilo {
namespace {

QString compareHelp()
{
    return ComparePage::tr(
        "<h3>Accuracy against size</h3><p>Each point is a run, or the mean of runs that differ in their seed only. "
        "Vertical lines are 95 % intervals: of one run as evaluated (Wilson 1927), of several seeds by Student's t "
        "(1908). The line is the Pareto front: a point lies on it when nothing is both smaller and more accurate.</p>"
        "<p><b>Trainable</b> counts every parameter of the adapters and routers, <b>active</b> those that one token "
        "uses: with top-k routing only k experts of a module. Both axes are logarithmic.</p>"
        "<p><b>Baseline.</b> Pin a row (double click on its first column, or Ctrl+B) and the table shows the others "
        "against it, paired by seeds. While intervals overlap it says “no clear difference”: more seeds or more test "
        "rows make it clear, a higher number alone does not.</p>"
        "<p><b>Filter</b> with conditions over settings and results, joined by <i>and</i>, <i>or</i>, <i>not</i> and "
        "brackets: <code>accuracy &gt; 0.8 and (training.learning_rate &lt;= 3e-4 or map.strategy.name = mola)</code>. "
        "Operators are = != &lt; &lt;= &gt; &gt;= and ~ (contains).</p>"
        "<p><b>Select</b> two rows to see only the settings that differ, and where their maps differ.</p>"
        "<p><b>Next:</b> open a map to shape it further, run it with more seeds, try or export its adapter.</p>");
}

} // namespace

ComparePage::ComparePage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("compare"), tr("Compare"), compareHelp(), parent), session_(context.session),
      runs_(context.runs), wishes_(context.wishes), model_(new CompareModel(this)), timer_(new QTimer(this))
{
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("compareSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(8);
    splitter->addWidget(makeChartCard());
    splitter->addWidget(makeTableCard());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    stateText_ = makeQuietLabel({}, this);
    stateText_->setAlignment(Qt::AlignCenter);
    states_ = new QStackedWidget(this);
    states_->addWidget(stateText_);
    states_->addWidget(splitter);
    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("failed"));
    problem_->setWordWrap(true);
    problem_->setTextFormat(Qt::PlainText);
    problem_->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(makeTitle());
    layout->addWidget(problem_);
    layout->addWidget(states_, 1);
    inspector_ = new CompareInspector(this);
    setInspector(inspector_);
    timer_->setSingleShot(true);
    timer_->setInterval(250);
    connectAll();
    updateTexts();
}

QComboBox* ComparePage::makeKeyBox(const QString& name, const QString& toolTip, const QString& key)
{
    auto* box = new QComboBox(this);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    for (const char* common : {"map.strategy.name", "map.name", "seed", "state", "map.experts", "map.total_rank",
                               "training.learning_rate", "training.router", "training.scaling",
                               "training.auxiliary_loss", "training.dropout", "data.template", "model.path"})
        box->addItem(QString::fromLatin1(common));
    box->setCurrentText(key);
    box->setMinimumContentsLength(static_cast<int>(key.size() * 4 / 5)); // counted in capital X
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->lineEdit()->setCursorPosition(0);
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    connect(box, &QComboBox::currentIndexChanged, this, &ComparePage::refreshLater);
    // The beginning of a long key says more than its end.
    connect(box, &QComboBox::activated, box->lineEdit(), [edit = box->lineEdit()] { edit->setCursorPosition(0); });
    connect(box->lineEdit(), &QLineEdit::editingFinished, this, &ComparePage::refreshLater);
    return box;
}

QLayout* ComparePage::makeTitle()
{
    auto* rows = new QVBoxLayout;
    rows->setSpacing(8);
    auto* line = makeTitleLine(tr("Compare"), about_, this);
    filter_ = new QLineEdit(this);
    filter_->setPlaceholderText(tr("Filter, for example: accuracy > 0.8 and map.strategy.name = hilo"));
    filter_->setClearButtonEnabled(true);
    filter_->setAccessibleName(tr("Filter expression"));
    filter_->setToolTip(tr("Conditions over settings and results, joined by and, or, not and brackets (Ctrl+F; F1 "
                           "explains)"));
    auto* picture = makeButton(tr("Save picture…"), tr("The chart as PNG, SVG or PDF"), this);
    auto* table = makeButton(tr("Save table…"), tr("The table as CSV"), this);
    connect(picture, &QPushButton::clicked, this, &ComparePage::askForPicture);
    connect(table, &QPushButton::clicked, this, &ComparePage::askForTable);
    line->addWidget(picture);
    line->addWidget(table);
    rows->addLayout(line);
    group_ = new QCheckBox(tr("Group seeds"), this);
    group_->setChecked(true);
    group_->setToolTip(tr("One row for runs that differ in name and seed only: mean and interval"));
    auto* second = new QHBoxLayout;
    second->addWidget(filter_, 1);
    second->addWidget(group_);
    rows->addLayout(second);
    return rows;
}

QWidget* ComparePage::makeChartCard()
{
    auto* card = makeCard(this);
    cardLayout(card)->setContentsMargins(12, 8, 12, 8);
    views_ = new QTabBar(card);
    views_->addTab(tr("Scatter"));
    views_->addTab(tr("Curves"));
    views_->setTabToolTip(0, tr("Accuracy of all runs against their size"));
    views_->setTabToolTip(1, tr("Curves of the selected runs"));
    views_->setElideMode(Qt::ElideNone);
    views_->setUsesScrollButtons(false);
    views_->setDocumentMode(true);
    views_->setExpanding(false);
    views_->setDrawBase(false);
    views_->setAccessibleName(tr("Scatter or curves"));
    colourBy_ = makeKeyBox(tr("Colour by"), tr("The setting that gives points their colour; any key can be typed"),
                           QStringLiteral("map.strategy.name"));
    symbolBy_ = makeKeyBox(tr("Symbol by"), tr("The setting that gives points their symbol; any key can be typed"),
                           QStringLiteral("map.strategy.name"));
    metric_ = new QComboBox(card);
    for (const auto& [title, key] : {std::pair{tr("loss"), "loss"},
                                     {tr("accuracy"), "accuracy"},
                                     {tr("gradient norm"), "grad_norm"},
                                     {tr("tokens/s"), "tokens_per_second"},
                                     {tr("learning rate"), "lr"}})
        metric_->addItem(title, QString::fromLatin1(key));
    metric_->setAccessibleName(tr("Metric of the curves"));
    metric_->setToolTip(tr("What the curves of the selected runs show"));
    cost_ = new QComboBox(this);
    cost_->addItem(tr("trainable parameters"));
    cost_->addItem(tr("active parameters per token"));
    cost_->setAccessibleName(tr("Horizontal axis"));
    cost_->setToolTip(tr("What accuracy is weighed against; the front follows"));
    // What does not fit beside the tabs goes into a second line.
    auto* head = new QWidget(card);
    auto* line = new FlowLayout(8, head);
    line->addWidget(views_);
    QList<QWidget*> ofView[2];
    const auto addWithLabel = [&](const QString& title, QWidget* editor, int view) {
        auto* pair = new QWidget(head);
        auto* pairLine = new QHBoxLayout(pair);
        pairLine->setContentsMargins(0, 0, 0, 0);
        pairLine->setSpacing(8);
        auto* label = new QLabel(title, pair);
        label->setObjectName(QStringLiteral("quiet"));
        label->setBuddy(editor);
        pairLine->addWidget(label);
        pairLine->addWidget(editor);
        line->addWidget(pair);
        ofView[view] << pair;
    };
    addWithLabel(tr("against"), cost_, 0);
    addWithLabel(tr("colour"), colourBy_, 0);
    addWithLabel(tr("symbol"), symbolBy_, 0);
    addWithLabel(tr("metric"), metric_, 1);
    chart_ = new ComparisonChart(card);
    curves_ = new MetricChart(card);
    curves_->setAccessibleName(tr("Curves of the selected runs"));
    stack_ = new QStackedWidget(card);
    stack_->addWidget(chart_);
    stack_->addWidget(curves_);
    below_ = makeQuietLabel({}, card);
    cardLayout(card)->addWidget(head);
    cardLayout(card)->addWidget(stack_, 1);
    cardLayout(card)->addWidget(below_);
    chart_->setMinimumHeight(fontMetrics().height() * 11);
    for (QWidget* widget : ofView[1])
        widget->hide();
    connect(views_, &QTabBar::currentChanged, this, [this, scatter = ofView[0], curves = ofView[1]](int view) {
        stack_->setCurrentIndex(view);
        for (QWidget* widget : scatter)
            widget->setVisible(view == 0);
        for (QWidget* widget : curves)
            widget->setVisible(view == 1);
        if (view == 1)
            drawCurves();
        updateTexts();
    });
    return card;
}

QWidget* ComparePage::makeTableCard()
{
    auto* card = makeCard(this);
    cardLayout(card)->setContentsMargins(8, 8, 8, 8);
    table_ = new QTableView(card);
    table_->setModel(model_);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setTabKeyNavigation(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    table_->setHorizontalHeader(new SortHeader(table_));
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->horizontalHeader()->setSortIndicator(CompareModel::Accuracy, Qt::DescendingOrder);
    table_->setSortingEnabled(true);
    table_->setAccessibleName(tr("Table of runs"));
    cardLayout(card)->addWidget(table_, 1);
    return card;
}

/// Columns are as wide as their words, and what is left goes to the names of runs and maps; columns that were asked for
/// besides lie behind, where a scroll bar leads.
void ComparePage::fitColumns()
{
    if (columnsByHand_)
        return;
    fitting_ = true;
    QHeaderView* header = table_->horizontalHeader();
    const int letter = fontMetrics().averageCharWidth();
    int taken = 0;
    for (int column = 0; column < model_->columnCount(); ++column) {
        table_->resizeColumnToContents(column);
        if (column >= CompareModel::FixedColumns)
            header->resizeSection(column, std::min(header->sectionSize(column), letter * 30));
        else if (column != CompareModel::Name && column != CompareModel::Map)
            taken += header->sectionSize(column);
    }
    const int room = table_->viewport()->width() - taken;
    const int name = header->sectionSize(CompareModel::Name), map = header->sectionSize(CompareModel::Map);
    header->resizeSection(CompareModel::Name, std::clamp(room * 3 / 5, letter * 12, std::max(letter * 12, name)));
    header->resizeSection(CompareModel::Map, std::clamp(room - header->sectionSize(CompareModel::Name), letter * 10,
                                                        std::max(letter * 10, map)));
    fitting_ = false;
}

bool ComparePage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == table_->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    return Page::eventFilter(watched, event);
}

void ComparePage::connectAll()
{
    connect(timer_, &QTimer::timeout, this, &ComparePage::refresh);
    connect(filter_, &QLineEdit::textChanged, this, &ComparePage::refreshLater);
    connect(group_, &QCheckBox::toggled, this, &ComparePage::refreshLater);
    connect(cost_, &QComboBox::currentIndexChanged, this, &ComparePage::refreshLater);
    connect(metric_, &QComboBox::currentIndexChanged, this, &ComparePage::drawCurves);
    connect(chart_, &ComparisonChart::pointClicked, this, [this](const QString& id, bool extend) {
        QStringList ids = extend ? selected_ : QStringList();
        if (!ids.removeOne(id))
            ids << id;
        select(ids);
    });
    table_->viewport()->installEventFilter(this);
    connect(table_->horizontalHeader(), &QHeaderView::sectionResized, this, [this] { columnsByHand_ |= !fitting_; });
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ComparePage::selectionMoved);
    connect(table_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        const QString id = index.data(CompareModel::IdRole).toString();
        if (index.column() == CompareModel::Pin)
            pin(id);
        else
            Q_EMIT wishes_.runShown(id);
    });
    const auto shortcut = [this](const QKeySequence& keys, auto&& slot) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_B), [this] {
        if (!selected_.isEmpty())
            pin(selected_.first());
    });
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_F), [this] { filter_->setFocus(); });
    const auto runsChanged = [this] {
        if (stale_ && !isVisible())
            return;
        if (fingerprint() != seen_) {
            stale_ = true;
            if (isVisible())
                refreshLater();
        }
    };
    connect(&runs_, &RunService::runsChanged, this, runsChanged);
    connect(&runs_, &RunService::projectChanged, this, [this] {
        baseline_.clear();
        selected_.clear();
        chosenOnce_ = false;
        answer_ = std::make_shared<const CompareAnswer>();
        model_->setRows({}, {});
        chart_->setPoints({}, cost_->currentText(), {}, {});
        seen_.clear();
        stale_ = true;
        updateTexts();
    });
    connect(&wishes_, &PageWishes::comparisonWanted, this, [this](const QStringList& ids) {
        filter_->clear();
        select(ids);
    });
    connect(inspector_, &CompareInspector::openMap, &wishes_, [this](const AllocationMap& map) {
        Q_EMIT wishes_.mapWanted(map);
        Q_EMIT wishes_.pageWanted(QStringLiteral("allocation"));
    });
    connect(inspector_, &CompareInspector::runAgain, &wishes_, &PageWishes::runAgainWanted);
    connect(inspector_, &CompareInspector::showRun, &wishes_, &PageWishes::runShown);
    connect(inspector_, &CompareInspector::tryIt, &wishes_, &PageWishes::tryWanted);
    connect(inspector_, &CompareInspector::exportIt, &wishes_, &PageWishes::exportWanted);
    connect(inspector_, &CompareInspector::pin, this, &ComparePage::pin);
}

QString ComparePage::problem() const
{
    return problem_->isHidden() ? QString() : problem_->text();
}

/// Steps of live runs change nothing here: only results, names and states do.
QString ComparePage::fingerprint() const
{
    // The order of the runs changes nothing either.
    std::size_t sum = runs_.runs().size();
    for (const RunSummary& run : runs_.runs()) {
        std::size_t hash = std::hash<std::string>()(run.id);
        hash = hash * 1000003 + std::hash<std::string>()(run.state);
        hash = hash * 1000003 + std::hash<double>()(run.accuracy.value_or(-1));
        sum += hash;
    }
    return QString::number(sum) + runs_.folder();
}

void ComparePage::shown()
{
    if (stale_)
        refresh();
}

void ComparePage::refreshLater()
{
    stale_ = true;
    timer_->start();
}

CompareQuestion ComparePage::question() const
{
    CompareQuestion question;
    question.project = runs_.folder().toStdString();
    question.filter = filter_->text().trimmed().toStdString();
    question.groupSeeds = group_->isChecked();
    question.cost = cost_->currentIndex() == 1 ? ParetoCost::Active : ParetoCost::Trainable;
    question.colourBy = colourBy_->currentText().trimmed().toStdString();
    question.symbolBy = symbolBy_->currentText().trimmed().toStdString();
    // What gives colour and symbol can be read and sorted too.
    for (const std::string& key : {question.colourBy, question.symbolBy})
        if (!key.empty() && key != "map.name" &&
            std::find(question.columns.begin(), question.columns.end(), key) == question.columns.end())
            question.columns.push_back(key);
    question.baseline = baseline_.toStdString();
    return question;
}

std::vector<const ComparisonRow*> ComparePage::selectedRows() const
{
    std::vector<const ComparisonRow*> rows;
    for (const QString& id : selected_)
        if (const ComparisonRow* row = model_->at(model_->rowOf(id)))
            rows.push_back(row);
    return rows;
}

QString ComparePage::commandText() const
{
    QStringList words{QStringLiteral("compare"), runs_.folder()};
    if (const QString text = filter_->text().trimmed(); !text.isEmpty())
        words << QStringLiteral("--filter") << text;
    if (group_->isChecked())
        words << QStringLiteral("--group-seeds");
    if (cost_->currentIndex() == 1)
        words << QStringLiteral("--cost") << QStringLiteral("active");
    return ProgramRunner::commandLine(words << QStringLiteral("--csv"));
}

} // namespace hilo
