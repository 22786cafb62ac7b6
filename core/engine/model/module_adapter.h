// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/module_grid.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// What the decoder asks of whoever adapts its linear modules. The decoder computes the frozen outputs of all modules
/// that share one input, then hands input and outputs over once.
class ModuleAdapter
{
  public:
    virtual ~ModuleAdapter() = default;

    /// input [T, in]; outputs[i] [T, out_i] belongs to modules[i], a column of moduleGrid(config). Adds each
    /// module's adapter output into outputs[i] (in place or replaced). Must be a pure function of its arguments and the
    /// current step, because activation checkpointing calls it a second time.
    virtual void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
                       std::span<torch::Tensor> outputs) = 0;
};

} // namespace hilo
