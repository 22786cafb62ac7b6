// SPDX-License-Identifier: GPL-3.0-or-later
// What a map that moves costs: the processor's seconds of a training's steps, changes of the map with them, by method
// beside those of the static map. The cases take turns.
#include "bench_shape.h"

#include "base/json.h"
#include "engine/base/compute.h"
#include "engine/train/trainer.h"
#include "formats/layer_modules.h"

#include "allocation/parameters.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <ctime>
#include <iostream>

using namespace hilo;

namespace {

struct Options : BenchShape
{
    std::int64_t sequences = 2, steps = 60, every = 20, threads = 1;
    int experts = 4, rank = 8;
    std::string dtype = "float32";
};

AllocationMap mapOf(const ModelConfig& config, const Options& options)
{
    AllocationMap map;
    map.name = map.strategy = "bench";
    map.architecture = config.architecture;
    map.layers.resize(static_cast<std::size_t>(config.layers));
    const ModuleAllocation module{std::vector<int>(static_cast<std::size_t>(options.experts), options.rank),
                                  std::min(2, options.experts), 16, 0};
    for (auto& layer : map.layers)
        for (const ModuleShape& shape : layerModules(config, 0))
            layer[shape.name] = module;
    return map;
}

std::vector<TokenisedExample> rowsOf(const Options& options)
{
    torch::manual_seed(2);
    std::vector<TokenisedExample> rows(static_cast<std::size_t>(options.sequences * 8));
    for (TokenisedExample& row : rows) {
        const torch::Tensor tokens = torch::randint(options.vocabulary, {options.length}, torch::kInt32);
        row.tokens.assign(tokens.data_ptr<std::int32_t>(), tokens.data_ptr<std::int32_t>() + options.length);
        row.answerStart = 1;
        row.answers.emplace_back(1, options.length);
    }
    return rows;
}

struct Case
{
    std::string method;
    std::shared_ptr<MixtureAdapter> adapter;
    std::unique_ptr<Trainer> trainer;
    double seconds = 0, changing = 0;
    std::int64_t steps = 0, changes = 0, moved = 0;
};

/// Of the processor, all threads: what else a machine does counts for less.
double now()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    std::vector<std::string> methods{"none", "balanced-live", "elalora", "adalora"};
    CLI::App app{"Seconds of training steps by reallocation method"};
    app.add_option("--layers", options.layers);
    app.add_option("--hidden", options.hidden);
    app.add_option("--heads", options.heads);
    app.add_option("--key-value-heads", options.keyValueHeads);
    app.add_option("--intermediate", options.intermediate);
    app.add_option("--vocabulary", options.vocabulary);
    app.add_option("--sequences", options.sequences);
    app.add_option("--length", options.length, "tokens of a sequence");
    app.add_option("--steps", options.steps, "of each case, one to warm up among them");
    app.add_option("--every", options.every, "steps between changes");
    app.add_option("--experts", options.experts);
    app.add_option("--rank", options.rank);
    app.add_option("--threads", options.threads);
    app.add_option("--methods", methods)->delimiter(',');
    app.add_option("--dtype", options.dtype, "of the model: float32 or bfloat16")
        ->check(CLI::IsMember({"float32", "bfloat16"}));
    CLI11_PARSE(app, argc, argv);
    Compute compute;
    compute.threads = static_cast<int>(options.threads);
    applyCompute(compute);
    torch::manual_seed(1);
    const ModelConfig config = configOf(options);
    const std::shared_ptr<Decoder> decoder =
        Decoder::randomFrozen(config, options.dtype == "bfloat16" ? torch::kBFloat16 : torch::kFloat32, torch::kCPU);
    const AllocationMap map = mapOf(config, options);
    std::vector<Case> cases;
    for (const std::string& method : methods) {
        TrainingSpec training;
        training.steps = options.steps;
        training.batchSize = options.sequences;
        training.maxLength = options.length;
        training.schedule = Schedule::Constant;
        training.reallocation = {method, 0, 1, options.every, 0};
        if (method == "adalora")
            training.reallocation.budget = countParameters(map, config).trainable() * 2 / 3;
        Case one{method, MixtureAdapter::create(config, map, adapterSettings(training), torch::kCPU), nullptr};
        one.trainer = std::make_unique<Trainer>(decoder, one.adapter, rowsOf(options), training);
        cases.push_back(std::move(one));
    }
    for (std::int64_t step = 0; step < options.steps; ++step)
        for (Case& one : cases) {
            const double start = now();
            one.trainer->step();
            const double between = now();
            const auto change = one.trainer->reallocate();
            const double end = now();
            if (step == 0)
                continue; // warming up
            one.seconds += end - start;
            one.changing += end - between;
            ++one.steps;
            one.changes += change.has_value();
            one.moved += change ? change->moved : 0;
        }
    Json document = Json::object();
    for (const Case& one : cases)
        document[one.method] = {{"seconds_per_step", one.seconds / static_cast<double>(one.steps)},
                                {"of_it_changing", one.changing / static_cast<double>(one.steps)},
                                {"over_first", one.seconds / cases.front().seconds},
                                {"changes", one.changes},
                                {"moved_ranks", one.moved},
                                {"parameters", countParameters(one.adapter->map(), config).trainable()},
                                {"first_parameters", countParameters(map, config).trainable()}};
    std::cout << document.dump(2) << '\n';
    return 0;
}
