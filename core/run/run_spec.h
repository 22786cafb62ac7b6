// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/json.h"
#include "base/result.h"
#include "data/task_mixture.h"
#include "objectives/objective.h"
#include "run/reallocation_spec.h"
#include "run/task_spec.h"
#include "run/training_variants.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

enum class Schedule { Constant, Linear, Cosine };
enum class ScalingMode { AlphaOverRank, AlphaOverSqrtRank, Constant };
/// How a token chooses among a module's experts: the map's top k with weights that add up to 1; all of them; top k with
/// null experts among them; the fewest whose probabilities add up to TrainingSpec::routerTopP.
enum class RouterKind { TopK, Dense, TopKNull, TopP };
/// Whether a token may use every expert of a module.
constexpr bool mayUseAll(RouterKind router)
{
    return router == RouterKind::Dense || router == RouterKind::TopP;
}
enum class LossOn { Answer, WholeText };
enum class Selection { Last, Best };
/// How rows are scored; see docs/methods.md. Auto: what the rows allow, engine/data/resolve_protocol.h.
enum class Protocol { Auto, LabelLogit, ChoiceLikelihood, Generate, GenMatchStrict, Loss };

struct TrainingSpec
{
    std::int64_t steps = 0; ///< 0: epochs decide
    double epochs = 1;
    std::int64_t batchSize = 16;   ///< sequences per micro-batch
    std::int64_t accumulation = 1; ///< micro-batches per step
    double learningRate = 3e-4;
    double routerLearningRateFactor = 1; ///< times learningRate, for routers; 0: they stay as drawn
    Schedule schedule = Schedule::Linear;
    std::int64_t warmupSteps = 0;
    double weightDecay = 0;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double clipNorm = 1.0; ///< 0: no clipping
    double dropout = 0;
    double promptDropout = 0;     ///< share of a prompt's tokens left out, others each time; an answer stays whole
    std::int64_t maxLength = 256; ///< tokens; longer rows are cut and counted
    bool packing = false;         ///< batch_size budgets of max_length tokens filled with rows, not batch_size rows
    bool groupByLength = true;
    bool activationCheckpointing = false;
    bool cudaGraph = false;            ///< micro-batches of one shape; on a GPU recorded once and replayed
    std::string dtype = "auto";        ///< of the frozen base: auto, float32, bfloat16
    std::string quantisation = "none"; ///< of the base's linear weights: none, nf4, int8, fp8
    std::string device = "auto";       ///< auto, cpu, cuda:0
    int threads = 0;                   ///< 0: by measurement
    std::int64_t seed = 1;
    LossOn lossOn = LossOn::Answer;
    std::string objective = "auto";      ///< core/objectives; auto: as the rows are, resolveObjective()
    ObjectiveSettings objectiveSettings; ///< all that the objective has
    ScalingMode scaling = ScalingMode::AlphaOverRank;
    double constantScale = 1; ///< for ScalingMode::Constant
    RouterKind router = RouterKind::TopK;
    double routerTopP = 0.8;                ///< for RouterKind::TopP (TUDB-Labs/MixLoRA)
    double auxiliaryLoss = 0;               ///< coefficient; 0: off (as MoLA's task fine-tuning)
    std::string initialisation = "kaiming"; ///< of A and routers; B is zero
    std::string startFrom;                  ///< adapter folder to start from; empty: fresh
    std::int64_t checkpointEvery = 0;       ///< steps; 0: by checkpointMinutes alone
    double checkpointMinutes = 10;          ///< minutes of training between checkpoints; 0: never by time
    std::int64_t keepCheckpoints = 2;
    std::int64_t logEvery = 1;            ///< steps between "step" events
    Mixing mixing = Mixing::Proportional; ///< of several tasks
    double mixingTemperature = 1;         ///< T of Mixing::Temperature: 1 is proportional, far above it equal
    Selection select = Selection::Last;   ///< whose weights become the adapter; best: by evaluation.metric
    std::int64_t earlyStopping = 0;       ///< evaluations without improvement that end the run; 0: never
    ReallocationSpec reallocation;        ///< whether and how the map moves while the run trains
    TrainingVariants variants;            ///< JSON keys beside the others'
};

struct EvaluationSpec
{
    Protocol protocol = Protocol::Auto;
    std::string split = "test";  ///< what the run's result is measured on; "auto": run/benchmark_task.h
    std::string metric = "auto"; ///< core/metrics; auto: loss, preference_loss for preferences. What select and
                                 ///< early_stopping go by, on the validation split
    std::int64_t every = 0;      ///< steps between evaluations on the validation split (test when none); 0: at the end
    std::int64_t batchSize = 32;
    std::int64_t limit = 0; ///< first rows only; 0: all
    std::int64_t maxNewTokens = 32;
    LossOn lossOn = LossOn::Answer; ///< what the loss is measured on: training's loss_on, and no key of its own
};

/// Everything that a run is (contract hilo.run/1). Immutable once in a run folder, where it is written in full.
struct RunSpec
{
    std::string name;
    std::string modelPath;                                  ///< relative to the spec's folder, or absolute
    std::string modelSha256;                                ///< empty until known; the run folder's copy always has it
    std::vector<TaskSpec> tasks = std::vector<TaskSpec>(1); ///< JSON key "data"; at least one
    AllocationMap map;   ///< JSON key "map": the document itself, or the name of a file with it
    std::string mapFile; ///< where the map was read, for messages; not part of the document
    TrainingSpec training;
    EvaluationSpec evaluation;
};

/// Reads a run spec; unknown keys, wrong types and values out of range are errors that name the place. Relative paths
/// (model, data, map file, split files, start_from) are resolved against the spec's folder and become absolute.
Result<RunSpec> readRunSpec(const std::filesystem::path& path);
Result<RunSpec> parseRunSpec(const Json& document, const std::string& file, const std::filesystem::path& folder);
/// Every setting, defaults written out. Keys: snake_case of the members ("batch_size", "learning_rate", "max_length",
/// …), grouped under model, data, map, training, evaluation.
Json toJson(const RunSpec& spec);

} // namespace hilo
