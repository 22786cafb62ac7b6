// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/metric_choice.h"

#include <QWidget>

#include <vector>

class QComboBox;

namespace hilo {

/// Chooses the metric that runs are compared by, and the task it is of, among what results hold.
class MetricBox : public QWidget
{
    Q_OBJECT
  public:
    explicit MetricBox(const MetricChoice& wanted, QWidget* parent = nullptr);

    /// What there is to choose from; the choice itself moves only where results hold it not.
    void setMeasured(const std::vector<MeasuredMetric>& measured);
    /// What was asked for where results hold it, else what comes nearest: its mean, accuracy, or what there is first.
    MetricChoice choice() const { return choice_; }
    /// What a person asked for last.
    MetricChoice wanted() const { return wanted_; }
    void choose(const MetricChoice& wanted);
    QComboBox& metricBox() { return *metric_; }
    QComboBox& taskBox() { return *task_; }

  Q_SIGNALS:
    /// By a person, or because results hold something else.
    void choiceChanged();

  private:
    MetricChoice nearest() const;
    bool isMeasured(const std::string& metric, const std::string& task) const;
    void settle();
    void fill();

    std::vector<MeasuredMetric> measured_;
    MetricChoice wanted_, choice_;
    QComboBox* metric_;
    QComboBox* task_;
};

} // namespace hilo
