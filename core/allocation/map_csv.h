// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <string>

namespace hilo {

/// "layer,module,ranks,top_k,alpha,null_experts" with the ranks of a module's experts behind one another, "2 2 4"; one
/// line for every module with an adapter.
std::string csvOfMap(const AllocationMap& map);
/// Reads what csvOfMap writes; columns in any order, top_k, alpha and null_experts may be absent, lines too. Also a
/// table as spreadsheets hold it: "layer,q_proj,k_proj,…" with "4 x r8" or "8 4 2" in each cell. Commas, semicolons or
/// tabs separate. bad input: names file and line.
Result<AllocationMap> mapFromCsv(const std::string& text, const std::string& file, const ModelConfig& model);

} // namespace hilo
