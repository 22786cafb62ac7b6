// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace hilo {

/// Storage types of files. Names as safetensors spells them; those from Q8_0 on are GGUF's blocks.
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
    F8_E4M3,
    F8_E5M2,
    F8_E8M0,
    Unsupported,
    Codes, ///< of another tool, which WeightSource::readFloat32 makes numbers of; TensorInfo::storedAs says which
    Q8_0,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q4_K,
    Q5_K,
    Q6_K,
    Q2_K,
    Q3_K,
    IQ1_S,
    IQ1_M,
    IQ2_XXS,
    IQ2_XS,
    IQ2_S,
    IQ3_XXS,
    IQ3_S,
    IQ4_NL,
    IQ4_XS,
    TQ1_0,
    TQ2_0,
    MXFP4,
    NVFP4,
};

std::string dataTypeName(DataType type);
/// F64, F32, F16 and BF16: each element stands for itself. The floats of eight bits are codes that want a scale.
bool isFloat(DataType type);
/// ggml's blocks: Q8_0 and those that follow it.
bool isBlock(DataType type);
/// "Q8_0, Q4_0, …": all of them, for messages.
std::string blockTypeNames();
/// Bytes of count elements; for block types count must be a multiple of the block.
Result<std::uint64_t> storageBytes(DataType type, std::uint64_t count);

} // namespace hilo
