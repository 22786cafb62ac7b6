// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/module_adapter.h"
#include "export/adapter_content.h"

#include <map>

namespace hilo {

/// An adapter computed the plain way, expert by expert with LibTorch's own operations: what exported files are checked
/// with, so that a mistake of the fused path cannot hide. For evaluation only.
class PlainAdapter : public ModuleAdapter
{
  public:
    explicit PlainAdapter(const AdapterContent& content);

    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override;
    bool adaptsExperts(std::int64_t layer) const override;
    torch::Tensor addToExperts(std::int64_t layer, BaseExpertWeight weight, const torch::Tensor& input,
                               std::span<const std::int64_t> counts, const torch::Tensor& output) override;

    /// Each token's weights of a module's true experts: [T, experts] of input [T, in]; undefined for a module without a
    /// router. 2402.08562 (top k), 2406.13233 (null experts), 2312.09979 (dense),
    /// TUDB-Labs/MixLoRA (top p).
    torch::Tensor gates(std::int64_t layer, int module, const torch::Tensor& input) const;

  private:
    struct Expert
    {
        torch::Tensor a, b;
        double scale = 1;
    };
    struct Module
    {
        std::vector<Expert> experts;
        torch::Tensor router;
        std::int64_t topK = 1;
        bool dense = false;
        double topP = 0;
    };
    static torch::Tensor productOf(const Expert& expert, const torch::Tensor& input);
    static torch::Tensor gatesOf(const Module& module, const torch::Tensor& input);

    std::map<std::pair<std::int64_t, int>, Module> modules_;             ///< by layer and column
    std::map<std::pair<std::int64_t, BaseExpertWeight>, Module> ofBase_; ///< by layer
};

} // namespace hilo
