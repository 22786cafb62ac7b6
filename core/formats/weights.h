// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "formats/data_type.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hilo {

/// "[2, 3]"
std::string shapeText(const std::vector<std::int64_t>& shape);

/// A tensor as a file describes it.
struct TensorInfo
{
    std::string name;                ///< Hugging Face name, also for GGUF files
    std::vector<std::int64_t> shape; ///< row-major, outermost first
    DataType type = DataType::F32;
    std::uint64_t bytes = 0;   ///< in the file
    std::string file;          ///< which file holds it
    std::string storedAs = {}; ///< the type's name in the file where DataType has none for it: "F8_E4M3", "IQ4_XS"

    std::string typeName() const;
};

/// A tensor's bytes where they lie in the mapped file.
struct TensorView
{
    TensorInfo info;
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner; ///< keeps the mapping alive
};

/// The tensors of a model: one safetensors file, several shards, or a GGUF file. Immutable, safe to share.
class WeightSource
{
  public:
    virtual ~WeightSource() = default;
    virtual const std::vector<TensorInfo>& tensors() const = 0;
    virtual std::optional<TensorInfo> find(const std::string& name) const = 0;
    /// The mapped bytes, when they can be used as they are: type F32, F16 or BF16 (or an integer type, or a float of
    /// eight bits), rows in Hugging Face order. Otherwise nullopt: use readFloat32.
    virtual std::optional<TensorView> view(const std::string& name) const = 0;
    /// Decodes (and un-permutes) into destination, whose size must be the tensor's element count.
    virtual Status readFloat32(const std::string& name, std::span<float> destination) const = 0;
};

} // namespace hilo
