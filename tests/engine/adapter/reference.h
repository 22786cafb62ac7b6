// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "formats/model_config.h"
#include "gpu/tensor.h"

#include <map>
#include <string>
#include <vector>

/// The mixture written the plain way: a loop over experts, differentiated by LibTorch itself.
namespace hilo::testing {

/// A llama of two layers, hidden 24, intermediate 40.
ModelConfig smallModel();
/// The same experts on every module of the model.
AllocationMap uniformMap(const ModelConfig& model, const ModuleAllocation& module);

/// Leaf copies of an adapter's tensors by name.
using Leaves = std::map<std::string, torch::Tensor>;
Leaves leavesOf(const MixtureAdapter& adapter);

/// The module's output delta for x [T, in]; dropped is what the experts see, routers see x.
torch::Tensor referenceDelta(const Leaves& leaves, std::int64_t layer, const std::string& name,
                             const ModuleAllocation& module, const AdapterSettings& settings, const torch::Tensor& x,
                             const torch::Tensor& dropped);

/// Softmax probabilities and the marks of the chosen experts, both [T, choices].
struct ReferenceRouting
{
    torch::Tensor probabilities;
    torch::Tensor chosen;
    torch::Tensor gates;
};
ReferenceRouting referenceRouting(const torch::Tensor& logits, const ModuleAllocation& module, RouterKind kind,
                                  double topP = 0.8);

/// Gradient of an adapter's tensor by name, as it lies in the flat buffer.
std::map<std::string, torch::Tensor> gradientsOf(MixtureAdapter& adapter);

/// Largest absolute difference divided by the largest absolute value of expected (or 1 when that is smaller).
double relativeDifference(const torch::Tensor& actual, const torch::Tensor& expected);

/// Fills every parameter with N(0, 0.3): B of a fresh adapter is zero, which would hide mistakes.
void randomiseParameters(MixtureAdapter& adapter, std::int64_t seed);

} // namespace hilo::testing
