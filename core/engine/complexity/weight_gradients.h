// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/complexity/token_gradients.h"
#include "formats/module_grid.h"

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hilo {

/// What the gradients of one weight [out, in] say.
struct WeightGradients
{
    std::map<std::string, std::array<double, 3>> values; ///< by signal: of half 0, of half 1, of both
    std::vector<double> spectrum;                        ///< of whitened_gradient, the largest first, up to 256
    double spectrumTotal = 0;                            ///< of the whole one
    std::vector<double> influences;                      ///< by training sample; empty where they are not wanted
};

/// Measures the wanted gradient signals of one weight after the other (allocation/signal_catalogue.h has definitions).
class WeightGradientMeasure
{
  public:
    /// Factors of the second moment of an input that several weights share, to be kept between them.
    using InputFactors = std::array<torch::Tensor, 3>;

    /// firstHalf: how many of the training samples belong to half 0; they come first.
    WeightGradientMeasure(std::int64_t firstHalf, const std::set<std::string>& wanted);

    /// factors are made where they are not defined yet. validation is empty where influence is not wanted. A weight
    /// that no training token passed has gradients of zero.
    WeightGradients of(const ModuleShape& shape, const torch::Tensor& weight, const TokenGradients& training,
                       const TokenGradients& validation, InputFactors& factors);

    bool wantsInfluence() const;
    const std::map<std::string, double>& costs() const { return costs_; } ///< seconds by signal

  private:
    bool wants(const std::string& name) const { return wanted_.contains(name); }
    std::array<double, 3> meanOverHalves(const std::vector<double>& perSample) const;
    std::array<torch::Tensor, 3> meanGradients(const TokenGradients& training) const;
    void addWhitened(const TokenGradients& training, InputFactors& factors, WeightGradients& result) const;
    void addInfluence(const TokenGradients& training, const TokenGradients& validation,
                      const std::vector<double>& norms, WeightGradients& result) const;

    std::int64_t firstHalf_ = 0;
    std::set<std::string> wanted_;
    std::map<std::string, double> costs_;
};

/// The mean over the base's own experts of a module: of each signal's values, of the spectra rank by rank (an expert
/// with fewer directions counts as zero there), and of each sample's influence.
WeightGradients meanOfExperts(const std::vector<WeightGradients>& experts);

} // namespace hilo
