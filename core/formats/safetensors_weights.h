// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/weights.h"

#include <filesystem>

namespace hilo {

/// The weights of a Hugging Face folder: model.safetensors, else the shards of model.safetensors.index.json
/// (formats 1.4). Returns null when the folder holds neither; a folder with pickled weights alone is an error with
/// advice.
Result<std::shared_ptr<const WeightSource>> openSafetensorsFolder(const std::filesystem::path& folder);

} // namespace hilo
