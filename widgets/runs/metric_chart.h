// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"
#include "runs/run_history.h"

namespace hilo {

/// A metric of one or several runs over the steps: the values faintly, their smoothed mean strongly; accuracies with
/// their intervals.
class MetricChart : public Plot
{
    Q_OBJECT
  public:
    struct Metric
    {
        QString key;   ///< of RunHistory::metrics, or "accuracy"
        QString title; ///< "Loss (nats per token)"
        bool logarithmic = false;
    };

    explicit MetricChart(QWidget* parent = nullptr);

    void setMetric(const Metric& metric);
    void setSmoothing(double weight);
    /// Replaces what is shown; names go into the legend when there are several runs.
    void setRuns(const std::vector<std::pair<QString, const RunHistory*>>& runs);

  private:
    void addMetric(const QString& name, const RunHistory& history, int series);
    void addAccuracy(const QString& name, const RunHistory& history, int series);
    void showAll();

    Metric metric_;
    double smoothing_ = 0.9;
    QCPTextElement* emptyText_ = nullptr;
};

} // namespace hilo
