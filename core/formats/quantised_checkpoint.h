// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/weights.h"

#include <filesystem>

namespace hilo {

/// How a checkpoint's weights are quantised by another tool as its files say it.
struct DeclaredQuantisation
{
    std::string text;   ///< "gptq, 4 bits"
    std::string method; ///< "gptq"; empty where it is not named
    Json settings;      ///< the whole description
    std::string file;   ///< where it stands
    std::string place;
};

/// config.json's quantization_config (compression_config, MLX's quantization), or the files of older tools beside it.
/// Nothing where no file says so. Bad input: a description that is no object.
Result<std::optional<DeclaredQuantisation>> declaredQuantisation(const JsonObject& config,
                                                                 const std::filesystem::path& folder);

/// A tensor of the checkpoint that holds codes, scales or the like where numbers are expected, "NAME (I32)": one of
/// expected that is stored as integers or 8-bit floats and not read as DataType::Codes, or, where the files declare a
/// quantisation or weights are missing, one with a name that such tools give. Nothing for plain weights.
std::optional<std::string> quantisedTensor(const WeightSource& weights, const std::vector<TensorInfo>& expected,
                                           bool declared);

} // namespace hilo
