// SPDX-License-Identifier: GPL-3.0-or-later
// Gradients of samples against autograd through the whole model, and the formulas on them against their definitions.
#include "engine/model/fixtures.h"

#include "engine/complexity/gradient_signals.h"
#include "engine/complexity/necessity.h"
#include "engine/complexity/sample_losses.h"
#include "engine/complexity/token_gradients.h"
#include "formats/layer_modules.h"
#include "support/testing.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/functional/loss.h>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

Tensor noise(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    return torch::randn({rows, columns}, at::detail::createCPUGenerator(seed));
}

TokenGradients madeTokens(std::int64_t in, std::int64_t out)
{
    return {noise(17, in, 1), noise(17, out, 2), {0, 4, 5, 11, 17}};
}

std::vector<Tensor> sampleGradients(const TokenGradients& tokens)
{
    std::vector<Tensor> gradients;
    for (std::int64_t sample = 0; sample < tokens.samples(); ++sample)
        gradients.push_back(gradientSum(tokens.slice(sample, sample + 1)).to(torch::kFloat64));
    return gradients;
}

/// Four rows of tokens that the fixture's vocabulary has, the last two of each with labels.
std::vector<CalibrationBatch> batchesOf(std::int64_t vocabulary)
{
    std::vector<TokenisedExample> examples;
    for (int row = 0; row < 4; ++row) {
        TokenisedExample example;
        for (int token = 0; token < 5 + row; ++token)
            example.tokens.push_back(static_cast<std::int32_t>((row * 31 + token * 17 + 3) % vocabulary));
        example.answerStart = 3 + row;
        example.answers = {{3 + row, 5 + row}};
        examples.push_back(example);
    }
    return calibrationBatches(examples, {0, 1, 2, 3}, 11, LossOn::Answer);
}

StreamedModel streamed(const std::string& name)
{
    return REQUIRE_OK(StreamedModel::open(REQUIRE_OK(openModel(fixtureFolder(name))), torch::kFloat32, torch::kCPU));
}

} // namespace

HILO_TEST(sumsNormsAndProductsAreThoseOfTheSamples)
{
    // 4 + 3 and 40 + 30 wide: one makes the norm from pairs of tokens, the other from the gradient.
    for (const auto& [in, out] : {std::pair{4, 3}, {40, 30}}) {
        const TokenGradients tokens = madeTokens(in, out);
        const std::vector<Tensor> gradients = sampleGradients(tokens);
        const Tensor matrix = noise(out, in, 5);
        const std::vector<double> norms = squaredNorms(tokens);
        const std::vector<double> products = productsWith(tokens, matrix);
        Tensor sum = torch::zeros({out, in}, torch::kFloat64);
        Tensor weighted = sum.clone();
        for (std::size_t sample = 0; sample < gradients.size(); ++sample) {
            const double norm = gradients[sample].square().sum().item<double>();
            CHECK_NEAR(norms[sample], norm, 1e-4 * norm);
            CHECK_NEAR(products[sample], (gradients[sample] * matrix).sum().item<double>(), 1e-3);
            sum += gradients[sample];
            weighted += gradients[sample] * (static_cast<double>(sample) - 1);
        }
        CHECK(largestDifference(gradientSum(tokens), sum) < 1e-4);
        CHECK(largestDifference(gradientSum(tokens, {-1, 0, 1, 2}), weighted) < 1e-4);
    }
}

HILO_TEST(influenceIsTheClosedForm)
{
    const TokenGradients tokens = madeTokens(6, 5);
    const std::vector<Tensor> gradients = sampleGradients(tokens);
    const Tensor validation = noise(5, 6, 8);
    double mean = 0;
    for (const Tensor& gradient : gradients)
        mean += gradient.square().mean().item<double>() / 4;
    const double lambda = 0.1 * mean;
    Tensor inverse = torch::zeros({5, 6}, torch::kFloat64);
    for (const Tensor& gradient : gradients) {
        const double alike = (gradient * validation).sum().item<double>();
        const double norm = gradient.square().sum().item<double>();
        inverse += (validation.to(torch::kFloat64) - gradient * (alike / (lambda + norm))) / (4 * lambda);
    }
    const std::vector<double> found = dataInfluences(tokens, squaredNorms(tokens), validation);
    for (std::size_t sample = 0; sample < gradients.size(); ++sample) {
        const double expected = -(inverse * gradients[sample]).sum().item<double>();
        CHECK_NEAR(found[sample], expected, 1e-3 * std::abs(expected) + 1e-3);
    }
    const TokenGradients none{tokens.input, torch::zeros_like(tokens.gradient), tokens.starts};
    CHECK_EQ(dataInfluences(none, squaredNorms(none), validation), (std::vector<double>(4, 0)));
}

HILO_TEST(aSampleThatPullsLikeTheValidationHelps)
{
    const TokenGradients tokens = madeTokens(6, 5);
    const std::vector<Tensor> gradients = sampleGradients(tokens);
    const std::vector<double> influences =
        dataInfluences(tokens, squaredNorms(tokens), gradients[2].to(torch::kFloat32));
    CHECK(influences[2] < 0);
}

HILO_TEST(theWhitenedSpectrumOfALinearTeacherIsThatOfTheMissingUpdate)
{
    // y = W* x with squared loss and a student W = 0: G = -W* C, so that G C^(-1/2) = -W* C^(1/2).
    const Tensor x = torch::mm(noise(500, 8, 1), torch::diag(torch::linspace(0.5, 3, 8)));
    const Tensor teacher = torch::mm(noise(6, 2, 2), noise(2, 8, 3));
    const Tensor moment = torch::mm(x.t(), x) / 500;
    const Tensor gradient = -torch::mm(teacher, moment);
    const auto decomposed = torch::linalg_eigh(moment, "L");
    const Tensor root = torch::mm(std::get<1>(decomposed),
                                  torch::mm(std::get<0>(decomposed).sqrt().diag(), std::get<1>(decomposed).t()));
    const Tensor expected = torch::linalg_svdvals(torch::mm(teacher, root), c10::nullopt).square();
    const std::vector<double> found = whitenedSpectrum(gradient, inputFactor(x, 1e-9));
    for (std::size_t index = 0; index < 6; ++index)
        CHECK_NEAR(found[index], expected[static_cast<std::int64_t>(index)].item<double>(), 1e-3 * found[0]);
    // The update has rank two, and so has the curve.
    CHECK(found[2] < 1e-6 * found[0]);
}

HILO_TEST(squaredGradientsEqualAutogradThroughTheWholeModel)
{
    // Of gemma4-shared layers attend to the keys and values of earlier ones.
    for (const std::string name : {"llama", "gemma2", "gpt2", "gemma4-shared"}) {
        StreamedModel model = streamed(name);
        const ModuleGrid modules = moduleGrid(model.config());
        const std::vector<CalibrationBatch> batches = batchesOf(model.config().vocabulary);
        const SignalSet set = REQUIRE_OK(measureGradients(
            model, batches, {}, {"squared_gradient", "fisher", "gradient_norm", "weight_gradient"}, {}));

        const auto decoder = loadFixture(name);
        std::vector<Tensor> weights;
        for (std::size_t layer = 0; layer < modules.layers(); ++layer)
            for (const ModuleShape& shape : modules.layer(layer))
                weights.push_back(
                    decoder->moduleWeight(static_cast<std::int64_t>(layer), shape.column).requires_grad_(true));
        std::vector<double> squares(weights.size(), 0);
        std::vector<Tensor> sums(weights.size());
        for (const CalibrationBatch& batch : batches)
            for (std::size_t sequence = 0; sequence < batch.samples.size(); ++sequence) {
                const std::int64_t begin = batch.packed.starts[sequence];
                const std::int64_t end = batch.packed.starts[sequence + 1];
                const std::vector<std::int64_t> tokens(batch.packed.tokens.data_ptr<std::int64_t>() + begin,
                                                       batch.packed.tokens.data_ptr<std::int64_t>() + end);
                const Tensor logits = decoder->logits(decoder->hidden(pack({tokens})));
                const Tensor loss =
                    torch::nn::functional::cross_entropy(logits, batch.packed.labels.slice(0, begin, end));
                const auto gradients = torch::autograd::grad({loss}, weights);
                for (std::size_t index = 0; index < weights.size(); ++index) {
                    squares[index] += gradients[index].square().sum(torch::kFloat64).item<double>() / 4;
                    sums[index] = sums[index].defined() ? sums[index] + gradients[index] : gradients[index];
                }
            }
        std::size_t index = 0;
        for (std::size_t layer = 0; layer < modules.layers(); ++layer)
            for (const ModuleShape& shape : modules.layer(layer)) {
                const auto of = [&](const char* signal) {
                    return set.signals.at(signal).modules.at(shape.name)[layer];
                };
                CHECK_NEAR(of("squared_gradient"), squares[index], 1e-3 * squares[index]);
                const auto size = static_cast<double>(shape.in * shape.out);
                CHECK_NEAR(of("fisher"), squares[index] / size, 1e-3 * squares[index] / size);
                const double product = (weights[index] * sums[index] / 4).abs().mean(torch::kFloat64).item<double>();
                CHECK_NEAR(of("weight_gradient"), product, 1e-3 * product);
                const double norm = (sums[index] / 4).norm().item<double>();
                CHECK_NEAR(of("gradient_norm"), norm, 1e-3 * norm);
                ++index;
            }
    }
}

HILO_TEST(lossesAreThoseOfTheModel)
{
    StreamedModel model = streamed("qwen3");
    const std::vector<CalibrationBatch> batches = batchesOf(model.config().vocabulary);
    const auto decoder = loadFixture("qwen3");
    for (const CalibrationBatch& batch : batches) {
        const torch::NoGradGuard noGradients;
        const auto context = model.begin(batch.packed);
        Tensor hidden = model.embed(batch.packed);
        for (std::int64_t layer = 0; layer < model.config().layers; ++layer) {
            REQUIRE_OK(model.loadLayer(layer));
            hidden = model.layer(*context, hidden);
        }
        const Tensor whole = decoder->hidden(batch.packed);
        CHECK(largestDifference(model.finalNorm(hidden), whole) < 1e-5);
        const Tensor perToken = torch::nn::functional::cross_entropy(
            decoder->logits(whole), batch.packed.labels,
            torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kNone));
        const std::vector<double> losses = sampleLosses(model, batch, hidden);
        for (std::size_t sequence = 0; sequence < losses.size(); ++sequence)
            CHECK_NEAR(losses[sequence],
                       perToken.slice(0, batch.packed.starts[sequence], batch.packed.starts[sequence + 1])
                               .sum()
                               .item<double>() /
                           2,
                       1e-4);
    }
}

HILO_TEST(necessityIsTheLossWithoutTheLayer)
{
    for (const std::string name : {"llama", "gemma4-shared"}) {
        StreamedModel model = streamed(name);
        const std::vector<CalibrationBatch> batches = batchesOf(model.config().vocabulary);
        const SignalSet set = REQUIRE_OK(measureNecessity(model, batches, {}));
        const torch::NoGradGuard noGradients;
        const auto lossWithout = [&](std::int64_t left) {
            double sum = 0;
            for (const CalibrationBatch& batch : batches) {
                const auto context = model.begin(batch.packed);
                Tensor hidden = model.embed(batch.packed);
                for (std::int64_t layer = 0; layer < model.config().layers; ++layer) {
                    REQUIRE_OK(model.loadLayer(layer));
                    // Later layers may attend to keys and values of one that is left out.
                    const Tensor output = model.layer(*context, hidden);
                    if (layer != left)
                        hidden = output;
                }
                for (const double loss : sampleLosses(model, batch, hidden))
                    sum += loss / 4;
            }
            return sum;
        };
        for (std::int64_t layer = 0; layer < model.config().layers; ++layer)
            CHECK_NEAR(set.signals.at("necessity").layers[static_cast<std::size_t>(layer)],
                       lossWithout(layer) - lossWithout(-1), 1e-5);
    }
}
