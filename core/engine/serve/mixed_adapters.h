// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "engine/evaluate/routing_listener.h"
#include "gpu/operators/operators.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace hilo {

/// Adapters on one base whose texts stand in one batch: the ranks of all of them lie behind one another, so that the
/// fused products are those of one adapter, and each row's columns of the other adapters are zero. Where all rows have
/// one adapter, that adapter does it alone.
class MixedAdapters : public ModuleAdapter
{
  public:
    MixedAdapters(std::vector<std::shared_ptr<MixtureAdapter>> adapters, const ModelConfig& model);

    /// False where an adapter changes the base's own experts, whose rows the layers hand over in another order: then
    /// the rows of a pass must all have one adapter.
    bool canMix() const { return canMix_; }
    std::size_t size() const { return adapters_.size(); }
    /// Before each pass: the adapter of each of its rows (-1: none). listened: of which adapters the choices are noted.
    void startPass(const std::vector<int>& adapterOfRow, const std::vector<bool>& listened);
    /// The experts of the rows of an adapter in the pass, in their order, by module of modules().
    std::vector<std::vector<ChosenExperts>> takeChoices(int adapter);
    const std::vector<RoutedModule>& modules(int adapter) const;

    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override;
    bool adaptsExperts(std::int64_t layer) const override;
    torch::Tensor addToExperts(std::int64_t layer, BaseExpertWeight weight, const torch::Tensor& input,
                               std::span<const std::int64_t> counts, const torch::Tensor& output) override;

  private:
    struct JointModule
    {
        int module = 0;
        std::int64_t firstRank = 0, ranks = 0;
        torch::Tensor b; ///< [out, ranks]
    };
    /// One input group of a layer.
    struct JointGroup
    {
        std::vector<JointModule> modules;
        torch::Tensor a;       ///< [R, in] in the base's type
        torch::Tensor routers; ///< [L, in] float32
        torch::Tensor both;    ///< [R + L, in] where one product makes both; else undefined
        gpu::RoutingTables tables;
        torch::Tensor adapterOfColumn; ///< [R] int64
    };
    const JointGroup& group(std::int64_t layer, int inputGroup, const torch::Tensor& input);
    JointGroup makeGroup(std::int64_t layer, int inputGroup, const torch::Tensor& input) const;
    void addJointly(const JointGroup& group, std::span<const int> modules, const torch::Tensor& input,
                    std::span<torch::Tensor> outputs) const;
    int inputGroupOf(std::int64_t layer, int module) const;

    std::vector<std::shared_ptr<MixtureAdapter>> adapters_;
    std::vector<std::unique_ptr<RoutingListener>> listeners_;
    std::map<std::pair<std::int64_t, int>, JointGroup> groups_;
    bool canMix_ = true;
    // Of the pass:
    std::optional<int> only_;           ///< the adapter of all rows
    torch::Tensor foreign_;             ///< [rows, adapters] bool: not this row's adapter
    std::vector<torch::Tensor> rowsOf_; ///< of the adapters that are listened to, int64; undefined: of no row
    std::vector<bool> listened_;
};

} // namespace hilo
