// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/complexity/activation_measures.h"
#include "engine/complexity/signal_set.h"
#include "formats/model_config.h"
#include "formats/module_grid.h"

#include <array>
#include <set>
#include <string>
#include <vector>

namespace hilo {

constexpr std::size_t listedDirections = 256; ///< of a spectrum of activations
constexpr double outlierFactor = 5;           ///< outlier_ratio: times the mean
constexpr double explainedShare = 0.9;        ///< explained_variance

/// What is summed over the tokens of one layer, in two halves.
class LayerActivations
{
  public:
    LayerActivations(const ModelConfig& config, const std::set<std::string>& wanted, torch::Device device);

    void addModuleInput(int half, int inputGroup, const torch::Tensor& input);
    /// input and output [T, hidden] of the layer; sampled: the tokens that stand for the layer in intrinsic_dimension.
    void addBlock(int half, const torch::Tensor& input, const torch::Tensor& output, const torch::Tensor& sampled);
    /// The layer's input is the output of the layer before, or the embedding, whose moments are known already.
    void setInputMoments(std::array<Moments, 2> moments) { inputMoments_ = std::move(moments); }
    std::array<Moments, 2> takeOutputMoments() { return std::move(outputMoments_); }

    /// Values of this layer, whose modules and their weights these are: of half 0, of half 1, and of both, added to
    /// what the signals have so far.
    void finish(std::int64_t layer, const std::vector<ModuleShape>& shapes, const std::vector<torch::Tensor>& weights);

    /// By signal name: half 0, half 1, both.
    std::map<std::string, std::array<SignalValues, 3>> values;
    /// explained_variance: by module, per layer, shares of the first directions; nothing where the layer has no such
    /// module, and the last ones may be left out.
    std::map<std::string, std::vector<std::vector<double>>> spectra;
    std::map<std::string, double> costs; ///< seconds by signal, with the sums that it needs
    bool finite = true;

    /// Makes room for the next layer, which has these modules; values, spectra and costs stay.
    void startLayer(const std::vector<ModuleShape>& shapes);

  private:
    bool wants(const std::string& name) const { return wanted_.contains(name); }
    Moments moments(int part, int group) const;
    void finishOutput(int part);
    void finishInputs(std::int64_t layer, int part, const std::vector<ModuleShape>& shapes);
    void finishOutliers(std::int64_t layer, int part, const std::vector<ModuleShape>& shapes,
                        const std::vector<torch::Tensor>& weights);
    void finishDimension();

    std::set<std::string> wanted_;
    torch::Device device_;
    std::vector<std::int64_t> widths_; ///< of the layer's input groups; 0: it has none of that number
    std::int64_t hidden_ = 0;
    bool inputProducts_ = false;
    bool outputProducts_ = false;
    std::vector<std::array<Moments, 2>> groups_;
    std::array<Moments, 2> inputMoments_;
    std::array<Moments, 2> outputMoments_;
    std::array<torch::Tensor, 2> cross_;
    std::array<double, 2> cosines_{};
    std::array<double, 2> norms_{};
    std::array<double, 2> entropies_{};
    std::array<std::vector<torch::Tensor>, 2> samples_;
};

} // namespace hilo
