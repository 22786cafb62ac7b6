// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_charts.h"

#include "common/elided_label.h"
#include "common/letter_width.h"
#include "common/metric_text.h"
#include "common/numbers.h"
#include "index/evaluation_series.h"
#include "metrics/metric.h"
#include "page.h"
#include "runs/curve_options.h"
#include "runs/expert_load_view.h"
#include "runs/task_result_model.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

constexpr double gibibyte = 1024.0 * 1024.0 * 1024.0;
constexpr double largestCount = 9e18;                  ///< a log may hold any number; whole ones end there
constexpr int mostResultRows = 6;                      ///< that are seen at once
const QString measureCard = QStringLiteral("measure"); ///< the card whose metric is chosen

} // namespace

RunCharts::RunCharts(QWidget* parent) : QWidget(parent), result_(new TaskResultModel(this))
{
    grid_ = new QGridLayout(this);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(8);
    options_ = new CurveOptions(this);
    unplaced_ = makeQuietLabel({}, this);
    unplaced_->setWordWrap(true);
    optionLine_ = new QWidget(this);
    auto* optionLayout = new QHBoxLayout(optionLine_);
    optionLayout->setContentsMargins(4, 0, 4, 0);
    optionLayout->addWidget(options_, 3);
    optionLayout->addWidget(unplaced_, 2);
    connect(options_, &CurveOptions::axisChanged, this, [this] {
        for (Card& card : cards_)
            card.chart->setStepAxis(options_->axis());
        showValues();
    });
    connect(options_, &CurveOptions::smoothingChanged, this, [this] {
        for (Card& card : cards_)
            card.chart->setSmoothing(options_->smoothing());
    });
    addChart(QStringLiteral("loss"), tr("Loss"), tr("nats/token"));
    addChart(measureCard, tr("Measured"), {});
    addChart(QStringLiteral("tokens_per_second"), tr("Speed"), tr("tokens/s"));
    addChart(QStringLiteral("grad_norm"), tr("Gradient norm"), tr("norm"));
    addChart(QStringLiteral("lr"), tr("Learning rate"), tr("rate"));
    addChart(QStringLiteral("memory_bytes"), tr("Memory"), tr("GiB"), 1 / gibibyte);
    loadCard_ = makeLoadCard();
    resultCard_ = makeResultCard();
    auto* empty = makeQuietLabel(tr("The curves of the chosen run stand here."), this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    empty_ = empty;
    // What the mouse points at in one chart is told in all.
    for (const Card& from : cards_)
        connect(from.chart, &MetricChart::cursorMoved, this, [this, chart = from.chart](std::optional<double> place) {
            for (const Card& card : cards_)
                if (card.chart != chart)
                    card.chart->setCursor(place);
        });
    arrange();
    showCards();
}

void RunCharts::setEmptyWidget(QWidget* widget)
{
    delete empty_;
    empty_ = widget;
    columns_ = 0;
    arrange();
    showCards();
}

bool RunCharts::hasValues(const Card& card) const
{
    for (const MetricChart::Curve& curve : curves()) {
        const RunHistory& history = *curve.history;
        if (card.metric == measureCard && !measuredMetrics(history.evaluations).empty())
            return true;
        const auto found = history.metrics.find(card.metric.toStdString());
        if (found != history.metrics.end() &&
            std::any_of(found->second.begin(), found->second.end(), [](double value) { return !std::isnan(value); }))
            return true;
        if (card.metric == QLatin1String("loss") &&
            std::any_of(history.evaluations.begin(), history.evaluations.end(),
                        [](const RunEvaluation& one) { return one.score.loss.has_value(); }))
            return true;
    }
    return false;
}

bool RunCharts::isShown(const QString& metric) const
{
    return std::any_of(cards_.begin(), cards_.end(),
                       [&metric](const Card& card) { return card.metric == metric && !card.frame->isHidden(); });
}

/// Only what there is something of: an empty pair of axes tells nothing.
void RunCharts::showCards()
{
    std::vector<bool> wanted;
    bool any = false;
    for (const Card& card : cards_) {
        wanted.push_back(hasValues(card));
        any = any || wanted.back();
    }
    // A run of one measurement is told by its result.
    const bool anySteps = std::any_of(others_.begin(), others_.end(),
                                      [](const MetricChart::Curve& one) { return !one.history->steps.isEmpty(); }) ||
                          (history_ && !history_->steps.isEmpty());
    bool changed = false;
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        const bool visible = wanted[i] && anySteps;
        changed = changed || cards_[i].frame->isHidden() == visible;
        cards_[i].frame->setVisible(visible);
    }
    loadCard_->setVisible(history_ && (!history_->loads.empty() || !history_->taskLoads.empty()));
    resultCard_->setVisible(result_->rowCount() > 0);
    optionLine_->setVisible(anySteps);
    empty_->setVisible(!anySteps);
    if (changed) {
        columns_ = 0;
        arrange();
    }
}

std::vector<MetricChart::Curve> RunCharts::curves() const
{
    std::vector<MetricChart::Curve> all;
    if (history_)
        all.push_back({others_.empty() ? QString() : name_, history_, 0});
    all.insert(all.end(), others_.begin(), others_.end());
    return all;
}

void RunCharts::drawCurves()
{
    for (Card& card : cards_)
        card.chart->setCurves(curves());
}

void RunCharts::setOverlay(const QString& name, std::vector<MetricChart::Curve> others)
{
    std::erase_if(others, [](const MetricChart::Curve& one) { return !one.history; });
    const bool same =
        (others.empty() || name == name_) && std::equal(others.begin(), others.end(), others_.begin(), others_.end(),
                                                        [](const MetricChart::Curve& a, const MetricChart::Curve& b) {
                                                            return a.name == b.name && a.history == b.history;
                                                        });
    if (same)
        return;
    name_ = name;
    others_ = std::move(others);
    fillMeasures();
    drawCurves();
    showCards();
    showValues();
}

void RunCharts::addChart(const QString& metric, const QString& title, const QString& axis, double scale)
{
    Card card;
    card.metric = metric;
    card.frame = makeCard(this);
    card.value = new ElidedLabel(card.frame, Qt::AlignRight);
    card.value->setObjectName(QStringLiteral("heading"));
    card.chart = new MetricChart(card.frame);
    MetricChart::Metric shown{metric, axis, false, scale, {}, 1};
    if (metric == QLatin1String("loss"))
        shown.evaluation = metric; // of training and of what was measured in between, in one chart
    if (metric == measureCard)
        shown.key.clear();
    card.chart->setMetric(shown);
    card.chart->setAccessibleName(tr("Chart of %1 over steps").arg(title));
    const bool isTall = metric == QLatin1String("loss") || metric == measureCard; // with a legend
    card.chart->setPlotHeight(fontMetrics().height() * (isTall ? 8 : 7));
    auto* line = new QHBoxLayout;
    if (metric == measureCard) {
        measure_ = new QComboBox(card.frame);
        measure_->setAccessibleName(tr("Measured metric that is shown"));
        // The value beside it has what the box leaves.
        measure_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        measure_->setMinimumContentsLength(12);
        connect(measure_, &QComboBox::currentIndexChanged, this, &RunCharts::showMeasure);
        line->addWidget(measure_);
    } else {
        line->addWidget(makeHeading(title, card.frame));
    }
    card.chart->setSmoothing(options_->smoothing());
    card.chart->setStepAxis(options_->axis());
    auto* menu = new QToolButton(card.frame);
    menu->setText(QStringLiteral("⋯"));
    menu->setAutoRaise(true);
    menu->setFocusPolicy(Qt::StrongFocus);
    menu->setToolTip(tr("Logarithmic axes, full screen, copy, save"));
    menu->setAccessibleName(tr("What can be done with the chart of %1").arg(title));
    connect(menu, &QToolButton::clicked, card.chart,
            [menu, chart = card.chart] { chart->openMenu(menu->mapToGlobal(menu->rect().bottomLeft())); });
    line->addWidget(card.value, 1);
    line->addWidget(menu);
    cardLayout(card.frame)->setSpacing(2);
    cardLayout(card.frame)->setContentsMargins(12, 8, 8, 4);
    cardLayout(card.frame)->addLayout(line);
    cardLayout(card.frame)->addWidget(card.chart, 1);
    cards_.push_back(card);
}

QFrame* RunCharts::makeResultCard()
{
    auto* card = makeCard(this);
    cardLayout(card)->setContentsMargins(12, 8, 12, 8);
    cardLayout(card)->setSpacing(4);
    resultTable_ = makePlainTable(result_, tr("Result by task"), card);
    resultTable_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    cardLayout(card)->addWidget(makeHeading(tr("Result"), card));
    cardLayout(card)->addWidget(resultTable_);
    return card;
}

/// As high as its rows, so that the charts keep their room.
void RunCharts::fitResult()
{
    resultTable_->resizeColumnsToContents();
    const int letter = letterWidth(fontMetrics());
    for (int column = 0; column < result_->columnCount(); ++column)
        resultTable_->setColumnWidth(column, std::min(resultTable_->columnWidth(column) + letter, letter * 32));
    const int rows = std::min(result_->rowCount(), mostResultRows);
    // A scroll bar for many metrics must not lie on the last row.
    const bool isWider = resultTable_->horizontalHeader()->length() > width() - 40;
    const int bar = isWider ? resultTable_->horizontalScrollBar()->sizeHint().height() : 0;
    resultTable_->setFixedHeight(resultTable_->horizontalHeader()->sizeHint().height() +
                                 rows * resultTable_->verticalHeader()->defaultSectionSize() + bar + 4);
}

void RunCharts::setResult(const std::vector<FinalScore>& scores)
{
    result_->setScores(scores);
    fitResult();
    resultCard_->setVisible(result_->rowCount() > 0);
}

QFrame* RunCharts::makeLoadCard()
{
    auto* card = makeCard(this);
    loads_ = new ExpertLoadView(card);
    module_ = new QComboBox(card);
    module_->setAccessibleName(tr("Module whose expert loads are shown"));
    module_->setToolTip(tr("Which module's experts; all: the mean over a layer's modules"));
    module_->addItem(tr("all modules"));
    loadTask_ = new QComboBox(card);
    loadTask_->setAccessibleName(tr("Task whose expert loads are shown"));
    loadTask_->setToolTip(tr("Whose tokens: those of all tasks, or of one: which expert serves which task"));
    loadTask_->addItem(tr("all tasks"));
    loadTask_->hide();
    loadAbout_ = new ElidedLabel(tr("share of the chosen slots, newest report"), card);
    loadAbout_->setObjectName(QStringLiteral("quiet"));
    auto* line = new QHBoxLayout;
    line->addWidget(makeHeading(tr("Expert load by layer"), card));
    line->addWidget(loadAbout_, 1);
    line->addWidget(loadTask_);
    line->addWidget(module_);
    cardLayout(card)->setSpacing(4);
    cardLayout(card)->addLayout(line);
    cardLayout(card)->addWidget(loads_, 1);
    connect(module_, &QComboBox::currentIndexChanged, this,
            [this](int index) { loads_->setModule(index <= 0 ? QString() : module_->currentText()); });
    connect(loadTask_, &QComboBox::currentIndexChanged, this, &RunCharts::showLoads);
    connect(loads_, &ExpertLoadView::layerClicked, this, &RunCharts::layerClicked);
    return card;
}

void RunCharts::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
    fitResult();
}

void RunCharts::arrange()
{
    const int least = letterWidth(fontMetrics()) * 42;
    const int columns = std::clamp(width() / least, 1, 3);
    if (columns == columns_)
        return;
    columns_ = columns;
    for (const Card& card : cards_)
        grid_->removeWidget(card.frame);
    for (QWidget* widget : std::initializer_list<QWidget*>{loadCard_, resultCard_, optionLine_, empty_})
        grid_->removeWidget(widget);
    for (int i = 0; i < 12; ++i) {
        grid_->setRowStretch(i, 0);
        grid_->setColumnStretch(i, i < columns ? 1 : 0);
    }
    int place = 0;
    for (const Card& card : cards_)
        if (!card.frame->isHidden()) {
            grid_->addWidget(card.frame, 2 + place / columns, place % columns);
            ++place;
        }
    const int rows = 2 + (place + columns - 1) / columns;
    grid_->addWidget(resultCard_, 0, 0, 1, columns);
    grid_->addWidget(optionLine_, 1, 0, 1, columns);
    for (int row = 2; row < rows; ++row)
        grid_->setRowStretch(row, row == 2 ? 4 : 3);
    grid_->addWidget(loadCard_, rows, 0, 1, columns);
    if (place > 0)
        grid_->setRowStretch(rows, 3);
    grid_->addWidget(empty_, rows + 1, 0, 1, columns);
    if (place == 0)
        grid_->setRowStretch(rows + 1, 1);
}

MetricChart& RunCharts::chart(const QString& metric)
{
    for (Card& card : cards_)
        if (card.metric == metric)
            return *card.chart;
    return *cards_.front().chart;
}

void RunCharts::setHistory(std::shared_ptr<const RunHistory> history)
{
    if (history == history_) {
        catchUp();
        return;
    }
    history_ = std::move(history);
    fillMeasures();
    drawCurves();
    showCards();
    fillLoadTasks();
    showLoads();
    showValues();
}

void RunCharts::catchUp()
{
    if (!history_)
        return;
    fillMeasures();
    for (Card& card : cards_)
        card.chart->catchUp();
    showCards();
    fillLoadTasks();
    showLoads();
    const QStringList modules = loads_->modules();
    if (modules.size() + 1 != module_->count()) {
        const QString chosen = module_->currentText();
        const QSignalBlocker quiet(module_);
        module_->clear();
        module_->addItem(tr("all modules"));
        module_->addItems(modules);
        module_->setCurrentIndex(std::max(0, module_->findText(chosen)));
    }
    showValues();
}

/// The metrics that the run has measured by now; the loss has a chart of its own, and stands here by itself too.
void RunCharts::fillMeasures()
{
    std::vector<std::string> measured;
    for (const MetricChart::Curve& curve : curves())
        for (std::string& metric : measuredMetrics(curve.history->evaluations))
            if (std::find(measured.begin(), measured.end(), metric) == measured.end())
                measured.push_back(std::move(metric));
    if (measured.empty())
        measured.emplace_back("accuracy");
    bool same = static_cast<int>(measured.size()) == measure_->count();
    for (std::size_t i = 0; same && i < measured.size(); ++i)
        same = measure_->itemData(static_cast<int>(i)).toString().toStdString() == measured[i];
    if (same)
        return;
    const QString chosen = measure_->currentData().toString();
    {
        const QSignalBlocker quiet(measure_);
        measure_->clear();
        for (const std::string& metric : measured) {
            const MetricText text(metric);
            measure_->addItem(text.title(), QString::fromStdString(metric));
            measure_->setItemData(measure_->count() - 1, text.about(), Qt::ToolTipRole);
        }
        measure_->setCurrentIndex(std::max(0, measure_->findData(chosen)));
    }
    showMeasure();
}

void RunCharts::showMeasure()
{
    const MetricText text(measure_->currentData().toString().toStdString());
    MetricChart& drawn = chart(measureCard);
    measure_->setToolTip(text.about());
    drawn.setMetric({{},
                     text.axisTitle(),
                     drawn.isLogarithmic(Qt::Vertical),
                     1,
                     QString::fromStdString(text.metric()),
                     text.scale()});
    showValues();
}

/// Tasks whose tokens were counted apart; one alone is all of them.
void RunCharts::fillLoadTasks()
{
    QStringList tasks{tr("all tasks")};
    if (history_ && history_->taskLoads.size() > 1)
        for (const auto& [task, loads] : history_->taskLoads)
            tasks << QString::fromStdString(task);
    loadTask_->setVisible(tasks.size() > 1);
    bool same = tasks.size() == loadTask_->count();
    for (int i = 0; same && i < tasks.size(); ++i)
        same = loadTask_->itemText(i) == tasks[i];
    if (same)
        return;
    const QSignalBlocker quiet(loadTask_);
    const QString chosen = loadTask_->currentIndex() > 0 ? loadTask_->currentText() : QString();
    loadTask_->clear();
    loadTask_->addItems(tasks);
    loadTask_->setCurrentIndex(chosen.isEmpty() ? 0 : std::max(0, loadTask_->findText(chosen)));
}

void RunCharts::showLoads()
{
    if (!history_) {
        loads_->setLoads({});
        return;
    }
    const auto task = history_->taskLoads.find(loadTask_->currentText().toStdString());
    const bool isOne = loadTask_->currentIndex() > 0 && task != history_->taskLoads.end();
    loads_->setLoads(isOne ? task->second : history_->loads);
}

/// The newest measurement: "cola, validation 84.8 ± 1.2 %".
QString RunCharts::measureText() const
{
    const MetricText text(measure_->currentData().toString().toStdString());
    const auto& all = history_->evaluations;
    const auto last = std::find_if(all.rbegin(), all.rend(), [&text](const RunEvaluation& one) {
        return valueOf(one.score, text.metric()).has_value();
    });
    if (last == all.rend())
        return {};
    const ScoreValue value = *valueOf(last->score, text.metric());
    QStringList whose;
    if (!last->task.empty())
        whose << QString::fromStdString(last->task);
    if (!last->split.empty())
        whose << EvaluationMarks::splitText(last->split);
    const QString number = text.withInterval(value.value, value.low, value.high);
    return whose.join(QStringLiteral(", ")) + QLatin1Char(' ') +
           (text.unit().isEmpty() ? number : number + QLatin1Char(' ') + text.unit());
}

QString RunCharts::valueText(const Card& card) const
{
    if (!history_ || !others_.empty())
        return {}; // which run's would it be
    if (card.metric == measureCard)
        return measureText();
    const double value = history_->last(card.metric.toStdString());
    if (std::isnan(value))
        return {};
    if (card.metric == QLatin1String("memory_bytes"))
        return byteSize(static_cast<std::uint64_t>(std::clamp(value, 0.0, largestCount)));
    if (card.metric == QLatin1String("lr"))
        return QLocale().toString(value, 'g', 3);
    if (card.metric == QLatin1String("tokens_per_second"))
        return tr("%1 tokens/s").arg(groupedNumber(std::llround(std::clamp(value, -largestCount, largestCount))));
    return QLocale().toString(value, 'f', 3);
}

void RunCharts::showValues()
{
    for (const Card& card : cards_) {
        const QString text = valueText(card);
        card.value->setText(text);
        if (!card.chart->hasFocus())
            card.chart->setAccessibleDescription(text.isEmpty() ? tr("No values yet.")
                                                                : tr("Newest value: %1").arg(text));
    }
    const QStringList names = cards_.front().chart->unplaced();
    unplaced_->setText(
        names.isEmpty() ? QString()
        : others_.empty()
            ? tr("The log of this run does not tell this axis.")
            : tr("Not drawn, because their logs do not tell this axis: %1").arg(names.join(QStringLiteral(", "))));
}

void RunCharts::setSelectedLayer(int layer)
{
    loads_->setSelectedLayer(layer);
}

} // namespace hilo
