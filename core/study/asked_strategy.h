// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"
#include "allocation/strategy.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// "mola:experts=2468;rank=8", or with a label before it: "shallow=mola:experts=8642".
struct AskedStrategy
{
    std::string label; ///< empty: the map's name
    std::string strategy;
    std::map<std::string, std::string> settings;

    /// As parse() reads it, without the label.
    std::string text() const;
    /// wrong usage: a setting without "=", twice.
    static Result<AskedStrategy> parse(const std::string& text);
};

/// The strategy's map. budget: trainable parameters, unless the settings have their own. Profiles are given to a
/// strategy that uses them in these settings; another one would refuse them. The map's name does not say its size: what
/// is compared has the same.
Result<AllocationMap> mapOf(AskedStrategy asked, const ModelConfig& model,
                            const std::vector<ComplexityProfile>& profiles, std::optional<std::int64_t> budget);

} // namespace hilo
