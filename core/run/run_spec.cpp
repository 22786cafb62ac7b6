// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_spec.h"

#include "base/portable_path.h"
#include "hub/local_place.h"
#include "metrics/metric.h"
#include "run/benchmark_task.h"
#include "run/objective_spec.h"
#include "run/run_spec_names.h"

#include <limits>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t large = std::int64_t{1} << 40;

/// What the host decides anew in each step cannot be in a recorded one.
Status checkGraph(const JsonObject& object, const TrainingSpec& spec)
{
    const auto refused = [&](const std::string& why, const std::string& hint) {
        return failure(object.errorAt("cuda_graph", "a recorded step can't " + why, hint));
    };
    if (!spec.cudaGraph)
        return {};
    if (spec.dropout > 0)
        return refused("draw another dropout mask each time", "set dropout to 0, or cuda_graph to false");
    if (spec.activationCheckpointing)
        return refused("be planned again by what it needed", "turn one of activation_checkpointing and cuda_graph off");
    if (spec.router == RouterKind::Dense && spec.auxiliaryLoss > 0)
        return refused("sum a dense router's auxiliary loss over sequences that differ",
                       "set auxiliary_loss to 0, or cuda_graph to false");
    return {};
}

Result<TrainingSpec> parseTraining(const JsonObject& object, const fs::path& folder)
{
    HILO_CHECK(object.onlyKeys({"steps",
                                "epochs",
                                "batch_size",
                                "accumulation",
                                "learning_rate",
                                "schedule",
                                "warmup_steps",
                                "weight_decay",
                                "beta1",
                                "beta2",
                                "epsilon",
                                "clip_norm",
                                "dropout",
                                "prompt_dropout",
                                "router_learning_rate_factor",
                                "max_length",
                                "packing",
                                "group_by_length",
                                "activation_checkpointing",
                                "cuda_graph",
                                "dtype",
                                "quantisation",
                                "device",
                                "threads",
                                "seed",
                                "loss_on",
                                "objective",
                                "scaling",
                                "constant_scale",
                                "router",
                                "router_top_p",
                                "auxiliary_loss",
                                "initialisation",
                                "start_from",
                                "checkpoint_every",
                                "checkpoint_minutes",
                                "keep_checkpoints",
                                "log_every",
                                "mixing",
                                "mixing_temperature",
                                "select",
                                "early_stopping",
                                "reallocation",
                                "lora_b_learning_rate_factor",
                                "layer_learning_rate_decay",
                                "neftune_alpha",
                                "average_checkpoints"}));
    TrainingSpec spec;
    HILO_TRY(spec.steps, object.integerOr("steps", spec.steps, 0, large));
    HILO_TRY(spec.epochs, object.numberOr("epochs", spec.epochs, 0, 1e9));
    if (spec.steps == 0 && spec.epochs == 0)
        return failure(object.errorAt("steps", "steps and epochs are both 0", "give one of them"));
    HILO_TRY(spec.batchSize, object.integerOr("batch_size", spec.batchSize, 1, 1 << 20));
    HILO_TRY(spec.accumulation, object.integerOr("accumulation", spec.accumulation, 1, 1 << 20));
    HILO_TRY(spec.learningRate, object.numberOr("learning_rate", spec.learningRate, 0, 10));
    HILO_TRY(spec.schedule, named<Schedule>(object, "schedule", scheduleNames));
    HILO_TRY(spec.warmupSteps, object.integerOr("warmup_steps", spec.warmupSteps, 0, large));
    HILO_TRY(spec.weightDecay, object.numberOr("weight_decay", spec.weightDecay, 0, 100));
    HILO_TRY(spec.beta1, object.numberOr("beta1", spec.beta1, 0, 0.999999));
    HILO_TRY(spec.beta2, object.numberOr("beta2", spec.beta2, 0, 0.999999999));
    HILO_TRY(spec.epsilon, object.numberOr("epsilon", spec.epsilon, 1e-20, 1));
    HILO_TRY(spec.clipNorm, object.numberOr("clip_norm", spec.clipNorm, 0, 1e9));
    HILO_TRY(spec.dropout, object.numberOr("dropout", spec.dropout, 0, 0.99));
    HILO_TRY(spec.routerLearningRateFactor,
             object.numberOr("router_learning_rate_factor", spec.routerLearningRateFactor, 0, 100));
    HILO_TRY(spec.promptDropout, object.numberOr("prompt_dropout", spec.promptDropout, 0, 0.9));
    HILO_TRY(spec.maxLength, object.integerOr("max_length", spec.maxLength, 2, 1 << 24));
    HILO_TRY(spec.packing, object.flagOr("packing", spec.packing));
    HILO_TRY(spec.groupByLength, object.flagOr("group_by_length", spec.groupByLength));
    HILO_TRY(spec.activationCheckpointing, object.flagOr("activation_checkpointing", spec.activationCheckpointing));
    HILO_TRY(spec.cudaGraph, object.flagOr("cuda_graph", spec.cudaGraph));
    HILO_TRY(spec.dtype, oneOf(object, "dtype", spec.dtype, {"auto", "float32", "bfloat16"}));
    HILO_TRY(spec.quantisation, oneOf(object, "quantisation", spec.quantisation, {"none", "nf4", "int8", "fp8"}));
    HILO_TRY(spec.device, object.textOr("device", spec.device));
    HILO_TRY(const std::int64_t threads, object.integerOr("threads", spec.threads, 0, 4096));
    spec.threads = static_cast<int>(threads);
    HILO_TRY(spec.seed, object.integerOr("seed", spec.seed, 0, std::numeric_limits<std::int64_t>::max()));
    HILO_TRY(spec.lossOn, named<LossOn>(object, "loss_on", lossOnNames));
    HILO_TRY(spec.scaling, named<ScalingMode>(object, "scaling", scalingNames));
    HILO_TRY(spec.constantScale, object.numberOr("constant_scale", spec.constantScale, 0, 1e6));
    HILO_TRY(spec.router, named<RouterKind>(object, "router", routerNames));
    HILO_TRY(spec.routerTopP, object.numberOr("router_top_p", spec.routerTopP, 0.01, 1));
    HILO_TRY(spec.auxiliaryLoss, object.numberOr("auxiliary_loss", spec.auxiliaryLoss, 0, 1e6));
    HILO_TRY(spec.initialisation, oneOf(object, "initialisation", spec.initialisation, {"kaiming"}));
    HILO_TRY(const std::string startFrom, object.textOr("start_from", ""));
    spec.startFrom = resolvedPath(startFrom, folder);
    HILO_TRY(spec.checkpointEvery, object.integerOr("checkpoint_every", spec.checkpointEvery, 0, large));
    HILO_TRY(spec.checkpointMinutes, object.numberOr("checkpoint_minutes", spec.checkpointMinutes, 0, 1e6));
    HILO_TRY(spec.keepCheckpoints, object.integerOr("keep_checkpoints", spec.keepCheckpoints, 1, large));
    HILO_TRY(spec.logEvery, object.integerOr("log_every", spec.logEvery, 1, large));
    HILO_TRY(spec.mixing, named<Mixing>(object, "mixing", mixingNames));
    HILO_TRY(spec.mixingTemperature, object.numberOr("mixing_temperature", spec.mixingTemperature, 0.01, 1e6));
    HILO_TRY(spec.select, named<Selection>(object, "select", selectionNames));
    HILO_TRY(spec.earlyStopping, object.integerOr("early_stopping", spec.earlyStopping, 0, large));
    HILO_CHECK(checkGraph(object, spec));
    HILO_CHECK(parseObjective(object, spec));
    HILO_CHECK(parseReallocation(object, spec));
    HILO_CHECK(parseVariants(object, spec));
    return spec;
}

Result<EvaluationSpec> parseEvaluation(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"protocol", "split", "metric", "every", "batch_size", "limit", "max_new_tokens"}));
    EvaluationSpec spec;
    HILO_TRY(spec.protocol, named<Protocol>(object, "protocol", protocolNames));
    HILO_TRY(spec.split, oneOf(object, "split", spec.split, {"train", "validation", "test", ownSplits}));
    HILO_TRY(spec.metric, object.textOr("metric", spec.metric));
    if (spec.metric != "auto" && !findMetric(spec.metric)) {
        std::string all = "auto";
        for (const Metric* metric : metrics())
            all += (all.empty() ? "" : ", ") + metric->name;
        return failure(object.errorAt("metric", "\"" + spec.metric + "\" is not known; expected one of " + all));
    }
    HILO_TRY(spec.every, object.integerOr("every", spec.every, 0, large));
    HILO_TRY(spec.batchSize, object.integerOr("batch_size", spec.batchSize, 1, 1 << 20));
    HILO_TRY(spec.limit, object.integerOr("limit", spec.limit, 0, large));
    HILO_TRY(spec.maxNewTokens, object.integerOr("max_new_tokens", spec.maxNewTokens, 1, 1 << 20));
    return spec;
}

/// What is selected by what nobody measures.
Status checkSelection(const JsonObject& root, const RunSpec& spec)
{
    if (spec.evaluation.every > 0)
        return {};
    const std::string hint = "set evaluation.every to the steps between evaluations on the validation split";
    if (spec.training.select == Selection::Best)
        return failure(root.errorAt("training.select",
                                    "\"best\" needs evaluations during training, and "
                                    "evaluation.every is 0",
                                    hint));
    if (spec.training.earlyStopping > 0)
        return failure(root.errorAt("training.early_stopping",
                                    "stopping early needs evaluations during training, and "
                                    "evaluation.every is 0",
                                    hint));
    return {};
}

Status parseMap(const JsonObject& root, const fs::path& folder, RunSpec& spec)
{
    if (!root.has("map"))
        return failure(root.errorAt("map", "is missing; expected an allocation map or the name of a map file",
                                    "make one: hilo allocate MODEL --strategy hilo --out NAME.map.json"));
    if (root.json()["map"].is_string()) {
        HILO_TRY(const std::string name, root.text("map"));
        spec.mapFile = resolvedPath(name, folder);
        HILO_TRY(spec.map, readAllocationMap(spec.mapFile));
        return {};
    }
    HILO_TRY(const JsonObject map, root.object("map"));
    spec.mapFile = root.file() + ": map";
    HILO_TRY(spec.map, parseAllocationMap(map.json(), spec.mapFile));
    return {};
}

Json toJson(const TrainingSpec& training)
{
    Json json = {{"steps", training.steps},
                 {"epochs", training.epochs},
                 {"batch_size", training.batchSize},
                 {"accumulation", training.accumulation},
                 {"learning_rate", training.learningRate},
                 {"schedule", nameOf(scheduleNames, training.schedule)},
                 {"warmup_steps", training.warmupSteps},
                 {"weight_decay", training.weightDecay},
                 {"beta1", training.beta1},
                 {"beta2", training.beta2},
                 {"epsilon", training.epsilon},
                 {"clip_norm", training.clipNorm},
                 {"dropout", training.dropout},
                 {"prompt_dropout", training.promptDropout},
                 {"router_learning_rate_factor", training.routerLearningRateFactor},
                 {"max_length", training.maxLength},
                 {"packing", training.packing},
                 {"group_by_length", training.groupByLength},
                 {"activation_checkpointing", training.activationCheckpointing},
                 {"cuda_graph", training.cudaGraph},
                 {"dtype", training.dtype},
                 {"quantisation", training.quantisation},
                 {"device", training.device},
                 {"threads", training.threads},
                 {"seed", training.seed},
                 {"loss_on", nameOf(lossOnNames, training.lossOn)},
                 {"objective", objectiveToJson(training)},
                 {"scaling", nameOf(scalingNames, training.scaling)},
                 {"constant_scale", training.constantScale},
                 {"router", nameOf(routerNames, training.router)},
                 {"router_top_p", training.routerTopP},
                 {"auxiliary_loss", training.auxiliaryLoss},
                 {"initialisation", training.initialisation},
                 {"start_from", training.startFrom},
                 {"checkpoint_every", training.checkpointEvery},
                 {"checkpoint_minutes", training.checkpointMinutes},
                 {"keep_checkpoints", training.keepCheckpoints},
                 {"log_every", training.logEvery},
                 {"mixing", nameOf(mixingNames, training.mixing)},
                 {"mixing_temperature", training.mixingTemperature},
                 {"select", nameOf(selectionNames, training.select)},
                 {"early_stopping", training.earlyStopping},
                 {"reallocation", toJson(training.reallocation)}};
    addVariants(training.variants, json);
    return json;
}

Json toJson(const EvaluationSpec& evaluation)
{
    return {{"protocol", nameOf(protocolNames, evaluation.protocol)},
            {"split", evaluation.split},
            {"metric", evaluation.metric},
            {"every", evaluation.every},
            {"batch_size", evaluation.batchSize},
            {"limit", evaluation.limit},
            {"max_new_tokens", evaluation.maxNewTokens}};
}

} // namespace

Result<RunSpec> parseRunSpec(const Json& document, const std::string& file, const fs::path& folder)
{
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != "hilo.run/1")
        return failure(root.errorAt("format", "expected \"hilo.run/1\", found \"" + format + "\"",
                                    "is this a run spec, and of this program's version?"));
    HILO_CHECK(root.onlyKeys({"format", "name", "model", "data", "map", "training", "evaluation"}));
    RunSpec spec;
    HILO_TRY(spec.name, root.textOr("name", ""));
    HILO_TRY(const JsonObject model, root.object("model"));
    HILO_CHECK(model.onlyKeys({"path", "sha256"}));
    HILO_TRY(const std::string path, model.text("path"));
    spec.modelPath = placeFrom(path, folder, RepositoryKind::Model);
    HILO_TRY(spec.modelSha256, model.textOr("sha256", ""));
    HILO_TRY(spec.tasks, parseTasks(root, folder));
    HILO_CHECK(parseMap(root, folder, spec));
    const Json none = Json::object();
    HILO_TRY(const JsonObject empty, JsonObject::of(none, file));
    HILO_TRY(const JsonObject training, root.has("training") ? root.object("training") : Result<JsonObject>(empty));
    HILO_TRY(spec.training, parseTraining(training, folder));
    HILO_TRY(const JsonObject evaluation,
             root.has("evaluation") ? root.object("evaluation") : Result<JsonObject>(empty));
    HILO_TRY(spec.evaluation, parseEvaluation(evaluation));
    spec.evaluation.lossOn = spec.training.lossOn;
    HILO_CHECK(chooseResultSplit(evaluation, evaluation.has("split"), spec));
    HILO_CHECK(checkSelection(root, spec));
    return spec;
}

Result<RunSpec> readRunSpec(const fs::path& path)
{
    HILO_TRY(const Json document, readJsonFile(path));
    return parseRunSpec(document, path.string(), path.parent_path());
}

Json toJson(const RunSpec& spec)
{
    return {{"format", "hilo.run/1"},
            {"name", spec.name},
            {"model", {{"path", lastingName(spec.modelPath, RepositoryKind::Model)}, {"sha256", spec.modelSha256}}},
            {"data", toJson(spec.tasks)},
            {"map", toJson(spec.map)},
            {"training", toJson(spec.training)},
            {"evaluation", toJson(spec.evaluation)}};
}

} // namespace hilo
