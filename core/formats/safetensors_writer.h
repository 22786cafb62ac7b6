// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/data_type.h"

#include <filesystem>
#include <map>
#include <span>
#include <vector>

namespace hilo {

/// One tensor to write; bytes must hold shape × type, row-major, little-endian.
struct TensorToWrite
{
    std::string name;
    std::vector<std::int64_t> shape;
    DataType type = DataType::F32;
    std::span<const std::byte> bytes;
};

/// Writes through a temporary sibling (never over a mapped file), tensors sorted as the reference writer does, with
/// {"format": "pt"} added to the metadata.
Status writeSafetensors(const std::filesystem::path& path, std::vector<TensorToWrite> tensors,
                        std::map<std::string, std::string> metadata = {});

} // namespace hilo
