// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/metric_box.h"

#include "common/metric_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include <algorithm>

namespace hilo {

MetricBox::MetricBox(const MetricChoice& wanted, QWidget* parent)
    : QWidget(parent), wanted_(wanted), choice_(wanted), metric_(new QComboBox(this)), task_(new QComboBox(this))
{
    metric_->setAccessibleName(tr("Vertical axis"));
    task_->setAccessibleName(tr("Task of the vertical axis"));
    task_->setToolTip(tr("Whose number: the mean over a run's tasks, or one task's"));
    for (QComboBox* box : {metric_, task_})
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(metric_);
    line->addWidget(task_);
    setFocusProxy(metric_);
    connect(metric_, &QComboBox::activated, this, [this] {
        const std::string metric = metric_->currentData().toString().toStdString();
        // The task stays where it has the metric, too.
        choose({metric, isMeasured(metric, choice_.task) ? choice_.task : std::string()});
    });
    connect(task_, &QComboBox::activated, this, [this] {
        choose({choice_.metric, task_->currentData().toString().toStdString()});
    });
    fill();
}

bool MetricBox::isMeasured(const std::string& metric, const std::string& task) const
{
    return std::any_of(measured_.begin(), measured_.end(),
                       [&](const MeasuredMetric& one) { return one.metric == metric && one.task == task; });
}

MetricChoice MetricBox::nearest() const
{
    if (measured_.empty() || isMeasured(wanted_.metric, wanted_.task))
        return wanted_;
    for (const std::string& metric : {wanted_.metric, MetricChoice().metric})
        if (isMeasured(metric, {}))
            return {metric, {}};
    return {measured_.front().metric, {}};
}

void MetricBox::setMeasured(const std::vector<MeasuredMetric>& measured)
{
    measured_ = measured;
    settle();
}

void MetricBox::choose(const MetricChoice& wanted)
{
    wanted_ = wanted;
    settle();
}

void MetricBox::settle()
{
    const MetricChoice before = std::exchange(choice_, nearest());
    fill();
    if (!(choice_ == before))
        Q_EMIT choiceChanged();
}

void MetricBox::fill()
{
    const QSignalBlocker quietMetric(metric_), quietTask(task_);
    std::vector<std::string> metrics;
    // Those that the program knows come first, in its order.
    for (const Metric* known : hilo::metrics())
        if (isMeasured(known->name, {}) || known->name == choice_.metric)
            metrics.push_back(known->name);
    for (const MeasuredMetric& one : measured_)
        if (std::find(metrics.begin(), metrics.end(), one.metric) == metrics.end())
            metrics.push_back(one.metric);
    if (std::find(metrics.begin(), metrics.end(), choice_.metric) == metrics.end())
        metrics.push_back(choice_.metric);
    metric_->clear();
    for (const std::string& metric : metrics) {
        const MetricText text(metric);
        metric_->addItem(text.title(), QString::fromStdString(metric));
        metric_->setItemData(metric_->count() - 1, text.about(), Qt::ToolTipRole);
    }
    metric_->setCurrentIndex(metric_->findData(QString::fromStdString(choice_.metric)));
    metric_->setToolTip(MetricText(choice_.metric).about());
    task_->clear();
    task_->addItem(tr("mean over tasks"), QString());
    for (const MeasuredMetric& one : measured_)
        if (one.metric == choice_.metric && !one.task.empty())
            task_->addItem(QString::fromStdString(one.task), QString::fromStdString(one.task));
    if (task_->findData(QString::fromStdString(choice_.task)) < 0)
        task_->addItem(QString::fromStdString(choice_.task), QString::fromStdString(choice_.task));
    task_->setCurrentIndex(task_->findData(QString::fromStdString(choice_.task)));
    // One task and its mean are the same.
    task_->setVisible(task_->count() > 2 || !choice_.task.empty());
}

} // namespace hilo
