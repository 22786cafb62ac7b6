// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "formats/safetensors_writer.h"

#include <filesystem>
#include <vector>

namespace hilo {

/// Writes float32 tensors as torch.save writes a dictionary of them: a zip of stored entries with a pickle of names,
/// shapes and places (PyTorch's serialization.py, caffe2/serialize/inline_container). Only for formats whose loader
/// takes nothing else. Errors: more than 4 GB.
Status writeTorchArchive(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors);

} // namespace hilo
