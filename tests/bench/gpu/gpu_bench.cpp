// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens per second, MFU and peak memory of a training step (forward, cross-entropy, backward, clipped AdamW) for the
// shapes of published models with random weights. MFU counts 4 operations a token and base parameter: a frozen base has
// no weight gradients. The cases take turns, so that a throttling card slows all of them.
#include "bench/gpu/shapes.h"
#include "bench/loop_adapter.h"

#include "allocation/memory_estimate.h"
#include "allocation/parameters.h"
#include "base/json.h"
#include "engine/adapter/adapter.h"
#include "engine/base/compute.h"
#include "engine/base/torch_device.h"
#include "engine/model/decoder.h"
#include "formats/expected_tensors.h"
#include "gpu/device.h"
#include "gpu/operators/adamw.h"
#include "gpu/operators/cross_entropy.h"
#include "gpu/step_graph.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>

using namespace hilo;
using torch::Tensor;

namespace {

struct Options
{
    std::string shape = "llama-3-8b", device = "auto", dtype = "auto", quantisation = "none";
    std::vector<std::int64_t> lengths{512, 2048, 4096};
    std::vector<std::string> cases{"none", "lora", "mola-5555", "hilo", "loop"};
    std::int64_t tokens = 8192, repeat = 5;
    double dropout = 0;
    bool recompute = false, graph = false, json = false;
};

struct Trainable
{
    Tensor values;
    Tensor first;
    Tensor second;
};

struct Case
{
    std::string name;
    AllocationMap map;
    std::shared_ptr<ModuleAdapter> adapter;
    std::shared_ptr<MixtureAdapter> mixture;
    std::vector<Trainable> trainables;
    std::unique_ptr<gpu::StepGraph> graph; ///< only where steps are replayed
    std::vector<double> seconds;
    std::uint64_t peak = 0;
};

Case makeCase(const std::string& name, const ModelConfig& config, const Options& options, torch::Device device)
{
    Case result;
    result.name = name;
    if (name == "none") {
        result.map.layers.resize(static_cast<std::size_t>(config.layers));
        result.adapter = std::make_shared<bench::GradientSource>(device);
        return result;
    }
    result.map = bench::mapOf(name == "loop" ? "hilo" : name, config);
    std::vector<Tensor> parameters;
    if (name == "loop") {
        const auto loop = std::make_shared<bench::LoopAdapter>(config, result.map, device);
        parameters = loop->parameters();
        result.adapter = loop;
    } else {
        AdapterSettings settings;
        settings.dropout = options.dropout;
        result.mixture = MixtureAdapter::create(config, result.map, settings, device);
        parameters = {result.mixture->parameters()};
        result.adapter = result.mixture;
    }
    for (const Tensor& one : parameters)
        result.trainables.push_back({one, torch::zeros_like(one.detach()), torch::zeros_like(one.detach())});
    return result;
}

PackedBatch randomBatch(std::int64_t sequences, std::int64_t length, std::int64_t vocabulary)
{
    PackedBatch batch;
    const std::int64_t tokens = sequences * length;
    batch.tokens = torch::randint(vocabulary, {tokens}, torch::kInt64);
    batch.labels = torch::randint(vocabulary, {tokens}, torch::kInt64);
    batch.labelled = torch::arange(tokens, torch::kInt64);
    batch.positions = torch::arange(length, torch::kInt64).repeat({sequences});
    for (std::int64_t sequence = 0; sequence <= sequences; ++sequence)
        batch.starts.push_back(sequence * length);
    batch.bounds = torch::arange(0, tokens + 1, length, torch::kInt32);
    batch.longest = length;
    return batch;
}

/// Steps that are not measured: the first one, or those until the step is recorded.
std::int64_t warmUps(const Options& options)
{
    return options.graph ? 3 : 1;
}

void step(Case& one, const Decoder& decoder, const PackedBatch& batch, const Options& options, const Compute& compute,
          std::int64_t number)
{
    if (compute.onGpu()) {
        gpu::waitForDevice(compute.gpu());
        gpu::resetPeakMemory(compute.gpu());
    }
    const auto start = std::chrono::steady_clock::now();
    if (one.mixture)
        one.mixture->startTraining(number, 0);
    ForwardOptions forward;
    forward.adapter = one.adapter.get();
    forward.recomputeActivations = options.recompute;
    const PackedBatch packed = batch.to(decoder.device());
    gpu::CrossEntropyOptions lossOptions;
    lossOptions.labelled = packed.labelled;
    if (compute.onGpu())
        lossOptions.logitBytes = std::int64_t{512} << 20;
    const auto differentiate = [&] {
        const Tensor loss = gpu::chunkedCrossEntropy(decoder.hidden(packed, forward), decoder.outputWeight(),
                                                     packed.labels, lossOptions) /
                            static_cast<double>(packed.labels.numel());
        loss.backward();
    };
    if (one.graph)
        one.graph->run(differentiate);
    else
        differentiate();
    gpu::AdamwSettings settings;
    settings.step = number;
    settings.clearGradients = true;
    for (Trainable& trainable : one.trainables) {
        const Tensor gradient = trainable.values.grad();
        gpu::adamwStep(trainable.values, gradient, trainable.first, trainable.second, settings,
                       gpu::gradientNorm(gradient), 1.0);
    }
    if (compute.onGpu())
        gpu::waitForDevice(compute.gpu());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    one.peak = std::max(one.peak, peakMemory(compute));
    if (number > warmUps(options))
        one.seconds.push_back(seconds);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::uint64_t estimated(const Case& one, const ModelConfig& config, const Options& options, const Compute& compute,
                        std::int64_t length)
{
    EstimateSettings settings;
    settings.batch = largestBatch(options.tokens / length, length);
    settings.baseBytes = compute.dtype == "bfloat16" ? 2 : 4;
    settings.linearBytes = quantisedBytes(options.quantisation);
    settings.onGpu = compute.onGpu();
    settings.recomputeActivations = options.recompute;
    return static_cast<std::uint64_t>(
        estimateMemory(one.map, config, settings, settings.onGpu ? gpuConstants() : cpuConstants()).total);
}

/// All cases of one sequence length.
Json measure(const ModelConfig& config, const Decoder& decoder, const Options& options, const Compute& compute,
             std::int64_t length)
{
    // A replayed step reads its batch where it was when the step was recorded.
    const PackedBatch batch = randomBatch(std::max<std::int64_t>(1, options.tokens / length), length, config.vocabulary)
                                  .to(options.graph ? decoder.device() : torch::Device(torch::kCPU));
    Json rows = Json::array();
    double plain = 0;
    for (const std::string& name : options.cases) {
        // One after the other: two cases' optimisers would share the card's memory.
        Case one = makeCase(name, config, options, decoder.device());
        if (options.graph)
            one.graph = std::make_unique<gpu::StepGraph>(decoder.device().is_cuda());
        for (std::int64_t number = 1; number <= options.repeat + warmUps(options); ++number)
            step(one, decoder, batch, options, compute, number);
        const double seconds = median(one.seconds);
        const double rate = static_cast<double>(batch.tokenCount()) / seconds;
        plain = name == "lora" ? seconds : plain;
        rows.push_back(
            {{"shape", options.shape},
             {"sequence", length},
             {"case", name},
             {"quantisation", options.quantisation},
             {"graph", options.graph},
             {"tokens_per_second", rate},
             {"mfu_4n",
              compute.peakFlops > 0 ? rate * 4 * static_cast<double>(parameterCount(config)) / compute.peakFlops : 0},
             {"peak_bytes", one.peak},
             {"estimated_bytes", estimated(one, config, options, compute, length)},
             {"seconds", seconds},
             {"times_lora", plain > 0 ? seconds / plain : 0}});
        if (compute.onGpu())
            gpu::releaseCachedMemory();
    }
    return rows;
}

std::optional<gpu::WeightFormat> formatOf(const std::string& name)
{
    if (name == "nf4")
        return gpu::WeightFormat::Nf4;
    if (name == "int8")
        return gpu::WeightFormat::Int8;
    return name == "fp8" ? std::optional(gpu::WeightFormat::E4m3) : std::nullopt;
}

void print(const Json& rows)
{
    std::printf("| shape | sequence | case | tokens/s | MFU (4N) | peak GiB | estimate | time / lora |\n"
                "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (const Json& row : rows)
        std::printf("| %s | %lld | %s | %.0f | %.1f %% | %.2f | %.2f | %.3f |\n",
                    row["shape"].get<std::string>().c_str(), row["sequence"].get<long long>(),
                    row["case"].get<std::string>().c_str(), row["tokens_per_second"].get<double>(),
                    100 * row["mfu_4n"].get<double>(), row["peak_bytes"].get<double>() / (1 << 30),
                    row["estimated_bytes"].get<double>() / (1 << 30), row["times_lora"].get<double>());
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    CLI::App app{"Training steps in the shapes of published models"};
    app.add_option("--shape", options.shape)->check(CLI::IsMember(bench::shapeNames()));
    app.add_option("--sequence", options.lengths, "tokens of a sequence, several by commas")->delimiter(',');
    app.add_option("--cases", options.cases, "none, lora, mola-5555, hilo, loop")
        ->delimiter(',')
        ->check(CLI::IsMember({"none", "lora", "mola-5555", "hilo", "loop"}));
    app.add_option("--tokens", options.tokens, "of a step, at least one sequence");
    app.add_option("--repeat", options.repeat, "measured steps, after those that warm up")->check(CLI::PositiveNumber);
    app.add_option("--device", options.device, "auto, cpu or cuda:0");
    app.add_option("--dtype", options.dtype)->check(CLI::IsMember({"auto", "float32", "bfloat16"}));
    app.add_option("--quantisation", options.quantisation)->check(CLI::IsMember({"none", "nf4", "int8", "fp8"}));
    app.add_option("--dropout", options.dropout);
    app.add_flag("--recompute", options.recompute, "activation checkpointing");
    app.add_flag("--graph", options.graph, "replay steps that were recorded once (training.cuda_graph); on a GPU only");
    app.add_flag("--json", options.json);
    CLI11_PARSE(app, argc, argv);

    const ModelConfig config = *bench::shapeOf(options.shape);
    const Result<Compute> compute = chooseCompute(config, options.device, options.dtype, 0);
    if (!compute) {
        std::cerr << describe(compute.error()) << '\n';
        return static_cast<int>(compute.error().code);
    }
    if (options.graph && !compute->onGpu()) {
        std::cerr << "--graph needs a GPU\n";
        return static_cast<int>(ErrorCode::WrongUsage);
    }
    applyCompute(*compute);
    torch::manual_seed(1);
    Json rows = Json::array();
    try {
        const auto decoder =
            Decoder::randomFrozen(config, torchType(*compute), torchDevice(*compute), formatOf(options.quantisation));
        for (const std::int64_t length : options.lengths)
            for (const Json& row : measure(config, *decoder, options, *compute, length))
                rows.push_back(row);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return static_cast<int>(ErrorCode::Internal);
    }
    if (options.json)
        std::cout << Json{{"device", compute->onGpu() ? gpu::deviceName(compute->gpu()) : "cpu"},
                          {"dtype", compute->dtype},
                          {"rows", rows}}
                         .dump(2)
                  << '\n';
    else
        print(rows);
    return 0;
}
