// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <string>
#include <vector>

namespace hilo {

/// Something that a program is made of or runs on.
struct Fact
{
    std::string key;                 ///< in JSON: "sqlite"
    std::string name;                ///< for people: "SQLite"
    std::vector<std::string> values; ///< nothing is known of it: none
    bool isList = false;             ///< an array in JSON, also where there is one value only
};
using Facts = std::vector<Fact>;

/// The libraries of hilo_core with the versions that are loaded now, and the compiler's standard library.
Facts libraryFacts();
/// The processor, its instruction sets, the system and NVIDIA's GPUs with their driver.
Facts machineFacts();

/// One object; of what nothing is known it has null.
Json toJson(const Facts& facts);
/// "SQLite      3.40.1", a line each; what nothing is known of is left out.
std::string toText(const Facts& facts);

} // namespace hilo
