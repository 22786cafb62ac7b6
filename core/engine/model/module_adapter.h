// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/module_grid.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// The two weights that the base's own experts have.
enum class BaseExpertWeight { In, Down };

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

    /// Whether addToExperts() adds anything in this layer.
    virtual bool adaptsExperts(std::int64_t) const { return false; }
    /// Of a base that is a mixture of experts itself: input [R, in] and output [R, out] hold the rows of one of its
    /// experts behind one another, counts[e] rows of expert e. Returns the output with what is added to it.
    virtual torch::Tensor addToExperts(std::int64_t, BaseExpertWeight, const torch::Tensor&,
                                       std::span<const std::int64_t>, const torch::Tensor& output)
    {
        return output;
    }
};

} // namespace hilo
