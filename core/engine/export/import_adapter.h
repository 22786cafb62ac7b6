// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// What `hilo import` needs to know.
struct ImportRequest
{
    std::filesystem::path source; ///< folder of the foreign adapter, or a GGUF file
    std::filesystem::path model;  ///< its base model
    std::filesystem::path out;    ///< new adapter folder
    std::vector<int> topK;        ///< MoLA only: chosen experts by layer, or one number for all; its files do not tell
};

struct ImportReport
{
    std::string format; ///< "peft", "mola", "gguf-lora", "hilo"
    std::filesystem::path folder;
    AllocationMap map; ///< its notes say where it is not what was asked for
    std::int64_t parameters = 0;
};

/// Reads a foreign adapter and writes it as this project's own: adapter.json and adapter.safetensors, which train
/// (start_from), evaluate and generate take, and allocation.map.json for the map editor. Bad input: whatever the
/// format's reader refuses; a place that cannot be written, before anything is read. A model without weights is enough.
Result<ImportReport> importAdapter(const ImportRequest& request, const Progress& progress);

Json toJson(const ImportReport& report);

} // namespace hilo
