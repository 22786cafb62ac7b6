// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "formats/model_source.h"

#include <torch/torch.h>

#include <map>
#include <string>

namespace hilo {

/// Every tensor that the model needs, by Hugging Face name. A tensor that is stored in the wanted dtype is a view of
/// the mapped file (CPU); others are converted one at a time. Errors: missing or unsupported tensors, cancel.
Result<std::map<std::string, torch::Tensor>> loadTensors(const ModelSource& model, torch::Dtype dtype,
                                                         torch::Device device, const Progress& progress);

} // namespace hilo
