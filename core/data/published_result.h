// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// A number that somebody published about a benchmark, read where its source says.
struct PublishedResult
{
    std::string method;   ///< "LoRA r=64"
    std::string model;    ///< the base; "not stated" where the source does not say it
    std::string protocol; ///< one of the benchmark's, or the name of another one, which is not comparable
    std::string metric;   ///< as the source calls it; "not stated"
    double value = 0;     ///< as printed, in percent
    std::optional<std::int64_t> trainableParameters; ///< where the source gives them
    std::string source;                              ///< "MoLA, arXiv 2402.08562, table 1"
    std::string read;                                ///< where the number was read: "paper" or "code"
    std::string note;                                ///< what else has to be known to compare with it
};

/// "published" of a benchmark's description: a list of tables, each with "source", "read", "model", "protocol",
/// "metric", "note" and "results": a list of {"method", "value"} that may say "model", "trainable" and "note" for
/// themselves. Errors: as of JsonObject; what was read neither in a paper nor in code; percents that are none.
Result<std::vector<PublishedResult>> parsePublished(const JsonObject& root);

Json toJson(const PublishedResult& result);

} // namespace hilo
