// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "formats/safetensors.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hilo {

/// Writes float32 tensors as torch.save writes a dictionary of them: a zip of stored entries with a pickle of names,
/// shapes and places (PyTorch's serialization.py, caffe2/serialize/inline_container). Only for formats whose loader
/// takes nothing else. Errors: more than 4 GB.
Status writeTorchArchive(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors);

struct ArchiveTensor
{
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// Reads back what writeTorchArchive has just written, to check it: only its own few pickle instructions are known and
/// nothing is ever called. Never used on files of others.
Result<std::map<std::string, ArchiveTensor>> readBackTorchArchive(const std::filesystem::path& path);

} // namespace hilo
