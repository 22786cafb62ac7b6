// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"

#include <filesystem>
#include <vector>

namespace hilo {

/// True when adapter_config.json has a list of ranks.
Result<bool> isMola(const std::filesystem::path& folder);

/// Reads a MoLA adapter (GCYZSL/MoLA, 2402.08562). topK: by layer, or one for all, or empty for 2 (the papers'). In a
/// module with fewer experts all of them are chosen, which the content's notes say. Bad input: as readPeft
/// (export/peft_reader.h), a router or half of an expert that is missing, other counts of topK, and a number in it that
/// no module it is for has the experts for.
Result<AdapterContent> readMola(const std::filesystem::path& folder, const ModelConfig& model,
                                const std::vector<int>& topK);

} // namespace hilo
