// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "formats/gguf.h"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace hilo {

/// Puts a GGUF file together (version 3; llama.cpp's docs/gguf.md). Metadata and tensors keep the order they were
/// added in; tensors are made one at a time while the file is written, so that only one is in memory.
class GgufWriter
{
  public:
    void addText(const std::string& key, const std::string& value);
    void addUnsigned(const std::string& key, std::uint32_t value);
    void addFloat(const std::string& key, float value);
    void addFlag(const std::string& key, bool value);
    void addTexts(const std::string& key, const std::vector<std::string>& values);
    void addFloats(const std::string& key, const std::vector<float>& values);
    void addIntegers(const std::string& key, const std::vector<std::int32_t>& values);
    void addFlags(const std::string& key, const std::vector<bool>& values);
    /// A value of another file, with whole numbers in 32 bits where they fit, as llama.cpp expects them.
    void addCopy(const std::string& key, const GgufValue& value);

    /// Gives the tensor's stored bytes.
    using MakeBytes = std::function<Result<std::vector<std::byte>>()>;
    /// shape outermost first. Types: F32, F16, BF16 and the blocks of formats/weights.h, whose innermost size must be a
    /// multiple of the block.
    void addTensor(const std::string& name, std::vector<std::int64_t> shape, DataType type, MakeBytes make);

    /// Through a temporary sibling. Internal error: a name of 64 bytes or more, a type that is not listed above, bytes
    /// that do not fit the shape.
    Status write(const std::filesystem::path& path) const;

  private:
    struct Tensor
    {
        std::string name;
        std::vector<std::int64_t> shape;
        DataType type;
        std::uint64_t bytes = 0;
        MakeBytes make;
    };
    void startValue(const std::string& key, std::uint32_t type);
    void startArray(const std::string& key, std::uint32_t elementType, std::uint64_t count);
    void putText(std::string_view text);
    template <class T>
    void put(T value);

    std::string metadata_;
    std::uint64_t keys_ = 0;
    std::vector<Tensor> tensors_;
};

} // namespace hilo
