// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace hilo {

/// The ranks of a module's experts as people write them: "4 x r8", "4x8" or "4 × r8" (four experts of rank 8),
/// "8 8 4 2" or "8,8,4" (a rank for each expert), "r8" (one expert), "-", "0" or nothing (no adapter).
/// wrong usage: anything else, a rank outside of 1 to 65536, more experts than mostExperts.
Result<std::vector<int>> ranksFromText(const std::string& text, std::size_t mostExperts);

} // namespace hilo
