// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_charts.h"

#include "common/flow_layout.h"
#include "common/metric_text.h"
#include "common/plot_picture.h"
#include "compare/key_box.h"
#include "compare/metric_box.h"
#include "page.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

const QString stepsOf = QStringLiteral("steps:"); ///< before the key of a metric of the steps

} // namespace

CompareCharts::CompareCharts(const MetricChoice& metric, QWidget* parent)
    : QFrame(parent), chart_(new ComparisonChart(this)), curves_(new MetricChart(this)),
      metric_(new MetricBox(metric, this))
{
    setObjectName(QStringLiteral("card"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    curves_->setAccessibleName(tr("Curves of the selected runs"));
    stack_ = new QStackedWidget(this);
    stack_->addWidget(chart_);
    stack_->addWidget(curves_);
    below_ = makeQuietLabel({}, this);
    below_->setWordWrap(true);
    layout->addWidget(makeHead());
    layout->addWidget(stack_, 1);
    layout->addWidget(below_);
    chart_->setMinimumHeight(fontMetrics().height() * 11);
    connect(chart_, &ComparisonChart::pointClicked, this, &CompareCharts::pointClicked);
    connect(metric_, &MetricBox::choiceChanged, this, &CompareCharts::metricChanged);
}

KeyBox* CompareCharts::makeKeyBox(const QString& name, const QString& toolTip)
{
    auto* box = new KeyBox(QStringLiteral("map.strategy.name"), this);
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    connect(box, &KeyBox::keyChosen, this, &CompareCharts::questionChanged);
    return box;
}

QWidget* CompareCharts::makeHead()
{
    views_ = new QTabBar(this);
    views_->addTab(tr("Scatter"));
    views_->addTab(tr("Curves"));
    views_->setTabToolTip(0, tr("The chosen metric of all runs against their size"));
    views_->setTabToolTip(1, tr("Curves of the selected runs"));
    views_->setElideMode(Qt::ElideNone);
    views_->setUsesScrollButtons(false);
    views_->setDocumentMode(true);
    views_->setExpanding(false);
    views_->setDrawBase(false);
    views_->setAccessibleName(tr("Scatter or curves"));
    colourBy_ = makeKeyBox(tr("Colour by"), tr("The setting that gives points their colour; any key can be typed"));
    symbolBy_ = makeKeyBox(tr("Symbol by"), tr("The setting that gives points their symbol; any key can be typed"));
    curveMetric_ = new QComboBox(this);
    curveMetric_->setAccessibleName(tr("Metric of the curves"));
    curveMetric_->setToolTip(tr("What the curves of the selected runs show"));
    curveMetric_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    fillCurveMetrics();
    cost_ = new QComboBox(this);
    cost_->addItem(tr("trainable parameters"));
    cost_->addItem(tr("active parameters per token"));
    cost_->setAccessibleName(tr("Horizontal axis"));
    cost_->setToolTip(tr("What the metric is weighed against; the front follows"));
    connect(cost_, &QComboBox::currentIndexChanged, this, &CompareCharts::questionChanged);
    connect(curveMetric_, &QComboBox::currentIndexChanged, this, &CompareCharts::curvesWanted);
    // What does not fit beside the tabs goes into a second line.
    auto* head = new QWidget(this);
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
    addWithLabel(tr("metric"), metric_, 0);
    addWithLabel(tr("against"), cost_, 0);
    addWithLabel(tr("colour"), colourBy_, 0);
    addWithLabel(tr("symbol"), symbolBy_, 0);
    addWithLabel(tr("metric"), curveMetric_, 1);
    for (QWidget* widget : ofView[1])
        widget->hide();
    connect(views_, &QTabBar::currentChanged, this, [this, scatter = ofView[0], curves = ofView[1]](int view) {
        stack_->setCurrentIndex(view);
        for (QWidget* widget : scatter)
            widget->setVisible(view == 0);
        for (QWidget* widget : curves)
            widget->setVisible(view == 1);
        Q_EMIT curvesWanted();
    });
    return head;
}

void CompareCharts::fillCurveMetrics()
{
    const QSignalBlocker quiet(curveMetric_);
    const QString chosen = curveMetric_->currentData().toString();
    curveMetric_->clear();
    // The loss of training and what was measured of it belong into one chart.
    curveMetric_->addItem(tr("loss"), stepsOf + QStringLiteral("loss"));
    std::vector<std::string> measured{"accuracy"};
    for (const MeasuredMetric& one : answer_->measured)
        if (one.metric != "loss" && std::find(measured.begin(), measured.end(), one.metric) == measured.end())
            measured.push_back(one.metric);
    for (const std::string& metric : measured)
        curveMetric_->addItem(MetricText(metric).title(), QString::fromStdString(metric));
    for (const auto& [title, key] : {std::pair{tr("gradient norm"), "grad_norm"},
                                     {tr("tokens/s"), "tokens_per_second"},
                                     {tr("learning rate"), "lr"}})
        curveMetric_->addItem(title, stepsOf + QString::fromLatin1(key));
    curveMetric_->setCurrentIndex(std::max(0, curveMetric_->findData(chosen)));
}

void CompareCharts::ask(CompareQuestion& question) const
{
    question.cost = cost_->currentIndex() == 1 ? ParetoCost::Active : ParetoCost::Trainable;
    question.metric = metric_->choice();
    question.colourBy = colourBy_->currentText().trimmed().toStdString();
    question.symbolBy = symbolBy_->currentText().trimmed().toStdString();
}

void CompareCharts::setAnswer(std::shared_ptr<const CompareAnswer> answer)
{
    const bool newKeys = answer->keys != answer_->keys;
    answer_ = std::move(answer);
    if (newKeys)
        for (KeyBox* box : {colourBy_, symbolBy_})
            box->setKeys(answer_->keys);
    fillCurveMetrics();
    metric_->setMeasured(answer_->measured);
}

void CompareCharts::showPoints()
{
    const MetricChoice& metric = answer_->compared.metric;
    chart_->setMetric(MetricText(metric.metric, metric.task));
    chart_->sharePoints(answer_->points, cost_->currentText(), colourBy_->currentText(), symbolBy_->currentText());
}

void CompareCharts::clear()
{
    answer_ = std::make_shared<const CompareAnswer>();
    chart_->setPoints({}, cost_->currentText(), {}, {});
}

void CompareCharts::setSelected(const QSet<QString>& ids)
{
    chart_->setSelected(ids);
}

bool CompareCharts::showsCurves() const
{
    return views_->currentIndex() == 1;
}

std::string CompareCharts::curveSeries() const
{
    const QString chosen = curveMetric_->currentData().toString();
    return chosen.startsWith(stepsOf) ? chosen.mid(stepsOf.size()).toStdString() : std::string();
}

std::string CompareCharts::curveTask() const
{
    return metric_->choice().task;
}

void CompareCharts::setCurves(std::vector<MetricChart::Curve> curves)
{
    const QString series = QString::fromStdString(curveSeries());
    const bool isLoss = series == QLatin1String("loss");
    const MetricText measured(series.isEmpty() ? curveMetric_->currentData().toString().toStdString() : "loss");
    MetricChart::Metric metric;
    metric.key = series;
    metric.title = series.isEmpty() || isLoss ? measured.axisTitle() : curveMetric_->currentText();
    if (series.isEmpty() || isLoss) {
        metric.evaluation = QString::fromStdString(measured.metric());
        metric.evaluationScale = measured.scale();
    }
    curves_->setCurves({});
    curves_->setMetric(metric);
    curves_->setCurves(std::move(curves));
}

void CompareCharts::updateNotes(int rows, bool anySelected)
{
    QStringList notes;
    if (!showsCurves()) {
        const MetricText metric(answer_->compared.metric.metric, answer_->compared.metric.task);
        const int unmeasured = static_cast<int>(answer_->unmeasured);
        const int without = rows - static_cast<int>(chart_->points().size()) - unmeasured;
        if (unmeasured > 0)
            notes << tr("%n row(s) have finished without this metric; they are in the table only.", nullptr,
                        unmeasured);
        if (without > 0)
            notes << tr("%n row(s) without a result or parameters are in the table only.", nullptr, without);
        if (answer_->taskSetsDiffer)
            notes << tr("These means go over different tasks; choose one task to compare the same.");
        if (!answer_->compared.metric.isKnown())
            notes << metric.about();
        if (!chart_->showsAllIntervals())
            notes << tr("So many points: intervals are drawn for the front and for what is selected.");
    } else if (!anySelected) {
        notes << tr("Select rows in the table to see their curves.");
    }
    below_->setText(notes.join(QLatin1Char(' ')));
    below_->setVisible(!notes.isEmpty());
}

Status CompareCharts::savePicture(const QString& file)
{
    return savePlotPicture(showsCurves() ? static_cast<QCustomPlot&>(*curves_) : static_cast<QCustomPlot&>(*chart_),
                           file);
}

} // namespace hilo
