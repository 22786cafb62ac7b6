// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_event.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// One number of a score, with its 95 % interval where there is one.
struct ScoreValue
{
    double value = 0;
    std::optional<double> low, high;
    bool operator==(const ScoreValue&) const = default;
};

/// The number of a metric by its name ("accuracy", "loss", "rouge_l", …); nothing when it was not measured.
std::optional<ScoreValue> valueOf(const RunScore& score, std::string_view metric);

/// The names of all that was measured: accuracy, loss, perplexity, then the others by name.
std::vector<std::string> measuredMetrics(const RunScore& score);

} // namespace hilo
