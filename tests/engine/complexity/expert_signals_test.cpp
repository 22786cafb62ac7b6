// SPDX-License-Identifier: GPL-3.0-or-later
// Signals of a mixture base's own experts against a plain computation, expert by expert.
#include "engine/model/fixtures.h"

#include "allocation/profile_writer.h"
#include "engine/complexity/activation_signals.h"
#include "engine/complexity/gradient_signals.h"
#include "engine/complexity/spectrum_means.h"
#include "engine/complexity/spectrum_measures.h"
#include "engine/complexity/weight_signals.h"
#include "engine/model/decoder_state.h"
#include "formats/base_expert_modules.h"
#include "formats/mixture_layout.h"
#include "support/testing.h"

#include <torch/nn/functional/loss.h>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

constexpr const char* gateAndUp = "experts.gate_up_proj";
constexpr const char* down = "experts.down_proj";

/// Four rows of tokens that the fixture's vocabulary has, the last two of each with labels.
std::vector<CalibrationBatch> batchesOf(std::int64_t vocabulary)
{
    std::vector<TokenisedExample> examples;
    for (int row = 0; row < 4; ++row) {
        TokenisedExample example;
        for (int token = 0; token < 7 + row; ++token)
            example.tokens.push_back(static_cast<std::int32_t>((row * (5 + token) + token * 17 + 3) % vocabulary));
        example.answerStart = 5 + row;
        example.answers = {{5 + row, 7 + row}};
        examples.push_back(example);
    }
    return calibrationBatches(examples, {0, 1, 2, 3}, 15, LossOn::Answer);
}

struct Loaded
{
    explicit Loaded(const std::string& name) : source(REQUIRE_OK(openModel(fixtureFolder(name))))
    {
        state->config = source.config;
        for (const auto& [path, tensor] : loadFixture(name)->tensors())
            state->tensors[path] = tensor.clone();
        for (std::int64_t layer = 0; layer < source.config.layers; ++layer) {
            const MixtureNames names = mixtureNames(source.config, layer);
            for (const GatedMlpNames& mlp : names.mlps)
                for (const std::string& path : {mlp.gate, mlp.up, mlp.down})
                    state->tensors.at(path + ".weight").requires_grad_(true);
            if (!names.in.empty())
                for (const std::string& path : {names.in, names.out})
                    state->tensors.at(path).requires_grad_(true);
        }
        state->assemble();
        decoder = std::make_shared<Decoder>(state);
    }

    /// The stored tensors of which an expert's weight is made, and its part of each.
    std::vector<std::pair<Tensor, std::int64_t>> stored(std::int64_t layer, const std::string& module,
                                                        std::int64_t expert) const
    {
        const MixtureNames names = mixtureNames(source.config, layer);
        const bool isDown = module == down;
        if (names.mlps.empty())
            return {{state->tensors.at(isDown ? names.out : names.in), expert}};
        const GatedMlpNames& own = names.mlps[static_cast<std::size_t>(expert)];
        if (isDown)
            return {{state->tensors.at(own.down + ".weight"), -1}};
        return {{state->tensors.at(own.gate + ".weight"), -1}, {state->tensors.at(own.up + ".weight"), -1}};
    }

    /// Of the whole or of the part, as a matrix with the expert's entries.
    Tensor joined(std::int64_t layer, const std::string& module, std::int64_t expert,
                  const std::function<Tensor(const Tensor&)>& of) const
    {
        std::vector<Tensor> parts;
        for (const auto& [tensor, place] : stored(layer, module, expert)) {
            const Tensor value = of(tensor);
            parts.push_back(place < 0 ? value : value.select(0, place));
        }
        return torch::cat(parts).detach().to(torch::kFloat64);
    }

    Tensor weight(std::int64_t layer, const std::string& module, std::int64_t expert) const
    {
        return joined(layer, module, expert, [](const Tensor& tensor) { return tensor; });
    }

    ModelSource source;
    std::shared_ptr<Decoder::State> state = std::make_shared<Decoder::State>();
    std::shared_ptr<Decoder> decoder;
};

std::vector<double> descendingSquares(const Tensor& matrix)
{
    const Tensor values = torch::linalg_svdvals(matrix.to(torch::kFloat64)).square();
    return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

/// The value of every expert and of the module.
void checkExperts(const ComplexitySignal& signal, const std::string& module, std::int64_t layer,
                  const std::vector<double>& expected, const std::vector<double>& weights)
{
    const auto& found = signal.experts.at(module)[static_cast<std::size_t>(layer)];
    CHECK_EQ(found.size(), expected.size());
    double sum = 0, all = 0;
    for (std::size_t expert = 0; expert < expected.size(); ++expert) {
        if (weights[expert] > 0)
            CHECK_NEAR(found[expert], expected[expert], 1e-3 * std::abs(expected[expert]) + 1e-9);
        else
            CHECK(std::isnan(found[expert]));
        sum += weights[expert] * (weights[expert] > 0 ? expected[expert] : 0);
        all += weights[expert];
    }
    const double mean = signal.modules.at(module)[static_cast<std::size_t>(layer)];
    CHECK_NEAR(mean, sum / all, 1e-3 * std::abs(sum / all) + 1e-9);
}

} // namespace

HILO_TEST(weightSignalsAreMeansOverTheExperts)
{
    for (const std::string name : {"qwen3_moe", "qwen3_moe-fused", "mixtral", "granitemoe", "gpt_oss", "gpt_oss-mxfp4",
                                   "gemma4-experts", "qwen2_moe"}) {
        const Loaded model(name);
        const SignalSet set = REQUIRE_OK(measureWeights(
            model.source, {"stable_rank", "spectral_norm", "frobenius_norm", "hill_half", "pl_alpha_hill"}, {}, {}));
        const ModuleGrid grid = mapGrid(model.source.config);
        for (std::size_t layer = 0; layer < grid.layers(); ++layer)
            for (const ModuleShape& shape : grid.layer(layer)) {
                const auto index = static_cast<std::int64_t>(layer);
                CHECK(std::isfinite(set.signals.at("pl_alpha_hill").modules.at(shape.name)[layer]));
                if (shape.baseExperts == 0)
                    continue;
                std::vector<double> stable, spectral, frobenius, hill;
                std::vector<std::vector<double>> spectra;
                for (std::int64_t expert = 0; expert < shape.baseExperts; ++expert) {
                    const std::vector<double> squares = descendingSquares(model.weight(index, shape.name, expert));
                    double sum = 0;
                    for (const double value : squares)
                        sum += value;
                    stable.push_back(sum / squares.front());
                    spectral.push_back(std::sqrt(squares.front()));
                    frobenius.push_back(std::sqrt(sum));
                    hill.push_back(hillOfHalf({squares.rbegin(), squares.rend()}));
                    spectra.push_back(squares);
                }
                const std::vector<double> alike(stable.size(), 1);
                checkExperts(set.signals.at("stable_rank"), shape.name, index, stable, alike);
                checkExperts(set.signals.at("spectral_norm"), shape.name, index, spectral, alike);
                checkExperts(set.signals.at("frobenius_norm"), shape.name, index, frobenius, alike);
                checkExperts(set.signals.at("hill_half"), shape.name, index, hill, alike);
                // The drawn spectrum is their mean, and its sum the mean sum.
                const std::vector<double> mean = meanSpectrum(spectra, alike);
                const ComplexitySignal& drawn = set.signals.at("stable_rank");
                CHECK_NEAR(drawn.spectra.at(shape.name)[layer].front(), mean.front(), 1e-3 * mean.front());
                CHECK_EQ(drawn.spectra.at(shape.name)[layer].size(), mean.size());
            }
        // The layer's value is the mean over all of its modules.
        const ComplexitySignal& signal = set.signals.at("frobenius_norm");
        double sum = 0, count = 0;
        for (const auto& [module, values] : signal.modules)
            if (!std::isnan(values[1])) {
                sum += values[1];
                ++count;
            }
        CHECK_EQ(count, static_cast<double>(grid.layer(1).size()));
        CHECK_NEAR(signal.layers[1], sum / count, 1e-9 * std::abs(sum));
    }
}

/// Where every token passes an expert of modules, too, its input is that of the others: they are routed by hand.
HILO_TEST(activationSignalsAreMeansOverTheRoutedRows)
{
    const torch::NoGradGuard noGradients;
    for (const std::string name : {"qwen2_moe", "granitemoeshared"}) {
        const Loaded model(name);
        const ModelConfig& config = model.source.config;
        const BaseMixture& mixture = config.mixture;
        const std::vector<CalibrationBatch> batches = batchesOf(config.vocabulary);
        StreamedModel streamed = REQUIRE_OK(StreamedModel::open(model.source, torch::kFloat32, torch::kCPU));
        const std::set<std::string> wanted{"activation_effective_rank", "activation_participation_ratio",
                                           "explained_variance", "outlier_ratio"};
        const SignalSet set = REQUIRE_OK(measureActivations(streamed, batches, wanted, {})).set;
        std::map<std::int64_t, std::vector<Tensor>> inputs;
        ForwardObserver observer;
        observer.moduleInput = [&](std::int64_t layer, int group, const Tensor& input) {
            if (group == 2)
                inputs[layer].push_back(input.to(torch::kFloat64));
        };
        for (const CalibrationBatch& batch : batches)
            model.decoder->hidden(batch.packed, {nullptr, &observer});
        for (std::int64_t layer = 0; layer < config.layers; ++layer) {
            if (!mixture.hasExperts(layer))
                continue;
            const Tensor x = torch::cat(inputs.at(layer));
            const Tensor router = model.state->layers[static_cast<std::size_t>(layer)].mixture.router;
            const Tensor chosen =
                std::get<1>(torch::mm(x, router.to(torch::kFloat64).t()).sort(1, true)).narrow(1, 0, mixture.active);
            for (const char* module : {gateAndUp, down}) {
                std::vector<double> effective, participation, explained, outliers, counts;
                for (std::int64_t expert = 0; expert < mixture.experts; ++expert) {
                    const Tensor rows = chosen.eq(expert).any(1).nonzero().flatten();
                    counts.push_back(static_cast<double>(rows.numel()));
                    Tensor own = x.index_select(0, rows);
                    if (module == std::string(down)) {
                        const Tensor both = torch::mm(own, model.weight(layer, gateAndUp, expert).t());
                        own = torch::silu(both.narrow(1, 0, mixture.intermediate)) *
                              both.narrow(1, mixture.intermediate, mixture.intermediate);
                    }
                    if (rows.numel() == 0) {
                        for (auto* list : {&effective, &participation, &explained, &outliers})
                            list->push_back(0);
                        continue;
                    }
                    const Tensor centred = own - own.mean(0, true);
                    std::vector<double> squares = descendingSquares(centred);
                    double sum = 0, ofSquares = 0, entropy = 0;
                    for (const double value : squares) {
                        sum += value;
                        ofSquares += value * value;
                    }
                    for (const double value : squares)
                        entropy -= sum > 0 && value > 0 ? value / sum * std::log(value / sum) : 0;
                    effective.push_back(sum > 1e-20 ? std::exp(entropy) : 0);
                    participation.push_back(sum > 1e-20 ? sum * sum / ofSquares : 0);
                    double share = 0, directions = 0;
                    for (const double value : squares) {
                        if (share >= 0.9 * sum)
                            break;
                        share += value;
                        ++directions;
                    }
                    explained.push_back(sum > 1e-20 ? directions : 0);
                    const Tensor entries =
                        model.weight(layer, module, expert).abs() * own.square().sum(0).sqrt().unsqueeze(0);
                    outliers.push_back(entries.gt(5 * entries.mean()).to(torch::kFloat64).mean().item<double>());
                }
                checkExperts(set.signals.at("activation_participation_ratio"), module, layer, participation, counts);
                checkExperts(set.signals.at("activation_effective_rank"), module, layer, effective, counts);
                checkExperts(set.signals.at("explained_variance"), module, layer, explained, counts);
                checkExperts(set.signals.at("outlier_ratio"), module, layer, outliers, counts);
                const auto& shares =
                    set.signals.at("explained_variance").spectra.at(module)[static_cast<std::size_t>(layer)];
                CHECK(std::is_sorted(shares.rbegin(), shares.rend()));
            }
        }
    }
}

HILO_TEST(gradientSignalsEqualAutogradThroughTheWholeModel)
{
    for (const std::string name : {"qwen3_moe", "granitemoe", "gpt_oss", "gemma4-experts", "qwen2_moe"}) {
        const Loaded model(name);
        const ModelConfig& config = model.source.config;
        const std::vector<CalibrationBatch> batches = batchesOf(config.vocabulary);
        StreamedModel streamed = REQUIRE_OK(StreamedModel::open(model.source, torch::kFloat32, torch::kCPU));
        const SignalSet set = REQUIRE_OK(measureGradients(
            streamed, batches, batches,
            {"squared_gradient", "fisher", "gradient_norm", "weight_gradient", "whitened_gradient", "influence"}, {}));
        // Every sample's gradients of the stored tensors.
        std::vector<Tensor> leaves;
        for (const auto& [path, tensor] : model.state->tensors)
            if (tensor.requires_grad())
                leaves.push_back(tensor);
        std::vector<std::map<const void*, Tensor>> samples;
        for (const CalibrationBatch& batch : batches)
            for (std::size_t sequence = 0; sequence < batch.samples.size(); ++sequence) {
                const std::int64_t begin = batch.packed.starts[sequence], end = batch.packed.starts[sequence + 1];
                const std::vector<std::int64_t> tokens(batch.packed.tokens.data_ptr<std::int64_t>() + begin,
                                                       batch.packed.tokens.data_ptr<std::int64_t>() + end);
                const Tensor logits = model.decoder->logits(model.decoder->hidden(pack({tokens})));
                const Tensor loss =
                    torch::nn::functional::cross_entropy(logits, batch.packed.labels.slice(0, begin, end));
                const auto gradients = torch::autograd::grad({loss}, leaves, {}, c10::nullopt, false, true);
                auto& own = samples.emplace_back();
                for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf)
                    own[leaves[leaf].data_ptr()] =
                        gradients[leaf].defined() ? gradients[leaf] : torch::zeros_like(leaves[leaf]);
            }
        CHECK_EQ(samples.size(), 4u);
        for (std::int64_t layer = 0; layer < config.layers; ++layer)
            for (const ModuleShape& shape : baseExpertModules(config, layer)) {
                std::vector<double> squares, fisher, products;
                for (std::int64_t expert = 0; expert < shape.baseExperts; ++expert) {
                    Tensor sum;
                    double square = 0;
                    for (const auto& sample : samples) {
                        const Tensor gradient =
                            model.joined(layer, shape.name, expert,
                                         [&sample](const Tensor& tensor) { return sample.at(tensor.data_ptr()); });
                        square += gradient.square().sum().item<double>() / 4;
                        sum = sum.defined() ? sum + gradient : gradient;
                    }
                    squares.push_back(square);
                    fisher.push_back(square / static_cast<double>(shape.in * shape.out));
                    products.push_back((model.weight(layer, shape.name, expert) * sum / 4).abs().mean().item<double>());
                }
                const std::vector<double> alike(squares.size(), 1);
                checkExperts(set.signals.at("squared_gradient"), shape.name, layer, squares, alike);
                checkExperts(set.signals.at("fisher"), shape.name, layer, fisher, alike);
                checkExperts(set.signals.at("weight_gradient"), shape.name, layer, products, alike);
                const double whitened =
                    set.signals.at("whitened_gradient").modules.at(shape.name)[static_cast<std::size_t>(layer)];
                CHECK(std::isfinite(whitened) && whitened > 0);
                CHECK(
                    std::isfinite(set.signals.at("influence").modules.at(shape.name)[static_cast<std::size_t>(layer)]));
            }
    }
}

HILO_TEST(meansOfSpectraCountByWeight)
{
    const std::vector<double> mean = meanSpectrum({{4, 2, 1}, {8}, {1, 1}}, {1, 3, 0});
    CHECK_EQ(mean.size(), 3u);
    CHECK_NEAR(mean[0], 7, 1e-12);
    CHECK_NEAR(mean[1], 0.5, 1e-12);
    CHECK_NEAR(mean[2], 0.25, 1e-12);
}
