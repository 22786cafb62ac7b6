// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"

#include <filesystem>
#include <string>

namespace hilo {

/// Numbers are rounded to seven significant digits. Signals in the order of the catalogue, others behind by name.
Json toJson(const ComplexityProfile& profile);
Status writeComplexityProfile(const std::filesystem::path& path, const ComplexityProfile& profile);

/// Fills agreement from the signals that have values per layer, in the order of the catalogue.
void measureAgreement(ComplexityProfile& profile);

/// "larger", "smaller", "unstated"
std::string directionName(SignalDirection direction);

} // namespace hilo
