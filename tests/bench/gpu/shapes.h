// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "formats/model_config.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo::bench {

/// The widths of a published model, whose weights are drawn at random; "tiny" has some of everything.
std::vector<std::string> shapeNames();
std::optional<ModelConfig> shapeOf(const std::string& name);

/// "lora": one expert of rank 64 (MoLA's baseline, 2402.08562); "mola-5555": five experts of rank 8, two chosen;
/// "hilo": 2, 4, 6, 8 experts of rank 2, 4, 6, 8 by quarter of the depth, two chosen. On all modules.
AllocationMap mapOf(const std::string& name, const ModelConfig& config);

} // namespace hilo::bench
