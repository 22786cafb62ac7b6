// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hilo {

/// Storage types of files. Names as safetensors spells them; the Q ones are GGUF's blocks.
enum class DataType {
    F64,
    F32,
    F16,
    BF16,
    I64,
    I32,
    I16,
    I8,
    U8,
    Bool,
    Unsupported,
    Q8_0,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q4_K,
    Q5_K,
    Q6_K,
};

std::string dataTypeName(DataType type);
/// Bytes of count elements; for block types count must be a multiple of the block.
Result<std::uint64_t> storageBytes(DataType type, std::uint64_t count);

struct TensorInfo
{
    std::string name;                ///< Hugging Face name, also for GGUF files
    std::vector<std::int64_t> shape; ///< row-major, outermost first
    DataType type = DataType::F32;
    std::uint64_t bytes = 0; ///< in the file
    std::string file;        ///< which file holds it
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
    /// The mapped bytes, when they can be used as they are: type F32, F16 or BF16 (or an integer type), rows in Hugging
    /// Face order. Otherwise nullopt: use readFloat32.
    virtual std::optional<TensorView> view(const std::string& name) const = 0;
    /// Decodes (and un-permutes) into destination, whose size must be the tensor's element count.
    virtual Status readFloat32(const std::string& name, std::span<float> destination) const = 0;
};

} // namespace hilo
