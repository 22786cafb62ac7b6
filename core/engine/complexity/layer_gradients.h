// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/complexity/signal_set.h"
#include "engine/complexity/weight_gradients.h"
#include "formats/model_config.h"
#include "formats/module_grid.h"

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hilo {

/// Gradient signals as they are gathered, layer by layer in any order.
class LayerGradients
{
  public:
    /// firstHalf: how many of the training samples belong to half 0; they come first.
    LayerGradients(ModuleGrid modules, std::int64_t firstHalf, const std::set<std::string>& wanted);

    /// One module of a layer; validation is empty where influence is not wanted.
    void addModule(std::int64_t layer, const ModuleShape& shape, const torch::Tensor& weight,
                   const TokenGradients& training, const TokenGradients& validation);
    /// A module that is the base's own experts, each with the tokens that were routed to it, of all samples. The
    /// module's values are the means over its experts (an expert without a token has gradients of zero).
    void addExperts(std::int64_t layer, const ModuleShape& shape,
                    const std::function<torch::Tensor(std::int64_t expert)>& weightOf,
                    const std::vector<TokenGradients>& training, const std::vector<TokenGradients>& validation);
    /// When all modules of the layer were added.
    void finishLayer(std::int64_t layer);

    bool finite() const { return finite_; }
    SignalSet take();

  private:
    bool wants(const std::string& name) const { return wanted_.contains(name); }
    void put(const std::string& name, const std::string& module, std::int64_t layer,
             const std::array<double, 3>& parts);
    /// What goes into the layer beside the values of a module.
    void addShared(std::int64_t layer, const ModuleShape& shape, const WeightGradients& found);

    ModuleGrid modules_;
    std::int64_t firstHalf_ = 0;
    std::set<std::string> wanted_;
    std::map<std::string, std::array<SignalValues, 3>> values_;
    std::map<std::string, std::vector<std::vector<double>>> spectra_;
    std::map<std::string, std::vector<double>> totals_;
    std::vector<double> layerInfluences_; ///< by sample, summed over the layer's modules so far
    WeightGradientMeasure measure_;
    WeightGradientMeasure::InputFactors factors_; ///< of the input that modules share
    int factorGroup_ = -1;
    std::int64_t factorLayer_ = -1;
    bool finite_ = true;
};

} // namespace hilo
