// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/label_counts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// A number that says how good a model is on the rows of a task.
struct Metric
{
    enum class Better { Higher, Lower };
    /// Of what is known of the scored rows it is computed: their losses; the label that was right and the one that was
    /// given; the same where the given one was chosen by length; the wanted text and the written one.
    /// Preferences are measured where an objective learns from them (core/objectives).
    enum class Of { Loss, Labels, NormalisedLabels, Texts, Preferences };

    std::string name;  ///< of settings and events, "rouge_l"
    std::string label; ///< for people, "ROUGE-L"
    std::string description;
    Better better = Better::Higher;
    bool isShare = false; ///< lies within 0 and 1 and is shown in percent

    Of of = Of::Loss;
    double (*ofLoss)(double loss) = nullptr; ///< of the mean loss
    /// Over all rows; nothing where it is not defined.
    std::optional<double> (*ofLabels)(const LabelCounts& counts) = nullptr;
    /// Of one row; nothing where what was wanted has nothing to compare. The metric is the mean over the others.
    std::optional<double> (*ofTexts)(const std::string& wanted, const std::string& written) = nullptr;
    bool needsClasses = false;      ///< only where the labels mean the same in all rows
    bool countsRows = false;        ///< a share of rows that are right or not: its interval is Wilson's
    std::string undefinedBecause{}; ///< said where it was to be expected and is not defined; empty: it is left out

    /// Whether value is better than other; false where one of them is not a number.
    bool isBetter(double value, double other) const;
};

/// All of them, by name.
const std::vector<const Metric*>& metrics();
/// nullptr when there is none of the name.
const Metric* findMetric(std::string_view name);
/// "accuracy, accuracy_normalised, …"
std::string metricNames();

} // namespace hilo
