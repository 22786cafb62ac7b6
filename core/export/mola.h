// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"
#include "export/export_format.h"
#include "export/peft.h"

#include <filesystem>

namespace hilo {

Verdict judgeMola(const ExportSubject& subject);

/// What MoLA's loader must be told, by layer: its files do not hold it.
struct MolaCounts
{
    std::vector<int> experts;
    std::vector<int> topK;
    std::vector<int> ranks;
};

/// MoLA's layout (GCYZSL/MoLA, 2402.08562; AlphaLoRA uses the same classes): adapter_config.json with a list of ranks,
/// and adapter_model.safetensors, which MoLA's loader prefers to its pickle file. Zeros fill ranks up to a layer's
/// largest and modules that have no experts. content must be one that judgeMola lets pass.
Result<MolaCounts> writeMola(const AdapterContent& content, const BaseReference& base,
                             const std::filesystem::path& folder);

} // namespace hilo
