// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "run/run_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What the allocations of a study have in common at a budget, which is the trainable parameters of the first one.
enum class EqualSize {
    Parameters, ///< each has at most as many trainable parameters
    TotalRank,  ///< the others' ranks have the sum of the first one's
    Active,     ///< the others use at most as many parameters a token as the first one
    None,       ///< nothing: allocations as they are, without budgets
};

/// Where an allocation comes from: a strategy that makes it anew at each budget, or a map that is scaled.
struct StudySource
{
    std::string label;
    std::string strategy;             ///< "hilo:experts=2468;rank=8"; empty for a map
    std::optional<AllocationMap> map; ///< as it was given
};

/// An allocation at a budget: what runs are trained with.
struct StudyArm
{
    std::string label; ///< of its source
    std::optional<std::int64_t> budget;
    AllocationMap map;
    std::int64_t trainable = 0; ///< parameters
    std::int64_t active = 0;    ///< parameters that one token uses
    std::int64_t totalRank = 0;
    std::optional<double> learningRate; ///< that a search has found; nothing: the run spec's
    /// Successive halving has found no hope in it: runs are planned of so many seeds only.
    std::optional<std::int64_t> droppedAfter;
};

/// Short runs on which each allocation's learning rate is chosen, by their values on validation data.
struct RateSearch
{
    std::vector<double> rates;
    std::int64_t steps = 0; ///< of a run; 0: epochs
    double epochs = 0;
    std::int64_t seed = 1;
};

/// A run of a study. It may have been there before: runs that are the same are not trained twice.
struct StudyRun
{
    std::size_t arm = 0;
    std::optional<std::size_t> task; ///< nothing: all of them, together
    std::int64_t seed = 0;
    std::optional<double> rate; ///< of the search; such a run is no part of the result
    std::string run;            ///< id
};

/// Tasks x allocations x budgets x seeds (contract: docs/studies.md, hilo.study/1).
struct Study
{
    std::string name;
    bool joint = false; ///< one run trains all tasks
    EqualSize equal = EqualSize::Parameters;
    /// What a run is but for its map, seed and rate, with all tasks of the study. Its own map and seed mean nothing.
    RunSpec spec;
    std::vector<std::string> metrics; ///< of each task: the measured number; empty: by what was measured
    std::vector<StudySource> sources; ///< the first is what the others are compared with
    std::vector<std::int64_t> budgets;
    std::vector<std::int64_t> seeds;
    std::vector<StudyArm> arms; ///< each source at each budget
    std::optional<RateSearch> search;
    bool halving = false;
    std::vector<StudyRun> runs;
    std::vector<std::string> commands; ///< that made it what it is, as they were typed
};

/// "parameters", "total-rank", "active", "none".
std::string nameOf(EqualSize equal);
/// wrong usage: another word.
Result<EqualSize> parseEqualSize(const std::string& word);

/// "hilo 2468/2468 at 60,000": of messages; without the budget where it has none.
std::string describedArm(const StudyArm& arm);

/// The complete spec of a run of the study, without its id as name.
RunSpec specOf(const Study& study, const StudyRun& run);

} // namespace hilo
