// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/result.h"
#include "formats/model_config.h"

#include <QString>

namespace hilo {

/// One line a module of a layer: layer, module, ranks (with blanks between), top_k, alpha, null_experts. Modules
/// without an adapter have empty ranks, so that every cell of the map has its line.
QString mapToCsv(const AllocationMap& map, const ModelConfig& model);

/// Reads what mapToCsv writes, and a table as spreadsheets hold it: a header "layer, q_proj, k_proj, …" and in each
/// cell what can be typed into the map. Commas, semicolons and tabs separate. bad input: names the line and what was
/// expected; layers and modules that are not named stay without adapter.
Result<AllocationMap> mapFromCsv(const QString& text, const ModelConfig& model, const std::string& file);

} // namespace hilo
