// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/mapped_file.h"
#include "formats/weights.h"

#include <map>

namespace hilo {

/// A checked safetensors file: header rules of the reference reader, duplicate names refused.
struct SafetensorsFile
{
    std::shared_ptr<const MappedFile> file;
    std::map<std::string, std::string> metadata;
    std::vector<TensorView> tensors; ///< in file order
    const TensorView* find(const std::string& name) const;
};

Result<SafetensorsFile> openSafetensors(const std::filesystem::path& path);
/// The same checks on bytes in memory; used by openSafetensors and the fuzz target.
Result<SafetensorsFile> parseSafetensors(std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes,
                                         const std::string& name);

} // namespace hilo
