// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// A number that says how good a model is on the rows of a task.
struct Metric
{
    enum class Better { Higher, Lower };

    std::string name;  ///< of settings and events, "rouge_l"
    std::string label; ///< for people, "ROUGE-L"
    std::string description;
    Better better = Better::Higher;
    bool isShare = false; ///< lies within 0 and 1 and is shown in percent

    /// Whether value is better than other; false where one of them is not a number.
    bool isBetter(double value, double other) const;
};

/// All of them, by name.
const std::vector<const Metric*>& metrics();
/// nullptr when there is none of the name.
const Metric* findMetric(std::string_view name);

} // namespace hilo
