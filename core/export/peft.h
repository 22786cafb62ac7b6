// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"
#include "export/export_format.h"

#include <filesystem>

namespace hilo {

/// The model that an adapter belongs to, as foreign files name it.
struct BaseReference
{
    std::string name; ///< id or path
    std::string sha256;
};

Verdict judgePeft(const ExportSubject& subject);
Verdict judgePeftPadded(const ExportSubject& subject);
Verdict judgePeftStatic(const ExportSubject& subject);
/// Impossible where there is no router: what is exact already needs no training.
Verdict judgePeftDistilled(const ExportSubject& subject);

enum class PeftRanks {
    Exact,  ///< each module's own rank, told by rank_pattern and alpha_pattern with full module names
    Padded, ///< zeros up to the largest rank, no patterns
};

/// adapter_config.json and adapter_model.safetensors (float32) of PEFT's LoRA into an existing folder. Only settings
/// that every PEFT since 0.6.0 knows; scales are multiplied into B, so that the scaling is 1 everywhere. content must
/// not be routed. Source: huggingface/peft tuners/lora, tuners_utils.
Status writePeft(const AdapterContent& content, PeftRanks ranks, const BaseReference& base,
                 const std::filesystem::path& folder);

} // namespace hilo
