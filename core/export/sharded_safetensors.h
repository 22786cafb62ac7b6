// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "formats/weights.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace hilo {

/// A tensor whose stored bytes are made when they are written, so that a whole model never lies in memory.
struct LazyTensor
{
    std::string name;
    std::vector<std::int64_t> shape;
    DataType type = DataType::F32;
    std::function<Result<std::vector<std::byte>>()> make;
};

/// The limit of transformers' save_pretrained, in bytes of tensors.
inline constexpr std::uint64_t usualShardBytes = 5'000'000'000;

/// Writes a model's weights as transformers does: model.safetensors, or where that would be over the limit,
/// model-00001-of-0000N.safetensors and model.safetensors.index.json (a tensor is never split). Errors: those of make;
/// a full disk; cancelled.
Status writeShardedSafetensors(const std::filesystem::path& folder, const std::vector<LazyTensor>& tensors,
                               std::uint64_t shardBytes, const Progress& progress);

} // namespace hilo
