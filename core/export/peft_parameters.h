// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/adapter_content.h"
#include "export/module_index.h"
#include "export/peft_config.h"
#include "formats/safetensors.h"

#include <string>
#include <vector>

namespace hilo {

/// Whether the name of a LoRA pair's module ("model.layers.0.mlp.experts.base_layer") is that of a parameter which
/// holds all of the base's own experts (huggingface/peft: target_parameters).
bool isParameterOfExperts(const std::string& module);

/// The A and B of such pairs, as modules with one expert for each of the base's. What a pair is of is found by its
/// shapes, because peft's names only count how many parameters of one module are adapted. Bad input: no such parameter
/// in the model, shapes or ranks that do not fit, half a pair, a parameter that the configuration leaves out.
Result<std::vector<ModuleContent>> readParameterLoras(const std::vector<TensorView>& tensors, const ModuleIndex& index,
                                                      const PeftConfig& config, const std::string& described,
                                                      const std::string& file);

} // namespace hilo
