// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens per second of a whole training step (forward, chunked cross-entropy, backward, AdamW) on one thread, for no
// adapter, plain LoRA, a HILO map of the same total rank, and a plain loop over that map's experts. The cases take
// turns, so that a busy machine slows all of them.
#include "bench_shape.h"
#include "loop_adapter.h"

#include "base/json.h"
#include "engine/adapter/adapter.h"
#include "engine/base/compute.h"
#include "engine/model/decoder.h"
#include "formats/layer_modules.h"
#include "gpu/operators/adamw.h"
#include "gpu/operators/cross_entropy.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>

using namespace hilo;
using torch::Tensor;

namespace {

struct Options : BenchShape
{
    std::int64_t sequences = 2, repeat = 5, threads = 1;
    std::int64_t logitBytes = gpu::CrossEntropyOptions().logitBytes;
    int rank = 64;
    std::string model, dtype = "float32";
    bool recompute = false, json = false;
    std::vector<std::string> cases{"none", "lora", "mixture", "loop"};
};

AllocationMap mapOf(const ModelConfig& config, const std::function<ModuleAllocation(std::int64_t layer)>& module)
{
    AllocationMap map;
    map.name = map.strategy = "bench";
    map.architecture = config.architecture;
    map.layers.resize(static_cast<std::size_t>(config.layers));
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        for (const ModuleShape& shape : layerModules(config, 0))
            map.layers[static_cast<std::size_t>(layer)][shape.name] = module(layer);
    return map;
}

/// 2, 4, 6, 8 experts by quarter of the depth, ranks that differ within a module, the same total rank in every module.
ModuleAllocation mixtureModule(std::int64_t layer, std::int64_t layers, int rank)
{
    const int experts = 2 * (1 + static_cast<int>(layer * 4 / layers));
    ModuleAllocation module;
    module.topK = 2;
    for (int expert = 0; expert < experts; ++expert)
        module.ranks.push_back(rank * (expert + 1) / experts - rank * expert / experts);
    // Take from every second expert what its neighbour gets.
    for (int expert = 0; expert + 1 < experts; expert += 2) {
        const int moved = module.ranks[static_cast<std::size_t>(expert)] / 2;
        module.ranks[static_cast<std::size_t>(expert)] -= moved;
        module.ranks[static_cast<std::size_t>(expert) + 1] += moved;
    }
    return module;
}

/// One flat stretch of parameters for AdamW.
struct Trainable
{
    Tensor values;
    Tensor first;
    Tensor second;
};

struct Case
{
    std::string name;
    std::unique_ptr<ModuleAdapter> loop;
    std::shared_ptr<ModuleAdapter> adapter;
    std::shared_ptr<MixtureAdapter> mixture;
    std::vector<Trainable> trainables;
    std::vector<double> seconds, forward, backward, optimiser;
};

void addTrainable(Case& benchCase, const Tensor& parameter)
{
    benchCase.trainables.push_back(
        {parameter, torch::zeros_like(parameter.detach()), torch::zeros_like(parameter.detach())});
}

Case makeCase(const std::string& name, const ModelConfig& config, const Options& options)
{
    Case result;
    result.name = name;
    const ModuleAllocation plain{{options.rank}, 1, 16, 0};
    const auto mixture =
        mapOf(config, [&](std::int64_t layer) { return mixtureModule(layer, config.layers, options.rank); });
    if (name == "none") {
        result.adapter = std::make_shared<bench::GradientSource>();
    } else if (name == "loop") {
        const auto loop = std::make_shared<bench::LoopAdapter>(config, mixture);
        for (const Tensor& parameter : loop->parameters())
            addTrainable(result, parameter);
        result.adapter = loop;
    } else {
        const AllocationMap map = name == "lora" ? mapOf(config, [&](std::int64_t) { return plain; }) : mixture;
        result.mixture = MixtureAdapter::create(config, map, {}, torch::kCPU);
        addTrainable(result, result.mixture->parameters());
        result.adapter = result.mixture;
    }
    return result;
}

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void step(Case& benchCase, const Decoder& decoder, const PackedBatch& batch, const Options& options,
          std::int64_t number)
{
    const double start = now();
    if (benchCase.mixture)
        benchCase.mixture->startTraining(number, 0);
    ForwardOptions forward;
    forward.adapter = benchCase.adapter.get();
    forward.recomputeActivations = options.recompute;
    const Tensor hidden = decoder.hidden(batch, forward);
    gpu::CrossEntropyOptions lossOptions;
    lossOptions.logitBytes = options.logitBytes;
    const Tensor loss = gpu::chunkedCrossEntropy(hidden, decoder.outputWeight(), batch.labels, lossOptions) /
                        static_cast<double>(batch.labels.numel());
    const double between = now();
    loss.backward();
    const double after = now();
    gpu::AdamwSettings settings;
    settings.step = number;
    settings.clearGradients = true;
    for (Trainable& trainable : benchCase.trainables)
        gpu::adamwStep(trainable.values, trainable.values.grad(), trainable.first, trainable.second, settings);
    const double end = now();
    if (number == 1)
        return; // warming up
    benchCase.seconds.push_back(end - start);
    benchCase.forward.push_back(between - start);
    benchCase.backward.push_back(after - between);
    benchCase.optimiser.push_back(end - after);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

PackedBatch randomBatch(const Options& options, std::int64_t vocabulary)
{
    PackedBatch batch;
    const std::int64_t tokens = options.sequences * options.length;
    batch.tokens = torch::randint(vocabulary, {tokens}, torch::kInt64);
    batch.labels = torch::randint(vocabulary, {tokens}, torch::kInt64);
    batch.positions = torch::arange(options.length, torch::kInt64).repeat({options.sequences});
    for (std::int64_t sequence = 0; sequence <= options.sequences; ++sequence)
        batch.starts.push_back(sequence * options.length);
    return batch;
}

Result<std::shared_ptr<Decoder>> makeDecoder(const Options& options)
{
    const torch::Dtype type = options.dtype == "bfloat16" ? torch::kBFloat16 : torch::kFloat32;
    if (options.model.empty())
        return Decoder::randomFrozen(configOf(options), type, torch::kCPU);
    HILO_TRY(const ModelSource source, openModel(options.model));
    return Decoder::load(source, type, torch::kCPU);
}

/// dtype: of the weights that were multiplied.
void report(const std::vector<Case>& cases, double tokens, const std::string& dtype, bool json)
{
    Json document = Json::object();
    const auto secondsOf = [&](const std::string& name) {
        for (const Case& benchCase : cases)
            if (benchCase.name == name)
                return median(benchCase.seconds);
        return 0.0;
    };
    if (!json)
        std::printf("Weights in %s\n\n| case | tokens/s | step ms | forward ms | backward ms | AdamW ms | / lora |\n"
                    "| --- | --- | --- | --- | --- | --- | --- |\n",
                    dtype.c_str());
    for (const Case& benchCase : cases) {
        const double seconds = median(benchCase.seconds);
        document[benchCase.name] = {{"dtype", dtype},
                                    {"tokens_per_second", tokens / seconds},
                                    {"seconds", seconds},
                                    {"forward", median(benchCase.forward)},
                                    {"backward", median(benchCase.backward)},
                                    {"adamw", median(benchCase.optimiser)}};
        if (!json)
            std::printf("| %s | %.1f | %.0f | %.0f | %.0f | %.1f | %.3f |\n", benchCase.name.c_str(), tokens / seconds,
                        seconds * 1e3, median(benchCase.forward) * 1e3, median(benchCase.backward) * 1e3,
                        median(benchCase.optimiser) * 1e3, secondsOf("lora") > 0 ? seconds / secondsOf("lora") : 0.0);
    }
    const double none = secondsOf("none"), mixture = secondsOf("mixture"), loop = secondsOf("loop");
    if (json)
        std::cout << document.dump(2) << '\n';
    else if (none > 0 && mixture > 0 && loop > 0)
        std::printf("\nThe mixture's overhead over no adapter is %.2f of the loop's.\n",
                    (mixture - none) / (loop - none));
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    CLI::App app{"Tokens per second of a training step"};
    app.add_option("--layers", options.layers);
    app.add_option("--hidden", options.hidden);
    app.add_option("--heads", options.heads);
    app.add_option("--key-value-heads", options.keyValueHeads);
    app.add_option("--intermediate", options.intermediate);
    app.add_option("--vocabulary", options.vocabulary);
    app.add_option("--sequences", options.sequences);
    app.add_option("--length", options.length, "tokens of a sequence");
    app.add_option("--repeat", options.repeat, "measured steps of each case, after one to warm up");
    app.add_option("--rank", options.rank, "total rank of a module");
    app.add_option("--threads", options.threads);
    app.add_option("--logit-bytes", options.logitBytes, "of logits at once; with few the vocabulary is cut, too");
    app.add_option("--model", options.model, "a model folder or .gguf file instead of random weights");
    app.add_option("--dtype", options.dtype, "of the model: float32 or bfloat16")
        ->check(CLI::IsMember({"float32", "bfloat16"}));
    app.add_option("--cases", options.cases)->delimiter(',');
    app.add_flag("--recompute", options.recompute, "activation checkpointing");
    app.add_flag("--json", options.json);
    CLI11_PARSE(app, argc, argv);
    Compute compute;
    compute.threads = static_cast<int>(options.threads);
    applyCompute(compute);
    torch::manual_seed(1);

    const auto decoder = makeDecoder(options);
    if (!decoder) {
        std::cerr << describe(decoder.error()) << '\n';
        return static_cast<int>(decoder.error().code);
    }
    const PackedBatch batch = randomBatch(options, (*decoder)->config().vocabulary);
    std::vector<Case> cases;
    for (const std::string& name : options.cases)
        cases.push_back(makeCase(name, (*decoder)->config(), options));
    for (std::int64_t number = 1; number <= options.repeat + 1; ++number)
        for (Case& benchCase : cases)
            step(benchCase, **decoder, batch, options, number);
    const std::string dtype = (*decoder)->moduleWeight(0, 0).scalar_type() == torch::kBFloat16 ? "bfloat16" : "float32";
    report(cases, static_cast<double>(options.sequences * options.length), dtype, options.json);
    return 0;
}
