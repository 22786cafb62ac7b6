// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"
#include "formats/weights.h"

namespace hilo {

/// The tensors that the architecture needs, by Hugging Face name, with their shapes ([out, in]; gpt2's Conv1D [in,
/// out]).
std::vector<TensorInfo> expectedTensors(const ModelConfig& config);

/// The product of the sizes.
std::int64_t elementsOf(const TensorInfo& tensor);

/// Parameters of the whole model, tied embeddings once.
std::int64_t parameterCount(const ModelConfig& config);

/// Of one of the base's own experts; 0 for dense models.
std::int64_t expertParameters(const ModelConfig& config);

/// Those that one token passes: of the base's own experts the active ones alone.
std::int64_t activeParameterCount(const ModelConfig& config);

} // namespace hilo
