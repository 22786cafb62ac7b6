// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_charts.h"

#include "common/flow_layout.h"
#include "common/metric_text.h"
#include "common/plot_picture.h"
#include "compare/key_box.h"
#include "compare/metric_box.h"
#include "page.h"
#include "runs/curve_options.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

const QString stepsOf = QStringLiteral("steps:"); ///< before the key of a metric of the steps

/// What was chosen by its name, or typed as a key.
std::string keyOf(const QComboBox& box)
{
    const QString text = box.currentText().trimmed();
    const int known = box.findText(text);
    return (known >= 0 ? box.itemData(known).toString() : text).toStdString();
}

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

/// What is chosen mostly by its name, and any key when it is typed.
QComboBox* CompareCharts::makeAxisBox(const QList<std::pair<QString, QString>>& usual, const QString& name,
                                      const QString& toolTip)
{
    auto* box = new QComboBox(this);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    qsizetype widest = 0;
    for (const auto& [title, key] : usual) {
        box->addItem(title, key);
        widest = std::max(widest, title.size());
    }
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(static_cast<int>(std::min<qsizetype>(widest, 18) * 4 / 5));
    box->lineEdit()->setCursorPosition(0);
    connect(box, &QComboBox::activated, box->lineEdit(), [edit = box->lineEdit()] { edit->setCursorPosition(0); });
    connect(box, &QComboBox::currentIndexChanged, this, &CompareCharts::questionChanged);
    connect(box->lineEdit(), &QLineEdit::editingFinished, this, &CompareCharts::questionChanged);
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
    cost_ = makeAxisBox({{tr("trainable parameters"), QString()},
                         {tr("active parameters per token"), QStringLiteral("active_parameters")},
                         {tr("seconds of training"), QStringLiteral("seconds")},
                         {tr("bytes of peak memory"), QStringLiteral("peak_memory_bytes")},
                         {tr("learning rate"), QStringLiteral("training.learning_rate")},
                         {tr("experts"), QStringLiteral("map.experts")},
                         {tr("sum of ranks"), QStringLiteral("map.total_rank")},
                         {tr("strategy"), QStringLiteral("map.strategy.name")}},
                        tr("Horizontal axis"),
                        tr("What the metric is weighed against; any setting, metric or cost can be typed. The front "
                           "follows where less is better"));
    height_ = makeAxisBox({{tr("the metric"), QString()},
                           {tr("seconds of training"), QStringLiteral("seconds")},
                           {tr("bytes of peak memory"), QStringLiteral("peak_memory_bytes")},
                           {tr("last training loss"), QStringLiteral("loss.last")},
                           {tr("lowest training loss"), QStringLiteral("loss.min")}},
                          tr("Vertical axis"),
                          tr("What stands upright: the metric, or any setting, metric or cost; any key can be typed"));
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
    addWithLabel(tr("upright"), height_, 0);
    addWithLabel(tr("against"), cost_, 0);
    addWithLabel(tr("colour"), colourBy_, 0);
    addWithLabel(tr("symbol"), symbolBy_, 0);
    addWithLabel(tr("metric"), curveMetric_, 1);
    bands_ = new QCheckBox(tr("Mean and band"), head);
    bands_->setChecked(true);
    bands_->setToolTip(tr("Of rows of several runs the mean with its 95 % interval over them, by Student's t; else "
                          "every run"));
    connect(bands_, &QCheckBox::toggled, this, &CompareCharts::curvesWanted);
    options_ = new CurveOptions(head);
    connect(options_, &CurveOptions::axisChanged, this, [this] { curves_->setStepAxis(options_->axis()); });
    connect(options_, &CurveOptions::smoothingChanged, this, [this] { curves_->setSmoothing(options_->smoothing()); });
    curves_->setStepAxis(options_->axis());
    curves_->setSmoothing(options_->smoothing());
    for (QWidget* widget : std::initializer_list<QWidget*>{bands_, options_}) {
        line->addWidget(widget);
        ofView[1] << widget;
    }
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
    question.horizontal = keyOf(*cost_);
    question.vertical = keyOf(*height_);
    question.cost = question.horizontal == "active_parameters" ? ParetoCost::Active : ParetoCost::Trainable;
    question.metric = metric_->choice();
    question.colourBy = colourBy_->currentText().trimmed().toStdString();
    question.symbolBy = symbolBy_->currentText().trimmed().toStdString();
}

void CompareCharts::showView(const CompareView& view)
{
    const auto choose = [](QComboBox& box, const QString& key) {
        const QSignalBlocker quiet(box);
        const int known = box.findData(key);
        if (known >= 0)
            box.setCurrentIndex(known);
        else
            box.setEditText(key);
        box.lineEdit()->setCursorPosition(0);
    };
    choose(*cost_, view.horizontal);
    choose(*height_, view.vertical);
    for (const auto& [box, key] : {std::pair{colourBy_, view.colourBy}, {symbolBy_, view.symbolBy}}) {
        const QSignalBlocker quiet(box);
        box->setCurrentText(key);
        box->lineEdit()->setCursorPosition(0);
    }
    if (const auto metric = MetricChoice::parse(view.metric.toStdString()))
        metric_->choose(*metric);
}

void CompareCharts::setAnswer(std::shared_ptr<const CompareAnswer> answer)
{
    const bool newKeys = answer->keys != answer_->keys;
    answer_ = std::move(answer);
    if (newKeys) {
        for (KeyBox* box : {colourBy_, symbolBy_})
            box->setKeys(answer_->keys);
        for (QComboBox* box : {cost_, height_}) {
            QStringList words;
            for (int i = 0; i < box->count(); ++i)
                words << box->itemText(i);
            for (const std::string& key : answer_->keys)
                words << QString::fromStdString(key);
            auto* completer = new QCompleter(words, box);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            completer->setFilterMode(Qt::MatchContains);
            box->setCompleter(completer);
        }
    }
    fillCurveMetrics();
    metric_->setMeasured(answer_->measured);
}

void CompareCharts::showPoints()
{
    const MetricChoice& metric = answer_->compared.metric;
    const std::string height = keyOf(*height_);
    chart_->setMetric(height.empty() ? MetricText(metric.metric, metric.task) : MetricText(height));
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

void CompareCharts::ask(CurveQuestion& question) const
{
    question.series = curveSeries();
    // The loss of training and what was measured of it belong into one chart.
    question.metric = question.series.empty()     ? curveMetric_->currentData().toString().toStdString()
                      : question.series == "loss" ? "loss"
                                                  : std::string();
    question.task = metric_->choice().task;
    question.bands = bands_->isChecked();
}

void CompareCharts::setCurves(std::vector<MetricChart::Curve> curves)
{
    const QString series = QString::fromStdString(curveSeries());
    const bool isLoss = series == QLatin1String("loss");
    const MetricText measured(series.isEmpty() ? curveMetric_->currentData().toString().toStdString() : "loss");
    MetricChart::Metric metric;
    metric.logarithmic = curves_->isLogarithmic(Qt::Vertical);
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
    } else if (const QStringList names = curves_->unplaced(); !names.isEmpty()) {
        notes << tr("Not drawn, because their logs do not tell this axis: %1").arg(names.join(QStringLiteral(", ")));
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
