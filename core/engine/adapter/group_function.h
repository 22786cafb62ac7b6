// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter_state.h"

#include <memory>
#include <span>

namespace hilo {

/// Adds the experts' outputs of one input group into outputs (one per module of the group, [T, out]), for input [T,
/// in]. With grad mode on, outputs become results of one autograd node for the whole group.
void addGroup(const std::shared_ptr<MixtureAdapter::State>& state, int group, const torch::Tensor& input,
              std::span<torch::Tensor> outputs);

} // namespace hilo
