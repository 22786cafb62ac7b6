// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

struct ModelConfig;
struct RunSpec;
struct TrainingSpec;

/// How ranks and experts move between modules while a run trains (contract training.reallocation).
struct ReallocationSpec
{
    std::string method = "none";
    double from = 0.1; ///< share of the steps before which the map stays as it is
    double to = 0.7;   ///< and from which on it does again
    std::int64_t every = 20;
    std::int64_t budget = 0; ///< trainable parameters at the end; 0: those of the run's map ("same")

    bool moves() const { return method != "none"; }
};

/// A method for people: what --help and errors say of it.
struct ReallocationMethod
{
    std::string name;
    std::string description;
    bool shrinks = false;    ///< ends with fewer parameters than it starts with, so that it needs a budget of its own
    bool ofTriplets = false; ///< the updates are P Λ Q with factors of their own
};

/// All but none, by name.
const std::vector<ReallocationMethod>& reallocationMethods();
/// nullptr when there is none of the name.
const ReallocationMethod* findReallocationMethod(std::string_view name);

/// Between which steps a map moves. Steps count those that are done, from 1.
struct ReallocationSteps
{
    std::int64_t first = 0, last = 0, every = 1;

    static ReallocationSteps of(const ReallocationSpec& spec, std::int64_t steps);
    /// Multiples of every behind first and before last, and last itself.
    bool isDue(std::int64_t step) const { return step > first && (step == last || (step < last && step % every == 0)); }
    /// How often it is due.
    std::int64_t changes() const;
};

/// Fills training.reallocation from a run spec's "training". Errors name the key that contradicts another.
Status parseReallocation(const JsonObject& training, TrainingSpec& spec);
Json toJson(const ReallocationSpec& spec);

/// What only the map and the model tell: a budget that the method cannot keep, modules that it cannot move. file names
/// the run spec in errors.
Status checkReallocation(const RunSpec& spec, const ModelConfig& model, const std::string& file);

} // namespace hilo
