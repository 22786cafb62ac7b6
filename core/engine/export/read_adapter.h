// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// An adapter in any of the formats that are read.
struct ReadAdapter
{
    std::string format;                      ///< "peft", "mola", "gguf-lora", "hilo"
    std::shared_ptr<MixtureAdapter> adapter; ///< on the CPU
    std::vector<std::string> notes;          ///< where it is not what was asked for
};

/// source: folder with adapter.json or adapter_config.json, or a GGUF LoRA file. topK: of MoLA alone, whose files do
/// not tell it. Bad input: no adapter, whatever the format's reader refuses; wrong usage: topK for another format.
Result<ReadAdapter> readAdapter(const std::filesystem::path& source, const std::vector<int>& topK,
                                const ModelConfig& model);

} // namespace hilo
