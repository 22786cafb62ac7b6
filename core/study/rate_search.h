// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "study/study.h"

namespace hilo {

/// A search over these rates with runs as long as the spec's, unless steps says how many; shorter ones choose rates
/// that are too high for the whole (docs/study-protocol.md). Errors: no rate, one twice or out of range; no task that
/// has validation rows of its own.
Result<RateSearch> rateSearch(const RunSpec& spec, std::vector<double> rates, std::int64_t steps, std::int64_t seed);

/// Whether a run of the search is needed: its task, or one of a joint run's, has validation rows of its own.
bool isSearched(const Study& study, const StudyRun& run);

/// Sets the rate of every arm whose runs of the search are all over: that with the best mean value on validation data,
/// of equal ones the lower. An arm none of whose runs has a value keeps the spec's rate.
Status chooseRates(Study& study, RunReader& reader);

} // namespace hilo
