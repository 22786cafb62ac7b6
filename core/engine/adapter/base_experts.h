// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter_state.h"

#include <cstdint>
#include <memory>
#include <span>

namespace hilo {

/// output plus the LoRA of the base's own experts, for one group of a module of theirs: input [R, in] and output
/// [R, out] hold the rows of one expert behind one another, counts[e] rows of expert e. Grouped products: experts with
/// about as many rows are multiplied together, none by itself. With grad mode on the gradients of A and B are added
/// straight into the flat gradient buffer, as addGroup() does. The update of expert e is scale·B_e·A_e
/// (huggingface/peft: ParamWrapper.get_delta_weight).
torch::Tensor addBaseExperts(const std::shared_ptr<MixtureAdapter::State>& state, int group, const torch::Tensor& input,
                             std::span<const std::int64_t> counts, const torch::Tensor& output);

} // namespace hilo
