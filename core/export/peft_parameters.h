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

struct ParameterLoras
{
    std::vector<ModuleContent> modules;
    std::vector<std::string> parameters; ///< their names as the adapter's file has them, as in target_parameters
};

/// The A and B of such pairs, as modules with one expert for each of the base's. What a pair is of is found by its
/// shapes, because peft's names only count how many parameters of one module are adapted. Bad input: no such parameter
/// in the model, shapes or ranks that do not fit, half a pair, a parameter that the configuration leaves out.
Result<ParameterLoras> readParameterLoras(const std::vector<TensorView>& tensors, const ModuleIndex& index,
                                          const PeftConfig& config, const std::string& described,
                                          const std::string& file);

/// Notes on what target_parameters lists and no tensor of the file is of, given the names of the parameters that have
/// tensors: peft passes over what its model has not. Bad input where this model has such a parameter: peft would have
/// written its tensors, so the file is not whole.
Result<std::vector<std::string>> parametersWithoutTensors(const ModelConfig& model, const PeftConfig& config,
                                                          const std::vector<std::string>& adapted,
                                                          const std::string& described);

} // namespace hilo
