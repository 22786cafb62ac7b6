// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "numbers.h"

#include "allocation/memory_estimate.h"
#include "allocation/parameters.h"
#include "engine/base/compute.h"
#include "engine/data/batch_plan.h"
#include "engine/data/run_data.h"
#include "engine/data/training_rows.h"
#include "engine/train/fixed_shape.h"
#include "formats/model_source.h"

#include <algorithm>

namespace hilo::cli {
namespace {

struct EstimateOptions
{
    std::string model, map, run, gpu;
    bool withoutData = false;
};

/// Bytes of weight files that stay mapped beside the converted weights: all of them, unless they are used as they are.
std::int64_t mappedBytes(const ModelSource& model, DataType used)
{
    std::int64_t bytes = 0;
    if (model.weights)
        for (const TensorInfo& tensor : model.weights->tensors())
            if (tensor.type != used)
                bytes += static_cast<std::int64_t>(tensor.bytes);
    return bytes;
}

/// Reads and tokenises the run's rows and plans its micro-batches.
Result<BatchShape> measureData(const RunSpec& spec, const ModelSource& model, const Progress& progress)
{
    HILO_TRY(const auto tokenizer, Tokenizer::load(model.path));
    const std::int64_t maxLength = withinPositions(model.config, spec.training.maxLength);
    HILO_TRY(const TrainingRows rows, readTrainingRows(tokenizer, spec, maxLength, progress));
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
            const RowSize size = sizeOf(examples[static_cast<std::size_t>(row)], spec.training.lossOn);
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
    BatchShape shape = measuredBatch(microBatches, mostLabels);
    shape.microBatches = plan.microBatches();
    return shape;
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
    const ParameterCount count = countParameters(map, model.config);

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
    const EstimateConstants constants = settings.onGpu ? gpuConstants() : cpuConstants();
    settings.mappedBytes =
        settings.onGpu ? 0 : mappedBytes(model, settings.baseBytes == 2 ? DataType::BF16 : DataType::F32);
    const bool measured = !options.run.empty() && !options.withoutData && model.weights;
    if (measured) {
        HILO_TRY(settings.batch, measureData(spec, model, console.progress()));
    }
    const MemoryEstimate memory = estimateMemory(map, model.config, settings, constants);
    const TimeEstimate time = estimateTime(map, model.config, settings, constants);

    Json document = {{"trainable_parameters", count.trainable()},
                     {"active_parameters", count.active},
                     {"router_parameters", count.router},
                     {"base_parameters", parameterCount(model.config)},
                     {"memory_bytes", memory.toJson()},
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
                       {"mapped_bytes", settings.mappedBytes},
                       {"flops_per_second", settings.flopsPerSecond},
                       {"dtype", compute.dtype},
                       {"quantisation", spec.training.quantisation},
                       {"device", compute.device},
                       {"threads", compute.threads}}},
                     {"tokens_per_second", time.tokensPerSecond}};
    if (time.seconds > 0)
        document["seconds"] = time.seconds;
    console.printJson(document);
    const auto line = [&](const char* what, std::int64_t size) {
        console.print(std::string("  ") + what + bytes(static_cast<std::uint64_t>(size)));
    };
    console.print(withNoun(count.trainable(), "trainable parameter") + ", " + withSeparators(count.active) +
                  " active per token, on a base of " + withSeparators(parameterCount(model.config)));
    console.print("Memory at the peak of training: " + bytes(static_cast<std::uint64_t>(memory.total)) + " (" +
                  (measured ? "from the run's rows" : "the most that the settings allow") + ", " + compute.dtype + ")");
    line("program      ", memory.process);
    line("base weights ", memory.weights);
    line("adapters     ", memory.adapters);
    line("gradients    ", memory.gradients);
    line("optimiser    ", memory.optimiser);
    line("activations  ", memory.activations);
    line("workspace    ", std::max(memory.workspace, memory.logits));
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
