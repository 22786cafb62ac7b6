// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/complexity/signal_set.h"
#include "engine/complexity/token_gradients.h"
#include "formats/model_config.h"
#include "formats/module_grid.h"

#include <array>
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
    /// When all modules of the layer were added.
    void finishLayer(std::int64_t layer);

    bool finite() const { return finite_; }
    SignalSet take();

  private:
    bool wants(const std::string& name) const { return wanted_.contains(name); }
    void put(const std::string& name, const std::string& module, std::int64_t layer, const std::array<double, 3>& parts,
             const Stopwatch& cost);
    void addWhitened(std::int64_t layer, const ModuleShape& shape, const TokenGradients& training);
    void addInfluence(std::int64_t layer, const ModuleShape& shape, const TokenGradients& training,
                      const TokenGradients& validation, const std::vector<double>& norms);
    std::array<double, 3> meanOverHalves(const std::vector<double>& perSample) const;
    std::array<torch::Tensor, 3> meanGradients(const TokenGradients& training) const;

    ModuleGrid modules_;
    std::int64_t firstHalf_ = 0;
    std::set<std::string> wanted_;
    std::map<std::string, std::array<SignalValues, 3>> values_;
    std::map<std::string, double> costs_;
    std::map<std::string, std::vector<std::vector<double>>> spectra_;
    std::map<std::string, std::vector<double>> totals_;
    std::vector<double> layerInfluences_;  ///< by sample, summed over the layer's modules so far
    std::array<torch::Tensor, 3> factors_; ///< of the input that modules share
    int factorGroup_ = -1;
    std::int64_t factorLayer_ = -1;
    bool finite_ = true;
};

} // namespace hilo
