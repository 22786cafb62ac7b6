// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/safetensors.h"

#include <filesystem>

namespace hilo {

/// The weights of a Hugging Face folder, under the names that the files give them: model.safetensors, else the shards
/// of the index (NAME.safetensors.index.json: "weight_map" names each tensor's file, which must lie beside it), else
/// the numbered shards without one (NAME-00001-of-00003.safetensors, all of them), else the only safetensors file there
/// is (consolidated.safetensors). Files of adapters and optimisers do not count. Returns null when the folder holds
/// none; a folder with pickled weights alone is an error with advice.
Result<std::shared_ptr<const WeightSource>> openSafetensorsFolder(const std::filesystem::path& folder);

/// The tensors of one file.
Result<std::shared_ptr<const WeightSource>> weightsOf(const SafetensorsFile& file);

} // namespace hilo
