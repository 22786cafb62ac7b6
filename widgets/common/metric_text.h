// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string>

namespace hilo {

/// How a metric (core/metrics) and its numbers are written for people, in the language of the interface. A metric that
/// the program does not know is called as it is written; higher is taken for better then.
class MetricText
{
  public:
    /// task: whose; empty: no task is named.
    explicit MetricText(std::string metric = "accuracy", std::string task = {});

    const std::string& metric() const { return metric_; }
    const std::string& task() const { return task_; }
    /// "Accuracy", "Loss, cola"
    QString title() const;
    /// "%", "nats/token"; empty: none
    QString unit() const;
    /// "Accuracy (%)", "Loss (nats/token)"
    QString axisTitle() const;
    /// What the metric is and which way is better, in sentences.
    QString about() const;
    bool isShare() const { return isShare_; }
    bool lowerIsBetter() const { return lowerIsBetter_; }
    /// From the metric's own numbers to those of an axis: 100 for shares, which are shown in percent.
    double scale() const { return isShare_ ? 100 : 1; }

    /// "84.8", "1.234": without the unit
    QString number(double value) const;
    /// "84.8 %", "1.234 nats/token"
    QString withUnit(double value) const;
    /// "84.8 ± 1.2", or "99.5 (96.0 … 100.0)" where the sides differ; without the unit
    QString withInterval(double value, const std::optional<double>& low, const std::optional<double>& high) const;
    /// "+1.5", "−0.021", with the sign of what is shown
    QString difference(double value) const;
    /// " points" of a share, else the unit or nothing
    QString differenceUnit() const;

  private:
    QString title(bool named) const;

    std::string metric_, task_;
    bool isShare_ = false, lowerIsBetter_ = false;
};

} // namespace hilo
