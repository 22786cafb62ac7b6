// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/result.h"

#include <QString>

namespace hilo {

/// What a cell of the map shows: "4 × r8" for equal ranks, "8 8 4 2" for different ones, "–" for no adapter.
QString cellText(const ModuleAllocation& allocation);

/// Reads what people type or paste into a cell: "4 x r8", "4x8", "4 × r8", "8 8 4 2", "8,8,4", "r8" (one expert),
/// "-" or "0" or nothing (no adapter). top_k and alpha are kept from before, top_k at most the new number of experts; a
/// cell that had no adapter gets top_k 2 and alpha 16.
Result<ModuleAllocation> parseCellText(const QString& text, const ModuleAllocation& before);

/// "4 experts, rank 8, top-2" for screen readers and tool tips.
QString spokenCell(const ModuleAllocation& allocation);

} // namespace hilo
