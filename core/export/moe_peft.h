// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"
#include "export/export_format.h"
#include "export/peft.h"

#include <filesystem>

namespace hilo {

Verdict judgeMoePeft(const ExportSubject& subject);

/// MoE-PEFT's layout (TUDB-Labs/MoE-PEFT): adapter_config.json and adapter_model.bin (its loader takes nothing else).
/// One number of experts and one top-k for the whole adapter: an expert that stands d times with the same router row is
/// the same function at d times the top-k, so counts that divide a common one fit. Without routers it is the type LORA,
/// with dense routers in the MLP alone LORAMOE, else MOLA. content must be one that judgeMoePeft lets pass.
Status writeMoePeft(const AdapterContent& content, const BaseReference& base, const std::filesystem::path& folder);

} // namespace hilo
