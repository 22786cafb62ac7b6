// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hilo {

/// The runs in groups of those that repeat one another: the same settings but name and seed, and as many parameters.
/// Runs of the same settings that differ in parameters (their model was changed, or ranks moved in training) are no
/// repetitions: a mean over them would be of two things. A run of which no number of parameters is known goes with the
/// others of its settings where these have one size, and stands alone where they have several. A run whose settings
/// cannot be read repeats nobody but itself. Groups and runs keep the order of the settings' hash and of the runs.
std::vector<std::vector<RunSummary>> repetitionGroups(const std::vector<RunSummary>& runs);

/// The run that speaks for each seed of such a group. A run made again with the seed of another says nothing new about
/// the spread over seeds: of several the one that has a value speaks, of those the one that ended last, and of those
/// the one with the later id. Runs without a seed are left out.
std::map<std::int64_t, const RunSummary*> runsBySeed(const std::vector<RunSummary>& group, const FinalValues& values);
/// The values of those runs, by seed; only of seeds that have one.
std::map<std::int64_t, double> valuesBySeed(const std::vector<RunSummary>& group, const FinalValues& values);

} // namespace hilo
