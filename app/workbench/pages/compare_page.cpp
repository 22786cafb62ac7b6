// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/compare_page.h"

#include "background.h"
#include "common/release_later.h"
#include "common/theme.h"
#include "compare/compare_charts.h"
#include "compare/compare_file.h"
#include "compare/compare_filter_bar.h"
#include "compare/compare_help.h"
#include "compare/compare_inspector.h"
#include "compare/compare_table_view.h"
#include "compare/compare_views.h"
#include "compare/comparison_chart.h"
#include "compare/metric_box.h"
#include "compare/row_dialog.h"
#include "page_wishes.h"
#include "project_session.h"
#include "runs/metric_chart.h"
#include "runs/run_service.h"
#include "settings.h"

#include <QAction>
#include <QFileDialog>
#include <QHeaderView>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

namespace hilo {

ComparePage::ComparePage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("compare"), tr("Compare"), compareHelp(), parent), session_(context.session),
      runs_(context.runs), wishes_(context.wishes), model_(new CompareModel(this)), timer_(new QTimer(this)),
      views_(new CompareViews([this](const QString& name) { return view(name); }, this))
{
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("compareSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(8);
    charts_ =
        new CompareCharts(MetricChoice::parse(settings::comparedMetric().toStdString()).value_or(MetricChoice()), this);
    splitter->addWidget(charts_);
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

QLayout* ComparePage::makeTitle()
{
    auto* rows = new QVBoxLayout;
    rows->setSpacing(8);
    auto* line = makeTitleLine(tr("Compare"), about_, this);
    auto* picture = makeButton(tr("Save picture…"), tr("The chart as PNG, SVG or PDF"), this);
    auto* table = makeButton(tr("Save table…"), tr("The table as CSV"), this);
    connect(picture, &QPushButton::clicked, this, &ComparePage::askForPicture);
    connect(table, &QPushButton::clicked, this, &ComparePage::askForTable);
    auto* views = makeMenuButton(tr("Views"), tr("Keep what is shown under a name, and show it again"), this);
    views->setAccessibleName(views->toolTip());
    auto* columns = makeMenuButton(tr("Columns"), tr("Show, hide and add columns; drag a heading to move one"), this);
    columns->setAccessibleName(columns->toolTip());
    connect(views->menu(), &QMenu::aboutToShow, this, [this, menu = views->menu()] {
        menu->clear();
        views_->fillMenu(*menu);
    });
    connect(columns->menu(), &QMenu::aboutToShow, this, [this, menu = columns->menu()] {
        menu->clear();
        table_->fillMenu(*menu);
    });
    line->addWidget(views);
    line->addWidget(columns);
    line->addWidget(picture);
    line->addWidget(table);
    rows->addLayout(line);
    bar_ = new CompareFilterBar(this);
    rows->addWidget(bar_);
    return rows;
}

QWidget* ComparePage::makeTableCard()
{
    auto* card = makeCard(this);
    cardLayout(card)->setContentsMargins(8, 8, 8, 8);
    table_ = new CompareTableView(*model_, card);
    table_->setAccessibleName(tr("Table of runs"));
    cardLayout(card)->addWidget(table_, 1);
    return card;
}

void ComparePage::connectAll()
{
    connect(timer_, &QTimer::timeout, this, &ComparePage::refresh);
    connect(bar_, &CompareFilterBar::changed, this, &ComparePage::refreshLater);
    connect(views_, &CompareViews::chosen, this, &ComparePage::showView);
    connect(views_, &CompareViews::said, this, &Page::said);
    connect(table_, &CompareTableView::columnWanted, this, &ComparePage::askForColumn);
    connect(table_, &CompareTableView::columnUnwanted, this, [this](const QString& key) {
        extraColumns_.removeAll(key);
        refreshLater();
    });
    connect(charts_, &CompareCharts::questionChanged, this, &ComparePage::refreshLater);
    connect(charts_, &CompareCharts::metricChanged, this, &ComparePage::metricChanged);
    connect(charts_, &CompareCharts::curvesWanted, this, [this] {
        if (charts_->showsCurves())
            drawCurves();
        updateTexts();
    });
    connect(charts_, &CompareCharts::pointClicked, this, [this](const QString& id, bool extend) {
        QStringList ids = extend ? selected_ : QStringList();
        if (!ids.removeOne(id))
            ids << id;
        select(ids);
    });
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ComparePage::selectionMoved);
    connect(table_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        const QString id = index.data(CompareModel::IdRole).toString();
        if (index.column() == CompareModel::Pin)
            pin(id);
        else
            Q_EMIT wishes_.runShown(id);
    });
    const auto shortcut = [this](const QString& text, const QKeySequence& keys, auto&& slot) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    shortcut(tr("Pin or release the baseline"), QKeySequence(Qt::CTRL | Qt::Key_B), [this] {
        if (!selected_.isEmpty())
            pin(selected_.first());
    });
    shortcut(tr("Filter"), QKeySequence(Qt::CTRL | Qt::Key_F), [this] { bar_->line().setFocus(); });
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
        baseline_ = settings::baselineOf(runs_.folder());
        extraColumns_.clear();
        views_->setProject(runs_.folder());
        selected_.clear();
        chosenOnce_ = false;
        answer_ = std::make_shared<const CompareAnswer>();
        model_->setRows({}, {});
        charts_->clear();
        seen_.clear();
        stale_ = true;
        updateTexts();
    });
    connect(&wishes_, &PageWishes::comparisonWanted, this, [this](const QStringList& ids) {
        bar_->line().clear();
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
    connect(inspector_, &CompareInspector::rowsWanted, this, &ComparePage::showRowByRow);
}

QString ComparePage::problem() const
{
    return problem_->isHidden() ? QString() : problem_->text();
}

QString ComparePage::fingerprint() const
{
    return fingerprintOf(runs_.runs()) + runs_.folder();
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
    bar_->ask(question);
    charts_->ask(question);
    for (const QString& key : extraColumns_)
        question.columns.push_back(key.toStdString());
    // What gives colour and symbol, and what the axes are of, can be read and sorted too.
    std::vector<std::string> drawn{question.colourBy, question.symbolBy, question.vertical};
    if (question.horizontal != "active_parameters" && question.horizontal != "seconds")
        drawn.push_back(question.horizontal);
    for (const std::string& key : drawn)
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

void ComparePage::refresh()
{
    stale_ = false;
    timer_->stop();
    seen_ = fingerprint();
    if (runs_.folder().isEmpty()) {
        updateTexts();
        return;
    }
    const int request = ++request_;
    busy_ = true;
    updateTexts();
    inBackground(
        this, [question = question()] { return askForRuns(question); },
        [this, request](Result<CompareAnswer> answer) {
            if (request == request_)
                take(std::move(answer));
        });
}

void ComparePage::take(Result<CompareAnswer> answer)
{
    busy_ = false;
    problem_->setVisible(!answer.has_value());
    if (!answer) {
        // What was shown stays: people are in the middle of typing.
        problem_->setText(QStringLiteral("✗ ") + QString::fromStdString(describe(answer.error())));
        updateTexts();
        Q_EMIT refreshed();
        return;
    }
    auto old = std::exchange(answer_, std::make_shared<const CompareAnswer>(std::move(*answer)));
    charts_->setAnswer(answer_);
    bar_->setKeys(answer_->keys);
    showRows();
    releaseLater(std::move(old));
}

void ComparePage::showRows()
{
    QStringList extra;
    for (const std::string& column : question().columns)
        extra << QString::fromStdString(column);
    const bool quiet = std::exchange(applying_, true);
    const MetricChoice& metric = answer_->compared.metric;
    const Qt::SortOrder before = model_->bestFirst();
    model_->setMetric(MetricText(metric.metric, metric.task));
    model_->shareRows(ComparisonRows(answer_, &answer_->rows), extra);
    if (model_->bestFirst() != before && table_->horizontalHeader()->sortIndicatorSection() == CompareModel::Value)
        table_->sortByColumn(CompareModel::Value, model_->bestFirst());
    applying_ = quiet;
    table_->fitColumns();
    // With thousands of runs the table and the chart take a moment each: what people do in between is not kept waiting.
    busy_ = true;
    QTimer::singleShot(0, this, [this, request = request_] {
        if (request != request_)
            return; // a newer answer is on its way
        busy_ = false;
        showPoints();
        Q_EMIT refreshed();
    });
}

void ComparePage::showPoints()
{
    charts_->showPoints();
    // The best run is what people look for first.
    if (!std::exchange(chosenOnce_, model_->rowCount() > 0) && selected_.isEmpty() && model_->rowCount() > 0)
        selected_ << CompareModel::idOf(*model_->at(0));
    applySelection();
    askAboutSelection();
    updateTexts();
}

QLineEdit& ComparePage::filter()
{
    return bar_->line();
}

ComparisonChart& ComparePage::chart()
{
    return charts_->chart();
}

MetricChart& ComparePage::curves()
{
    return charts_->curves();
}

void ComparePage::metricChanged()
{
    settings::setComparedMetric(QString::fromStdString(charts_->metricBox().wanted().text()));
    refreshLater();
}

void ComparePage::updateTexts()
{
    inspector_->setCommand(runs_.folder().isEmpty() ? QString() : commandLineOf(question()));
    const bool nothing = model_->rowCount() == 0;
    QString state;
    if (runs_.folder().isEmpty())
        state = tr("Runs belong to a project. Open one or make one on the start page (Ctrl+1).");
    else if (nothing && busy_)
        state = tr("Reading the runs …");
    else if (nothing && !bar_->line().text().trimmed().isEmpty())
        state = tr("No run passes this filter.");
    else if (nothing)
        state = tr("There are no runs to compare yet. Queue some on the page Allocation or Runs.");
    stateText_->setText(state);
    states_->setCurrentIndex(state.isEmpty() ? 1 : 0);
    about_->setText(
        nothing ? QString()
        : bar_->groupsSeeds()
            ? tr("%1 of %Ln run(s), as %2 rows", nullptr, static_cast<int>(answer_->compared.runs.size()))
                  .arg(answer_->shownRuns)
                  .arg(answer_->rows.size())
            : tr("%1 of %n run(s)", nullptr, static_cast<int>(answer_->compared.runs.size())).arg(answer_->shownRuns));
    charts_->updateNotes(model_->rowCount(), !selected_.isEmpty());
}

void ComparePage::select(const QStringList& ids)
{
    selected_ = ids;
    // A wish may name any run of a group; rows are known by their first.
    for (QString& id : selected_)
        if (const ComparisonRow* row = model_->at(model_->rowOf(id)))
            id = CompareModel::idOf(*row);
    selected_.removeDuplicates();
    applySelection();
    askAboutSelection();
}

void ComparePage::applySelection()
{
    const bool before = std::exchange(applying_, true);
    QItemSelection rows;
    int first = -1;
    QSet<QString> shown;
    for (const QString& id : selected_) {
        const int row = model_->rowOf(id);
        if (row < 0)
            continue;
        rows.select(model_->index(row, 0), model_->index(row, model_->columnCount() - 1));
        shown.insert(CompareModel::idOf(*model_->at(row)));
        first = first < 0 ? row : first;
    }
    table_->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (first >= 0) {
        table_->selectionModel()->setCurrentIndex(model_->index(first, CompareModel::Name),
                                                  QItemSelectionModel::NoUpdate);
        table_->scrollTo(model_->index(first, CompareModel::Name));
    }
    applying_ = before;
    charts_->setSelected(shown);
}

void ComparePage::selectionMoved()
{
    if (applying_)
        return;
    QStringList now;
    for (const QModelIndex& index : table_->selectionModel()->selectedRows())
        now << index.data(CompareModel::IdRole).toString();
    // The order of choosing stays: the first one is what the others are held against.
    QStringList ordered;
    for (const QString& id : selected_)
        if (now.contains(id))
            ordered << id;
    for (const QString& id : now)
        if (!ordered.contains(id))
            ordered << id;
    selected_ = ordered;
    charts_->setSelected(QSet<QString>(selected_.begin(), selected_.end()));
    askAboutSelection();
}

void ComparePage::askAboutSelection()
{
    const auto rows = selectedRows();
    const ComparisonRow* first = rows.empty() ? nullptr : rows.front();
    const ComparisonRow* second = rows.size() > 1 ? rows[1] : nullptr;
    if (first && !second && !baseline_.isEmpty())
        if (const ComparisonRow* baseline = model_->at(model_->rowOf(baseline_)); baseline != first)
            second = baseline;
    inspector_->setRows(first, second, answer_->compared, *model_, std::max(0, static_cast<int>(rows.size()) - 2));
    const int request = ++pairRequest_;
    if (first) {
        std::vector<std::string> ids;
        QStringList names;
        std::vector<const ComparisonRow*> told{first};
        if (rows.size() > 1)
            told = rows;
        else if (second)
            told.push_back(second);
        for (const ComparisonRow* row : told) {
            if (ids.size() >= 6)
                break;
            ids.push_back(row->row.ids.front());
            names << QString::fromStdString(row->row.name.empty() ? row->row.ids.front() : row->row.name);
        }
        inBackground(
            this, [project = runs_.folder().toStdString(), ids] { return askAboutRuns(project, ids); },
            [this, request, names](const Result<PairAnswer>& answer) {
                if (request != pairRequest_)
                    return;
                if (answer)
                    inspector_->setAnswer(*answer, names,
                                          session_.model() ? std::optional(session_.model()->config) : std::nullopt);
                else
                    Q_EMIT said(QString::fromStdString(describe(answer.error())));
            });
    }
    if (charts_->showsCurves())
        drawCurves();
    updateTexts();
}

void ComparePage::pin(const QString& id)
{
    const ComparisonRow* row = model_->at(model_->rowOf(id));
    if (!row)
        return;
    const QString wanted = CompareModel::idOf(*row);
    const ComparisonRow* now = model_->at(model_->rowOf(baseline_));
    const bool same = now && CompareModel::idOf(*now) == wanted;
    baseline_ = same ? QString() : wanted;
    settings::setBaselineOf(runs_.folder(), baseline_);
    Q_EMIT said(same ? tr("No baseline is pinned any more.")
                     : tr("“%1” is the baseline.").arg(QString::fromStdString(row->row.name)));
    refresh(); // the differences of thousands of runs are no work for this thread
}

RowDialog* ComparePage::showRowByRow(const QString& first, const QString& second)
{
    const auto nameOf = [this](const QString& id) {
        const RunSummary* run = runs_.find(id);
        return run && !run->name.empty() && run->name != run->id
                   ? QStringLiteral("%1 (%2)").arg(QString::fromStdString(run->name), id)
                   : id;
    };
    auto* dialog = new RowDialog(runs_.runFolder(first), nameOf(first), runs_.runFolder(second), nameOf(second), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

void ComparePage::drawCurves()
{
    CurveQuestion wanted;
    wanted.project = runs_.folder().toStdString();
    charts_->ask(wanted);
    wanted.rows = curveRows(selectedRows(), wanted.bands);
    const int request = ++curveRequest_;
    inBackground(
        this, [wanted] { return readCurves(wanted); },
        [this, request](std::vector<MetricChart::Curve> curves) {
            if (request == curveRequest_)
                charts_->setCurves(std::move(curves));
        });
}

CompareView ComparePage::view(const QString& name) const
{
    const CompareQuestion now = question();
    CompareView view;
    view.name = name;
    view.filter = QString::fromStdString(now.filter);
    view.metric = QString::fromStdString(now.metric.text());
    view.horizontal = QString::fromStdString(now.horizontal);
    view.vertical = QString::fromStdString(now.vertical);
    view.colourBy = QString::fromStdString(now.colourBy);
    view.symbolBy = QString::fromStdString(now.symbolBy);
    view.groupBy = QString::fromStdString(now.groupBy);
    view.groupSeeds = now.groupSeeds;
    view.columns = table_->columnOrder();
    view.hidden = table_->hiddenColumns();
    view.extra = extraColumns_;
    return view;
}

void ComparePage::showView(const CompareView& view)
{
    bar_->showView(view);
    charts_->showView(view);
    extraColumns_ = view.extra;
    table_->setColumns(view.columns, view.hidden);
    refresh();
}

void ComparePage::askForColumn()
{
    QStringList keys;
    for (const std::string& key : answer_->keys)
        keys << QString::fromStdString(key);
    bool good = false;
    const QString key =
        QInputDialog::getItem(this, tr("Add a column"), tr("Setting, metric or cost"), keys, 0, true, &good).trimmed();
    if (!good || key.isEmpty() || extraColumns_.contains(key))
        return;
    extraColumns_ << key;
    refreshLater();
}

Status ComparePage::saveTable(const QString& file) const
{
    return writeComparison(*model_, file);
}

Status ComparePage::savePicture(const QString& file)
{
    return charts_->savePicture(file);
}

void ComparePage::askForPicture()
{
    saveAs(QFileDialog::getSaveFileName(this, tr("Save picture"), QStringLiteral("compare.svg"),
                                        tr("SVG picture (*.svg);;PNG picture (*.png);;PDF document (*.pdf)")),
           [this](const QString& file) { return savePicture(file); });
}

void ComparePage::askForTable()
{
    saveAs(QFileDialog::getSaveFileName(this, tr("Save table"), QStringLiteral("compare.csv"), tr("Table (*.csv)")),
           [this](const QString& file) { return saveTable(file); });
}

void ComparePage::saveAs(const QString& file, const std::function<Status(const QString&)>& save)
{
    if (file.isEmpty())
        return;
    const Status saved = save(file);
    Q_EMIT said(saved ? tr("Saved %1").arg(file) : QString::fromStdString(describe(saved.error())));
}

} // namespace hilo
