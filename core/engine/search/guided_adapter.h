// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/module_adapter.h"
#include "formats/model_config.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Size of the structure that the search chooses from.
struct SupernetShape
{
    std::int64_t experts = 8;
    std::int64_t rank = 8;
    std::int64_t topK = 2;
    double alpha = 16;
};

/// GuiLoMo's supernet (2506.14646; Liar406/Gui-LoMo): on every module `experts` LoRA experts of `rank` with a learnable
/// diagonal between A and B, a router, and guided selection vectors g_E [experts] and g_R [experts, rank]. Of a vector
/// with sigmoid(g) largest at m the entries up to m are used: experts above m (m at least 1) get router logits of -1e4,
/// the others 0.5 more; ranks above m count 1e-4. All weights lie in one flat buffer, all vectors in another.
class GuidedAdapter : public ModuleAdapter
{
  public:
    /// A and B are N(0, 0.02), the diagonal 1, routers uniform as fresh adapters', vectors softmax of N(0, 1).
    GuidedAdapter(const ModelConfig& model, const SupernetShape& shape, std::int64_t seed);

    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override;

    torch::Tensor& weights() { return weights_; }
    torch::Tensor& vectors() { return vectors_; }

    /// What the vectors say: the ranks of the module's experts, max(2, m + 1) of them, argmax + 1 each.
    std::vector<int> ranksOf(std::int64_t layer, int module) const;

  private:
    struct Place
    {
        std::int64_t in = 0, out = 0;
        std::int64_t a = 0, b = 0, diagonal = 0, router = 0; ///< offsets in the weights
        std::int64_t vectors = 0;                            ///< g_E, then g_R
    };
    const Place& placeOf(std::int64_t layer, int module) const;

    SupernetShape shape_;
    std::map<std::pair<std::int64_t, int>, Place> places_; ///< by layer and column
    torch::Tensor weights_;
    torch::Tensor vectors_;
};

/// Offsets on router logits from g_E [experts], and factors on ranks from g_R [experts, rank], with the published
/// straight-through gradients: at m the sum over i <= m of grad_i·sigmoid(g_i); elsewhere nothing for experts, and
/// grad·1e-4 for ranks.
torch::Tensor expertOffsets(const torch::Tensor& vector);
torch::Tensor rankFactors(const torch::Tensor& vectors);

} // namespace hilo
