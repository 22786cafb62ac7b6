// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "engine/evaluate/generate_text.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// Stands between a decoder and an adapter and notes which experts every token of a forward pass chose. The choice is
/// made again from the routers' weights by the rule of the passes (gpu/kernels/routing_token.h), so that the adapter
/// itself has nothing to report; it costs one small product a router.
class RoutingListener : public ModuleAdapter
{
  public:
    RoutingListener(MixtureAdapter& adapter, const ModelConfig& model);

    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override;
    bool adaptsExperts(std::int64_t layer) const override { return adapter_.adaptsExperts(layer); }
    torch::Tensor addToExperts(std::int64_t layer, BaseExpertWeight weight, const torch::Tensor& input,
                               std::span<const std::int64_t> counts, const torch::Tensor& output) override
    {
        return adapter_.addToExperts(layer, weight, input, counts, output);
    }

    /// Notes the choices alone, where somebody else adds the adapter: input [rows, in] of some modules of a layer.
    void listen(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input);
    /// Every module with a router, by layer and in the model's order.
    const std::vector<RoutedModule>& modules() const { return modules_; }
    /// For each token of the passes since the last take, in order: one list a module of modules().
    std::vector<std::vector<ChosenExperts>> take();

  private:
    struct Router
    {
        std::size_t place = 0; ///< in modules_
        torch::Tensor weight;  ///< [experts + null experts, in] float32
        ModuleAllocation allocation;
    };
    void note(const Router& router, const torch::Tensor& input);

    MixtureAdapter& adapter_;
    std::vector<RoutedModule> modules_;
    std::map<std::pair<std::int64_t, int>, Router> routers_; ///< by layer and module
    std::vector<std::vector<ChosenExperts>> tokens_;         ///< since the last take
    std::vector<std::size_t> noted_;                         ///< how many of them, by module
};

} // namespace hilo
