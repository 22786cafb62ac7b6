// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter_state.h"

namespace hilo {

/// The own format: adapter.safetensors with the tensors of tensorPlaces (layout.h) in float32, and adapter.json with
/// "format": "hilo.adapter/1", which step of a run it is of (AdapterOrigin), the base model where it is known, the
/// settings and the map. Errors: a missing file, unknown keys, a map that does not fit the model, tensors that are
/// missing, too many or of another shape.
Result<std::shared_ptr<MixtureAdapter::State>> readAdapterFiles(const std::filesystem::path& folder,
                                                                const ModelConfig& model, torch::Device device);
/// Both files into an existing folder. tensors: MixtureAdapter::namedTensors().
Status writeAdapterFiles(const std::filesystem::path& folder, const MixtureAdapter::State& state,
                         const std::vector<std::pair<std::string, torch::Tensor>>& tensors);

} // namespace hilo
