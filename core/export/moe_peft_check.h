// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"

#include <filesystem>

namespace hilo {

/// Reads back what writeMoePeft has just written, as MoE-PEFT's loader would take it.
Result<AdapterContent> readBackMoePeft(const std::filesystem::path& folder, const ModelConfig& model);

} // namespace hilo
