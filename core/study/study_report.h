// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/published_result.h"
#include "study/summary.h"

#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// A published number of one of the study's tasks.
struct StudyPublished
{
    std::size_t task = 0; ///< in StudyObservations::tasks
    PublishedResult result;
};

/// The training loss of one allocation: mean over its finished runs, in sections of their length.
struct StudyLearning
{
    std::size_t allocation = 0;                   ///< in StudyObservations::allocations
    std::vector<std::pair<double, double>> means; ///< step and nats a token
};

/// What reports are written of. Only the first two are needed; each report shows what it has a place for.
struct StudyReport
{
    const StudyObservations& observations;
    const StudySummary& summary;
    /// The words of "hilo study show …" without --plot and the like: what makes the report again.
    std::vector<std::string> command{};
    std::vector<StudyPublished> published{};
    std::vector<StudyLearning> learning{};
    std::vector<std::pair<std::string, std::string>> sources{};  ///< label, and the strategy or map that it is
    std::vector<std::pair<std::string, std::string>> settings{}; ///< name and value
    std::vector<std::string> commands{};                         ///< that made the study, a line each
    std::vector<std::pair<std::string, std::string>> versions{}; ///< name and version
    std::vector<std::pair<std::string, std::string>> maps{};     ///< title and a whole <svg> document
};

} // namespace hilo
