// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hilo {

/// What was measured on the rows of one task. What was not measured is absent, and so is what cannot be meant: an
/// accuracy outside of 0 to 1, a negative count, a number that is not finite.
struct RunScore
{
    std::optional<double> accuracy, low, high; ///< shares; low and high: the 95 % interval
    std::optional<std::int64_t> correct, total, unparsable;
    std::optional<double> majorityFloor;    ///< accuracy of always giving the most frequent answer
    std::optional<double> loss, perplexity; ///< nats a token of the answers, and its exponential
    std::optional<std::int64_t> tokens;
    std::map<std::string, double> metrics; ///< others by name, such as "matthews"
    /// 95 % intervals of these, low and high, where they were measured.
    std::map<std::string, std::pair<double, double>> intervals;
    bool operator==(const RunScore&) const = default;
};

/// One measurement of a run.
struct RunEvaluation
{
    std::int64_t step = 0;
    std::string task, split, protocol; ///< task: empty in a run of one task that does not name it
    RunScore score;
    std::optional<bool> isFinal; ///< whether it is the run's result; logs of older versions do not say
    bool operator==(const RunEvaluation&) const = default;
};

/// Load of each expert of one module, as shares of the chosen slots.
struct ModuleLoad
{
    int layer = 0;
    std::string module;
    std::vector<double> load; ///< NaN where the log has no number
    /// Mean weight of each expert, which a dense router gives besides; NaN likewise, empty where the log has none.
    std::vector<double> weight{};
};

/// One line of a run's events.ndjson, read. This is the only place that knows what the keys of an event mean; whoever
/// shows, keeps or sums up a run takes it from here.
struct RunEvent
{
    struct Started
    {
        std::optional<std::int64_t> steps; ///< that the run shall have in the end
        std::optional<std::int64_t> trainableParameters, activeParameters;
        std::int64_t processes = 0; ///< 0: not said
        std::string devices;
        std::string rowsSha256;        ///< of the rows to train on; empty where an older program did not tell it
        std::int64_t trainingRows = 0; ///< 0: not said
        std::map<std::string, std::string> notMeasured; ///< by task: why there is no result on the run's split
    };
    struct Step
    {
        std::vector<std::pair<std::string, double>> metrics; ///< NaN where the run wrote null or nothing finite
    };
    struct Checkpoint
    {
        std::string path; ///< seen from the run's folder
    };
    struct Routing
    {
        std::vector<ModuleLoad> modules;
        std::map<std::string, std::vector<ModuleLoad>> tasks; ///< of the tokens of each task alone, by its name
    };
    struct Paused
    {
    };
    struct Resumed
    {
    };
    struct Stopped
    {
        bool bySignal = false; ///< a shutdown, and nobody who asked the run to stop
    };
    struct Finished
    {
        RunScore score; ///< means over the tasks
        std::map<std::string, RunScore> tasks;
        std::optional<std::int64_t> trainableParameters, activeParameters, peakMemoryBytes;
        std::optional<double> seconds;
        std::string selected;                     ///< "last" or "best": whose weights the adapter has
        std::optional<std::int64_t> selectedStep; ///< of those weights
        std::string metric;                       ///< that "best" went by
        std::optional<double> value;              ///< of it, at that step
        bool stoppedEarly = false;
        std::map<std::string, std::string> notMeasured; ///< as in Started
    };
    struct Failed
    {
        std::optional<std::int64_t> code;
        std::string message; ///< with the file and the place in it
        std::string hint;
        bool bySignal = false;
    };
    struct Reallocation
    {
        std::optional<std::int64_t> moved, trainableParameters;
    };
    /// An event of a newer version, or of somebody else.
    struct Unknown
    {
    };
    /// A step whose number is missing or none (negative, broken, beyond largestStep): nothing can be done with it.
    struct Unusable
    {
    };

    std::string name;                 ///< as the log has it, "step"
    std::optional<std::int64_t> time; ///< milliseconds since 1970, UTC; by the clock of the machine, which may jump
    std::optional<std::int64_t> step;
    std::variant<Unknown, Unusable, Started, Step, RunEvaluation, Checkpoint, Routing, Paused, Resumed, Stopped,
                 Finished, Failed, Reallocation>
        what;
};

/// The greatest number of a step: beyond it neighbours are no longer different as floating-point numbers.
inline constexpr std::int64_t largestStep = std::int64_t{1} << 53;

/// Reads an event; never fails, because a log is read for what it tells.
RunEvent readRunEvent(const Json& event);

/// What of an event is left out because it cannot be meant, each with its reason: "\"loss\" is no number". A text, a
/// list or an object in the place of a measured number; an accuracy outside of 0 to 1; a negative loss, count or time.
/// null is no fault: it stands where nothing finite was measured.
std::vector<std::string> unusableValues(const Json& event);

} // namespace hilo
