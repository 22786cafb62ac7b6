// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/mapped_file.h"
#include "formats/gguf_metadata.h"
#include "formats/weights.h"

#include <filesystem>
#include <memory>

namespace hilo {

/// One tensor as the file describes it: GGUF name, shape outermost first (the file's order reversed).
struct GgufTensor
{
    TensorInfo info;
    std::span<const std::byte> bytes;
};

/// A checked GGUF container of version 2 or 3 (llama.cpp's docs/gguf.md and gguf.cpp).
class GgufFile : public GgufMetadata
{
  public:
    std::uint32_t version = 0;
    std::uint64_t alignment = 32;
    std::vector<GgufTensor> tensors;          ///< in file order
    std::shared_ptr<const void> owner;        ///< keeps the mapping alive
    std::vector<std::filesystem::path> parts; ///< the files of a split model in order, else the one file

    const GgufTensor* find(std::string_view tensor) const;
};

/// Bad input: whatever the reference reader refuses, with the byte or the tensor. Every count is checked against the
/// bytes that remain before anything is allocated for it. One part of a split model stands for all of them, which must
/// lie beside it (gguf_split.h).
Result<GgufFile> openGguf(const std::filesystem::path& path);
/// The same checks on bytes in memory; used by openGguf, the tests and the fuzz target.
Result<GgufFile> parseGguf(std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes,
                           const std::string& name);

} // namespace hilo
