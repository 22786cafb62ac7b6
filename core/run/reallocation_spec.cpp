// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/reallocation_spec.h"

#include "allocation/parameters.h"
#include "run/run_spec.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

constexpr const char* reallocationKey = "reallocation";
constexpr const char* none = "none";
constexpr const char* same = "same";

std::string methodNames()
{
    std::string all = none;
    for (const ReallocationMethod& method : reallocationMethods())
        all += ", " + method.name;
    return all;
}

/// What a run whose map moves cannot do besides.
Status checkTraining(const JsonObject& training, const ReallocationMethod& method, const TrainingSpec& spec)
{
    const auto refused = [&](const char* key, const std::string& why, const std::string& hint) {
        return failure(
            training.errorAt(key, "does not go with the reallocation method " + method.name + ": " + why, hint));
    };
    if (spec.cudaGraph)
        return refused("cuda_graph", "a recorded step reads buffers that move", "set cuda_graph to false");
    if (method.ofTriplets && !spec.startFrom.empty())
        return refused("start_from", "it begins with factors of its own", "leave start_from out");
    if (!method.shrinks)
        return {};
    if (spec.select == Selection::Best)
        return refused("select", "weights from before its end have more parameters than the budget",
                       "set select to \"last\"");
    if (spec.earlyStopping > 0)
        return refused("early_stopping", "a run that ends early has not come down to the budget",
                       "set early_stopping to 0");
    return {};
}

Status checkModules(const RunSpec& spec, const std::string& file)
{
    for (const auto& layer : spec.map.layers)
        for (const auto& [name, module] : layer)
            if (module.ofBase)
                return failure(badInput(file, "map",
                                        spec.training.reallocation.method + " cannot move the ranks of \"" + name +
                                            "\": the base's own experts have one rank for all of them",
                                        "leave these modules out of the map, or choose another method"));
    return {};
}

} // namespace

const std::vector<ReallocationMethod>& reallocationMethods()
{
    static const std::vector<ReallocationMethod> methods{
        {"adalora",
         "AdaLoRA (2303.10512): every rank is a triplet whose importance is its smoothed sensitivity times its "
         "uncertainty; the least important ones are masked, and dropped at the end, down to the budget",
         true, true},
        {"balanced-live",
         "ours: the gain of one more rank and of one more expert of every module is estimated from the optimiser's "
         "moments, the routing and the spectrum of the update, and ranks and ignored experts move to where it is "
         "largest, within the parameters of the run's map",
         false, false},
        {"elalora",
         "ElaLoRA (2504.00254): ranks are triplets as AdaLoRA's; each expert offers its two least important ones, the "
         "least important of these, at most four, go, and the experts with the most important offers get a new one "
         "each, within the parameters of the run's map",
         false, true},
    };
    return methods;
}

const ReallocationMethod* findReallocationMethod(std::string_view name)
{
    for (const ReallocationMethod& method : reallocationMethods())
        if (method.name == name)
            return &method;
    return nullptr;
}

ReallocationSteps ReallocationSteps::of(const ReallocationSpec& spec, std::int64_t steps)
{
    const auto share = [steps](double of) {
        return static_cast<std::int64_t>(std::llround(of * static_cast<double>(steps)));
    };
    return {share(spec.from), share(spec.to), spec.every};
}

std::int64_t ReallocationSteps::changes() const
{
    if (last <= first)
        return 0;
    return (last - 1) / every - first / every + 1;
}

Status parseReallocation(const JsonObject& training, TrainingSpec& spec)
{
    if (!training.has(reallocationKey))
        return {};
    HILO_TRY(const JsonObject object, training.object(reallocationKey));
    HILO_CHECK(object.onlyKeys({"method", "from", "to", "every", "budget"}));
    ReallocationSpec& moving = spec.reallocation;
    HILO_TRY(moving.method, object.textOr("method", moving.method));
    HILO_TRY(moving.from, object.numberOr("from", moving.from, 0, 1));
    HILO_TRY(moving.to, object.numberOr("to", moving.to, 0, 1));
    HILO_TRY(moving.every, object.integerOr("every", moving.every, 1, std::int64_t{1} << 40));
    if (object.has("budget") && object.json()["budget"] != same) {
        if (object.json()["budget"].is_string())
            return failure(object.errorAt("budget", "expected \"same\" or a number of trainable parameters"));
        HILO_TRY(moving.budget, object.integer("budget", 1, std::int64_t{1} << 50));
    }
    if (moving.method == none)
        return {};
    const ReallocationMethod* method = findReallocationMethod(moving.method);
    if (!method)
        return failure(
            object.errorAt("method", "\"" + moving.method + "\" is not known; expected one of " + methodNames()));
    if (moving.from >= moving.to)
        return failure(object.errorAt("to", "the map would never move: to is not behind from",
                                      "from and to are shares of the steps, from the smaller one"));
    if (method->shrinks && moving.budget == 0)
        return failure(object.errorAt("budget",
                                      method->name + " starts with more ranks than it ends with, and \"same\" would "
                                                     "leave it nothing to do",
                                      "give the number of trainable parameters that it shall end with"));
    if (!method->shrinks && moving.budget != 0)
        return failure(object.errorAt("budget", method->name + " keeps the parameters of the run's map",
                                      "set budget to \"same\", and give the run a map of the size you want"));
    return checkTraining(training, *method, spec);
}

Json toJson(const ReallocationSpec& spec)
{
    return {{"method", spec.method},
            {"from", spec.from},
            {"to", spec.to},
            {"every", spec.every},
            {"budget", spec.budget == 0 ? Json(same) : Json(spec.budget)}};
}

Status checkReallocation(const RunSpec& spec, const ModelConfig& model, const std::string& file)
{
    const ReallocationSpec& moving = spec.training.reallocation;
    const ReallocationMethod* method = findReallocationMethod(moving.method);
    if (!method)
        return {};
    if (method->ofTriplets)
        HILO_CHECK(checkModules(spec, file));
    if (!method->shrinks)
        return {};
    const std::string place = "training.reallocation.budget";
    AllocationMap least = spec.map;
    for (auto& layer : least.layers)
        for (auto& [name, module] : layer) {
            // A module's only expert may go as a whole; of several each keeps a rank, for its router's sake.
            if (module.experts() == 1)
                module.ranks.clear();
            else
                std::fill(module.ranks.begin(), module.ranks.end(), 1);
        }
    const std::int64_t before = countParameters(spec.map, model).trainable();
    const std::int64_t lowest = countParameters(least, model).trainable();
    if (moving.budget >= before)
        return failure(badInput(file, place,
                                "the run's map has " + std::to_string(before) + " trainable parameters, no more than " +
                                    std::to_string(moving.budget),
                                "give a smaller budget, or a map with higher ranks to begin with"));
    if (moving.budget < lowest)
        return failure(badInput(file, place,
                                "one rank for every expert of the map's mixtures and their routers take " +
                                    std::to_string(lowest) + " parameters",
                                "give at least as many"));
    return {};
}

} // namespace hilo
