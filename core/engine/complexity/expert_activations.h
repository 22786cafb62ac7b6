// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/complexity/signal_set.h"
#include "engine/model/module_adapter.h"

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hilo {

/// What went into the base's own experts of one layer, in two halves of the data, and the activation signals of a
/// module that follow from it (allocation/signal_catalogue.h). Every expert is measured by itself, of the rows that
/// were routed to it; a module's value is the mean over its experts in which each counts by its rows, and one without
/// any has none.
class ExpertActivations
{
  public:
    using Values = std::map<std::string, std::array<SignalValues, 3>>;

    explicit ExpertActivations(const std::set<std::string>& wanted) : wanted_(wanted) {}

    /// rows [R, in] of one expert behind one another, counts[e] rows of expert e. Keeps them.
    void add(int half, BaseExpertWeight which, const torch::Tensor& rows, std::span<const std::int64_t> counts);

    /// Adds the values of the layer's modules to values, of half 0, of half 1 and of both, and drops the rows. Does
    /// nothing where no row was added. weightOf: [out, in].
    void finish(std::int64_t layer, const std::vector<ModuleShape>& shapes,
                const std::function<torch::Tensor(BaseExpertWeight which, std::int64_t expert)>& weightOf,
                Values& values);

    /// explained_variance: by module, per layer, the mean over experts of the shares of the first directions.
    std::map<std::string, std::vector<std::vector<double>>> spectra;
    std::map<std::string, double> costs; ///< seconds by signal

  private:
    struct Batch
    {
        torch::Tensor rows;
        std::vector<std::int64_t> counts;
    };
    /// Of one expert of one part of the data.
    struct Measured
    {
        std::map<std::string, double> values;
        std::vector<double> shares;
        double rows = 0;
    };

    bool wants(const std::string& name) const { return wanted_.contains(name); }
    bool wantsSpectrum() const;
    torch::Tensor rowsOf(std::size_t weight, int half, std::int64_t expert) const;
    Measured measure(const torch::Tensor& rows, const torch::Tensor& weight);

    std::set<std::string> wanted_;
    std::array<std::array<std::vector<Batch>, 2>, 2> batches_; ///< [weight][half]
};

} // namespace hilo
