// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/layout.h"
#include "engine/train/reallocation/reallocation.h"

namespace hilo {

/// AdaLoRA's importance (2303.10512; huggingface/peft adalora/layer.py): of every parameter w with gradient g,
/// I = |w g|, its mean Ī ← β Ī + (1 - β) I and its uncertainty Ū ← β Ū + (1 - β) |I - Ī| with the new Ī, β = 0.85;
/// its score is Ī Ū, and a triplet's the score of its λ plus the mean scores of its row of Q and of its column of P.
class TripletImportance
{
  public:
    explicit TripletImportance(const torch::Tensor& flat);

    /// values and gradient: Triplets::flat().
    void add(const Optimised& flat);
    /// Of each rank, in the layout's order, on the CPU in double.
    std::vector<double> scores(const AdapterLayout& layout) const;

    torch::Tensor& sensitivity() { return sensitivity_; }
    torch::Tensor& uncertainty() { return uncertainty_; }
    std::vector<NamedTensor> state() const;

  private:
    torch::Tensor sensitivity_, uncertainty_; ///< of flat()'s size
};

} // namespace hilo
