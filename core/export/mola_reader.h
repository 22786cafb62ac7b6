// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"

#include <filesystem>
#include <vector>

namespace hilo {

/// True when adapter_config.json has a list of ranks.
Result<bool> isMola(const std::filesystem::path& folder);

/// Reads a MoLA adapter (GCYZSL/MoLA, 2402.08562). topK: by layer, or one for all, or empty for 2 (the papers'); never
/// more than there are experts. Bad input: as readPeft (export/peft_reader.h), and a router or half of an expert that
/// is missing.
Result<AdapterContent> readMola(const std::filesystem::path& folder, const ModelConfig& model,
                                const std::vector<int>& topK);

} // namespace hilo
