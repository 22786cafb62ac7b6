// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_table.h"

#include <cstdint>
#include <map>
#include <vector>

namespace hilo {

/// The same seeds' values in every replicate of a bootstrap: how often each seed was drawn.
using SeedWeights = std::vector<std::uint16_t>; ///< [replicate][seed]

/// Samples drawn from a study: seeds, and in each of them test rows, both with replacement ("pigeonhole" bootstrap of
/// crossed factors, Owen 2007, arXiv 0705.1111, whose variance is never too small). Of n units one is left out by
/// chance and n are drawn from the others (bootknife, Hesterberg 2004), so that the variance of a mean over few units
/// is not too small by (n - 1) / n. All runs of a task see the same rows in a replicate, all runs of a seed are drawn
/// together; in a joint study a seed is drawn for all tasks at once. Pure functions of the key: the same study has the
/// same samples everywhere.
class StudyBootstrap
{
  public:
    StudyBootstrap(const StudyTable& table, int replicates, std::uint64_t key);

    int replicates() const { return replicates_; }
    /// An observation's value on the rows of each replicate; its value where rows are not known.
    const std::vector<double>& valuesOf(std::size_t observation) const { return values_[observation]; }
    /// Seeds that a task's cell has, in rising order.
    const SeedWeights& weightsOf(std::size_t task, const std::vector<std::int64_t>& seeds);

  private:
    void drawRows(const StudyTable& table, std::size_t task);

    int replicates_;
    std::uint64_t key_;
    bool joint_;
    std::vector<std::vector<double>> values_;
    std::map<std::pair<std::size_t, std::vector<std::int64_t>>, SeedWeights> weights_;
};

} // namespace hilo
