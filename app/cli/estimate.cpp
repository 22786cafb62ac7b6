// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "expert_use.h"
#include "numbers.h"

#include "allocation/map_operations.h"
#include "allocation/memory_estimate.h"
#include "engine/base/compute.h"
#include "engine/data/batch_plan.h"
#include "engine/data/run_data.h"
#include "engine/data/training_rows.h"
#include "engine/evaluate/evaluation_shapes.h"
#include "engine/train/fixed_shape.h"
#include "formats/expected_tensors.h"
#include "formats/model_source.h"
#include "run/benchmark_task.h"
#include "run/reallocation_bound.h"
#include "run/run_parameters.h"

#include <algorithm>
#include <set>

namespace hilo::cli {
namespace {

struct EstimateOptions
{
    std::string model, map, run, gpu;
    bool withoutData = false;
};

/// The most that one weight needs while it is read beside those that are there: codes and blocks of a file are decoded
/// to float32, and so is what is quantised; other weights are converted in small pieces, or used where they are.
std::int64_t readingBytes(const ModelSource& model, const EstimateSettings& settings)
{
    std::int64_t most = 0;
    if (!model.weights || settings.onGpu)
        return most;
    for (const TensorInfo& tensor : expectedTensors(model.config)) {
        const auto stored = model.weights->find(tensor.name);
        const bool isDecoded = !model.weights->view(tensor.name);
        const bool isQuantised = settings.linearBytes > 0 && tensor.shape.size() > 1;
        if (!stored || (!isDecoded && !isQuantised))
            continue;
        const bool isKept = settings.baseBytes == 4 && !isQuantised;
        most = std::max(most, static_cast<std::int64_t>(stored->bytes) + (isKept ? 0 : 4 * elementsOf(tensor)));
    }
    return most;
}

/// Rows of an embedding that is used where the file is mapped, and in which these tokens alone are looked up.
std::int64_t untouchedBytes(const ModelSource& model, const EstimateSettings& settings, const std::vector<bool>& used)
{
    if (model.config.tiedEmbeddings || settings.onGpu)
        return 0;
    const auto view = model.weights->view(expectedTensors(model.config).front().name);
    if (!view || view->info.type != (settings.baseBytes == 2 ? DataType::BF16 : DataType::F32))
        return 0;
    return untouchedEmbedding(model.config.vocabulary, model.config.hidden * settings.baseBytes, used);
}

void markUsed(const TokenisedExample& row, std::vector<bool>& used)
{
    const auto mark = [&used](const std::vector<std::int32_t>& tokens) {
        for (const std::int32_t token : tokens)
            if (token >= 0 && static_cast<std::size_t>(token) < used.size())
                used[static_cast<std::size_t>(token)] = true;
    };
    mark(row.tokens);
    for (const ChoiceTokens& choice : row.choices)
        mark(choice.tokens);
}

/// What the rows of a task hold that the run is measured on (engine/train/run_inputs.cpp), and the tokens they use.
Status addMeasured(const std::shared_ptr<const Tokenizer>& tokenizer, const RunSpec& spec, const TaskSpec& task,
                   const ModelConfig& model, const EstimateConstants& constants, EstimateSettings& settings,
                   std::vector<bool>& used, FewSequences& sequences, const Progress& progress)
{
    EvaluationSpec evaluation = spec.evaluation;
    evaluation.protocol = task.protocol.value_or(evaluation.protocol);
    evaluation.maxNewTokens = task.maxNewTokens.value_or(evaluation.maxNewTokens);
    evaluation.split = resultSplit(spec.evaluation, task);
    HILO_TRY(RunData data, RunData::load(tokenizer, task.data, progress));
    std::set<std::string> splits{evaluation.split};
    if (evaluation.every > 0 || !data.has(evaluation.split))
        splits.insert("validation");
    for (const std::string& split : splits) {
        if (!data.has(split))
            continue;
        HILO_TRY(const EvaluationData rows, data.evaluation(split, evaluation, spec.training.maxLength, progress));
        for (const TokenisedExample& row : rows.tokenised) {
            markUsed(row, used);
            sequences.add(row);
        }
        if (rows.protocol == Protocol::Generate || rows.protocol == Protocol::GenMatchStrict)
            sequences.giveUp();
        for (const EvaluationShape& shape : evaluationShapes(rows, evaluation, model))
            settings.evaluationBytes =
                std::max(settings.evaluationBytes, evaluationBytes(model, shape, settings, constants));
    }
    return {};
}

/// Reads and tokenises the run's rows and plans its micro-batches. Resident at the end of it: what training has before
/// it reads a weight. Gives what of untouchedBytes are experts that no row passes in the base (unusedExpertBytes()).
Result<std::int64_t> measureData(const RunSpec& spec, const ModelSource& model, EstimateSettings& settings,
                                 EstimateConstants& constants, const Progress& progress)
{
    HILO_TRY(const auto tokenizer, Tokenizer::load(model.path));
    const std::int64_t maxLength = withinPositions(model.config, spec.training.maxLength);
    HILO_TRY(const TrainingRows rows, readTrainingRows(tokenizer, spec, maxLength, progress));
    std::vector<bool> used(static_cast<std::size_t>(model.config.vocabulary), false);
    FewSequences sequences;
    for (const TaskSpec& task : spec.tasks)
        HILO_CHECK(addMeasured(tokenizer, spec, task, model.config, constants, settings, used, sequences, progress));
    const TokenRows& examples = rows.examples;
    std::vector<std::int64_t> lengths;
    for (std::size_t row = 0; row < examples.size(); ++row)
        lengths.push_back(examples.tokens(row));
    BatchPlan plan(spec.training, lengths, rows.mixture);
    const FixedShape fixed = FixedShape::of(spec.training, sizesOf(examples, spec.training.lossOn, rows.mixture));
    const std::int64_t count = plan.microBatchesPerEpoch();
    std::vector<std::vector<std::int64_t>> microBatches;
    std::int64_t mostLabels = 0;
    for (std::int64_t index = 0; index < count; ++index) {
        std::vector<std::int64_t> sizes;
        std::int64_t tokens = 0;
        std::int64_t labels = 0;
        for (const std::int64_t row : plan.microBatch(index)) {
            const TokenisedExample example = examples[static_cast<std::size_t>(row)];
            markUsed(example, used);
            sequences.add(example);
            const RowSize size = sizeOf(example, spec.training.lossOn);
            sizes.push_back(size.tokens);
            tokens += size.tokens;
            labels += size.labels;
        }
        if (spec.training.cudaGraph) {
            const std::vector<std::int64_t> padding = fixed.padding(tokens);
            sizes.insert(sizes.end(), padding.begin(), padding.end());
            labels = fixed.labels;
        }
        mostLabels = std::max(mostLabels, labels);
        microBatches.push_back(std::move(sizes));
    }
    settings.batch = measuredBatch(microBatches, mostLabels);
    settings.batch.microBatches = plan.microBatches();
    settings.untouchedBytes = untouchedBytes(model, settings, used);
    if (settings.onGpu)
        return 0;
    constants.processBytes = estimatedProcess(static_cast<std::int64_t>(residentMemory()));
    if (settings.linearBytes > 0)
        return 0;
    HILO_TRY(const std::int64_t experts, unusedExpertBytes(model, settings.baseBytes, sequences, progress));
    settings.untouchedBytes += experts;
    return experts;
}

/// The parts that make up the total, in words.
void printParts(const MemoryEstimate& memory, const EstimateSettings& settings, Console& console)
{
    const auto line = [&](const char* what, std::int64_t size, const char* about = "") {
        console.print(std::string("  ") + what + bytes(static_cast<std::uint64_t>(size)) + about);
    };
    line("program      ", memory.process, settings.onGpu ? "" : "  LibTorch, tokenizer, rows");
    line("base weights ", memory.weights);
    line("adapters     ", memory.adapters);
    line("gradients    ", memory.gradients);
    line("optimiser    ", memory.optimiser);
    const std::int64_t step = memory.activations + std::max(memory.workspace, memory.logits);
    if (memory.working() == step) {
        line("activations  ", memory.activations);
        if (memory.logits > memory.workspace)
            line("logits       ", memory.logits, "  of as many tokens as are multiplied at once");
        else
            line("workspace    ", memory.workspace, "  gradients on the way");
    } else if (memory.working() == memory.evaluation) {
        line("evaluation   ", memory.evaluation,
             ("  a batch of evaluation.batch_size; a training step needs " + bytes(static_cast<std::uint64_t>(step)))
                 .c_str());
    } else {
        line("reading      ", memory.working(), "  the largest weight while it is decoded");
    }
}

Status estimateRun(const EstimateOptions& options, Console& console)
{
    HILO_TRY(const ModelSource model, openModel(options.model));
    RunSpec spec;
    if (!options.run.empty()) {
        HILO_TRY(spec, readRunSpec(options.run));
    }
    AllocationMap map = spec.map;
    const std::string mapFile = options.map.empty() ? options.run : options.map;
    if (mapFile.empty())
        return failure(wrongUsage("--map or --run is missing"));
    if (!options.map.empty()) {
        HILO_TRY(map, readAllocationMap(options.map));
    }
    HILO_CHECK(validateAllocationMap(map, model.config, mapFile));
    const ReallocationSpec& moving = spec.training.reallocation;
    RunSpec moved = spec;
    moved.map = map;
    HILO_CHECK(checkReallocation(moved, model.config, options.run));
    const ParameterCount count = countParameters(map, model.config, spec.training.router);

    EstimateSettings settings;
    settings.recomputeActivations = spec.training.activationCheckpointing;
    settings.batch = largestBatch(spec.training.batchSize, spec.training.maxLength);
    settings.batch.microBatches = spec.training.steps * spec.training.accumulation;
    HILO_TRY(const Compute compute, options.gpu.empty() ? chooseCompute(model.config, spec.training.device,
                                                                        spec.training.dtype, spec.training.threads)
                                                        : plannedGpu(options.gpu, spec.training.dtype));
    settings.flopsPerSecond = compute.peakFlops;
    settings.baseBytes = compute.dtype == "bfloat16" ? 2 : 4;
    settings.onGpu = compute.onGpu();
    settings.linearBytes = quantisedBytes(spec.training.quantisation);
    EstimateConstants constants = settings.onGpu ? gpuConstants() : cpuConstants();
    settings.readingBytes = readingBytes(model, settings);
    const bool measured = !options.run.empty() && !options.withoutData && model.weights;
    std::int64_t unusedExperts = 0;
    if (measured) {
        HILO_TRY(unusedExperts, measureData(spec, model, settings, constants, console.progress()));
    } else if (!options.run.empty()) {
        const std::vector<std::int64_t> longest(static_cast<std::size_t>(spec.evaluation.batchSize),
                                                withinPositions(model.config, spec.training.maxLength));
        settings.evaluationBytes =
            evaluationBytes(model.config, measuredEvaluation(longest, spec.evaluation.batchSize), settings, constants);
    }
    const std::int64_t steps = settings.batch.microBatches / std::max<std::int64_t>(1, spec.training.accumulation);
    const ReallocationBound bound = reallocationBound(moving, map, model.config, steps);
    MemoryEstimate memory = estimateMemory(map, model.config, settings, constants);
    if (const MemoryEstimate widest = estimateMemory(bound.map, model.config, settings, constants);
        widest.total > memory.total)
        memory = widest;
    memory.optimiser += bound.stateBytes;
    memory.total += bound.stateBytes;
    const TimeEstimate time = estimateTime(map, model.config, settings, constants);

    Json bytesByPart = memory.toJson();
    bytesByPart["at_most"] = memory.total + unusedExperts;
    Json document = {{"trainable_parameters", count.trainable()},
                     {"active_parameters", count.active},
                     {"router_parameters", count.router},
                     {"base_parameters", parameterCount(model.config)},
                     {"memory_bytes", std::move(bytesByPart)},
                     {"batch",
                      {{"from", measured ? "data" : "settings"},
                       {"tokens", settings.batch.tokens},
                       {"micro_batches", settings.batch.microBatches},
                       {"attention_pairs", settings.batch.attentionPairs},
                       {"labels", settings.batch.labels},
                       {"tokens_per_micro_batch", settings.batch.tokensPerMicroBatch},
                       {"mean_length", settings.batch.meanLength},
                       {"recompute", settings.recomputeActivations},
                       {"base_bytes", settings.baseBytes},
                       {"evaluation_bytes", settings.evaluationBytes},
                       {"process_bytes", constants.processBytes},
                       {"reading_bytes", settings.readingBytes},
                       {"untouched_bytes", settings.untouchedBytes},
                       {"unused_expert_bytes", unusedExperts},
                       {"flops_per_second", settings.flopsPerSecond},
                       {"dtype", compute.dtype},
                       {"quantisation", spec.training.quantisation},
                       {"device", compute.device},
                       {"threads", compute.threads}}},
                     {"tokens_per_second", time.tokensPerSecond}};
    if (time.seconds > 0)
        document["seconds"] = time.seconds;
    if (moving.moves())
        document["reallocation"] = {{"method", moving.method},
                                    {"largest_total_rank", totalRank(bound.map)},
                                    {"final_parameters", moving.budget > 0 ? moving.budget : count.trainable()},
                                    {"state_bytes", bound.stateBytes}};
    console.printJson(document);
    console.print(withNoun(count.trainable(), "trainable parameter") + ", " + withSeparators(count.active) +
                  " active per token, on a base of " + withSeparators(parameterCount(model.config)));
    console.print("Memory at the peak of the run: " + bytes(static_cast<std::uint64_t>(memory.total)) + " (" +
                  (measured ? "from the run's rows" : "the most that the settings allow") + ", " + compute.dtype + ")");
    printParts(memory, settings, console);
    if (unusedExperts > 0)
        console.print("No row passes experts of " + bytes(static_cast<std::uint64_t>(unusedExperts)) +
                      " in the base, and they stay in the file. Adapters change what its routers see: should rows "
                      "come to pass all of them, it is " +
                      bytes(static_cast<std::uint64_t>(memory.total + unusedExperts)));
    if (moving.moves())
        console.print("The map moves (" + moving.method + "): memory is that of the largest one on the way, of " +
                      withNoun(totalRank(bound.map), "rank") + "; at most " +
                      withNoun(moving.budget > 0 ? moving.budget : count.trainable(), "trainable parameter") +
                      " are left at the end");
    if (settings.onGpu)
        console.print(
            "These are tensors on the GPU, without CUDA's own few hundred MiB. The estimate for GPUs is derived "
            "from what is allocated there; nobody has measured it yet.");
    console.print("About " + withSeparators(static_cast<std::int64_t>(time.tokensPerSecond)) + " tokens/s" +
                  (time.seconds > 0 ? ", " + seconds(time.seconds) + " of training" : ""));
    return {};
}

} // namespace

void addEstimate(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command =
        app.add_subcommand("estimate", "parameters, memory by part and time of a run, before it is started");
    const auto options = std::make_shared<EstimateOptions>();
    command->add_option("MODEL", options->model, "Hugging Face folder (config.json is enough), .gguf file, or org/name")
        ->required();
    command->add_option("--map", options->map, "allocation map; without it the run's own");
    command->add_option("--run", options->run, "run spec; without it the defaults of training");
    command->add_flag("--without-data", options->withoutData,
                      "do not read the run's rows: estimate the largest batch that its settings allow");
    command->add_option("--gpu", options->gpu,
                        "as on a GPU of this name, which need not be here: H100, A100, RTX 4090 …");
    command->callback([=] { chosen([options](Console& console) { return estimateRun(*options, console); }); });
}

} // namespace hilo::cli
