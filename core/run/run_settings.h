// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// One setting of a run by its dotted path: "training.learning_rate", "map.strategy.name".
struct Setting
{
    std::string key;
    std::optional<double> number;    ///< of numbers and flags (0 or 1)
    std::optional<std::string> text; ///< of texts, flags ("true") and lists (as JSON)
    bool operator==(const Setting&) const = default;
};

/// All settings of a run.json; those of several tasks are called data.TASK.path and so on. The layers of the map are
/// left out; instead map.experts, map.total_rank, map.largest_rank, map.adapted_modules sum them up and map.sha256
/// tells different ones apart.
std::vector<Setting> flattenSettings(const Json& runDocument);

/// Those settings alone that sum a map up, map.experts to map.sha256. map: a map's document.
std::vector<Setting> mapSettings(const Json& map);

/// SHA-256 of the spec without its name and training seed: runs that only repeat each other share it.
std::string repeatGroupOf(const Json& runDocument);

/// A setting's value for people and tables: "0.0003", "true".
std::string shownValue(const Setting& setting);
/// The shortest text that reads back as the same number.
std::string shownNumber(double number);

} // namespace hilo
