// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include "gpu/cpu/cross_entropy.h"
#include "gpu/operators/cross_entropy.h"
#include "gpu/tensor.h"

#include <torch/nn/functional/loss.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace hilo;
using torch::Tensor;

namespace {

double largestDifference(const Tensor& a, const Tensor& b)
{
    return (a.to(torch::kFloat64) - b.to(torch::kFloat64)).abs().max().item<double>();
}

struct LossCase
{
    std::int64_t tokens = 37;
    std::int64_t width = 24;
    std::int64_t vocabulary = 301;
};

void compare(const LossCase& shape, const torch::Dtype type, double softcap, std::int64_t logitBytes,
             bool someUnlabelled, double tolerance)
{
    torch::manual_seed(5);
    const Tensor weight = (torch::randn({shape.vocabulary, shape.width}) * 0.8).to(type).set_requires_grad(true);
    const Tensor hidden = torch::randn({shape.tokens, shape.width}).to(type).set_requires_grad(true);
    const Tensor expectedWeight = weight.detach().to(torch::kFloat64).set_requires_grad(true);
    const Tensor expectedHidden = hidden.detach().to(torch::kFloat64).set_requires_grad(true);
    Tensor labels = torch::randint(shape.vocabulary, {shape.tokens}, torch::kInt64);
    if (someUnlabelled)
        labels.narrow(0, shape.tokens / 8, shape.tokens / 2).fill_(-100);
    gpu::CrossEntropyOptions options;
    options.logitSoftcap = softcap;
    options.logitBytes = logitBytes;
    const Tensor loss = gpu::chunkedCrossEntropy(hidden, weight, labels, options);
    Tensor logits = torch::mm(expectedHidden, expectedWeight.t());
    if (softcap > 0)
        logits = softcap * torch::tanh(logits / softcap);
    const Tensor expected = torch::nn::functional::cross_entropy(
        logits, labels, torch::nn::functional::CrossEntropyFuncOptions().ignore_index(-100).reduction(torch::kSum));
    CHECK_NEAR(loss.item<double>(), expected.item<double>(), tolerance * expected.item<double>());
    (loss * 0.5).backward();
    (expected * 0.5).backward();
    CHECK_NEAR(largestDifference(hidden.grad(), expectedHidden.grad()), 0, tolerance * 3);
    CHECK_NEAR(largestDifference(weight.grad(), expectedWeight.grad()), 0,
               tolerance * 3 * std::max(1.0, expectedWeight.grad().abs().max().item<double>()));
    const torch::NoGradGuard noGradient;
    // May be cut otherwise: without gradients the logits are needed once.
    CHECK_NEAR(gpu::chunkedCrossEntropy(hidden, weight, labels, options).item<double>(), loss.item<double>(),
               tolerance * expected.item<double>());
}

/// logitBytes in which so many whole rows of float32 logits fit.
std::int64_t bytesOf(std::int64_t rows, std::int64_t vocabulary)
{
    return rows * vocabulary * 4;
}

} // namespace

HILO_TEST(equalsCrossEntropyWhateverTheChunks)
{
    // One row; vocabularies below a chunk's columns, of whole chunks, and with a rest of one column.
    for (const LossCase& shape :
         {LossCase{37, 24, 301}, LossCase{1, 8, 130}, LossCase{70, 16, 48}, LossCase{33, 40, 192}, {150, 12, 1025}})
        // Chunks of the vocabulary (1 byte holds nothing, 32 KiB some columns), of rows, and everything at once.
        for (const std::int64_t logitBytes :
             {std::int64_t{1}, std::int64_t{1} << 15, bytesOf(20, shape.vocabulary), std::int64_t{1} << 26})
            for (const double softcap : {0.0, 3.0})
                for (const bool someUnlabelled : {false, true})
                    compare(shape, torch::kFloat32, softcap, logitBytes, someUnlabelled, 2e-6);
}

HILO_TEST(theVocabularyIsCutWhereTooFewWholeRowsFit)
{
    const std::int64_t vocabulary = 1000;
    const auto chunks = [&](std::int64_t tokens, std::int64_t rows, bool onCpu, bool withGradients) {
        return gpu::logitChunks(tokens, vocabulary, rows * vocabulary * 4, 4, onCpu, withGradients);
    };
    CHECK_EQ(chunks(500, 16, true, true).rows, 16);
    CHECK_EQ(chunks(500, 16, true, true).columns, vocabulary);
    CHECK(chunks(500, 15, true, true).columns < vocabulary);
    CHECK(chunks(500, 63, true, false).columns < vocabulary);
    CHECK_EQ(chunks(500, 64, true, false).columns, vocabulary);
    CHECK(chunks(500, 140, false, true).columns < vocabulary);
    CHECK_EQ(chunks(500, 150, false, true).columns, vocabulary);
    // All rows there are: nothing is gained by cutting.
    CHECK_EQ(chunks(3, 3, true, true).columns, vocabulary);
    // Within the budget, and about square.
    const gpu::LogitChunks cut = gpu::logitChunks(100000, 1 << 20, 1 << 22, 4, true, true);
    CHECK_EQ(cut.rows, 1024);
    CHECK_EQ(cut.columns, 1024);
}

HILO_TEST(aFixedNumberOfRowsMayRepeatOneWithoutALabel)
{
    torch::manual_seed(8);
    for (const std::int64_t logitBytes : {1, 1 << 26}) {
        const Tensor weight = torch::randn({77, 12});
        const Tensor hidden = torch::randn({9, 12}).set_requires_grad(true);
        const Tensor other = hidden.detach().clone().set_requires_grad(true);
        Tensor labels = torch::full({9}, -100, torch::kInt64);
        labels[2] = 5;
        labels[6] = 70;
        gpu::CrossEntropyOptions options;
        options.logitBytes = logitBytes;
        const Tensor expected = gpu::chunkedCrossEntropy(hidden, weight, labels, options);
        options.labelled = torch::tensor({2, 6, 8, 8, 8}, torch::kInt64);
        options.places = torch::tensor({5, 5, 0, 5, 5, 5, 1, 5, 2}, torch::kInt64);
        const Tensor loss = gpu::chunkedCrossEntropy(other, weight, labels, options);
        CHECK_NEAR(loss.item<double>(), expected.item<double>(), 1e-5);
        expected.backward();
        loss.backward();
        CHECK(hidden.grad().abs().max().item<double>() > 0.1);
        CHECK_NEAR(largestDifference(other.grad(), hidden.grad()), 0, 1e-6);
    }
}

HILO_TEST(bfloat16IsClose)
{
    for (const std::int64_t logitBytes : {1, 1 << 26})
        for (const double softcap : {0.0, 3.0})
            compare({}, torch::kBFloat16, softcap, logitBytes, true, 0.01);
}

HILO_TEST(tokensByThemselvesSumUpToTheLoss)
{
    torch::manual_seed(9);
    for (const auto type : {torch::kFloat32, torch::kBFloat16})
        for (const double softcap : {0.0, 3.0})
            for (const std::int64_t logitBytes : {std::int64_t{1}, std::int64_t{1} << 15, std::int64_t{1} << 26}) {
                const Tensor weight = torch::randn({301, 24}).to(type);
                const Tensor hidden = torch::randn({37, 24}).to(type);
                const Tensor labels = torch::randint(301, {37}, torch::kInt64);
                gpu::CrossEntropyOptions options;
                options.logitSoftcap = softcap;
                options.logitBytes = logitBytes;
                const Tensor losses = gpu::tokenCrossEntropy(hidden, weight, labels, options);
                Tensor logits = torch::mm(hidden.to(torch::kFloat64), weight.to(torch::kFloat64).t());
                if (softcap > 0)
                    logits = softcap * torch::tanh(logits / softcap);
                const Tensor expected = -torch::log_softmax(logits, 1).gather(1, labels.unsqueeze(1)).squeeze(1);
                CHECK_EQ(losses.size(0), 37);
                // In float32 also where the weight is not.
                CHECK_NEAR(largestDifference(losses, expected), 0, 1e-5);
            }
    CHECK_EQ(
        gpu::tokenCrossEntropy(torch::zeros({0, 4}), torch::zeros({9, 4}), torch::zeros({0}, torch::kInt64)).size(0),
        0);
}

HILO_TEST(noLabelsGiveZeroLossAndGradient)
{
    const Tensor hidden = torch::randn({5, 8}).set_requires_grad(true);
    const Tensor loss = gpu::chunkedCrossEntropy(hidden, torch::randn({11, 8}), torch::full({5}, -100, torch::kInt64));
    loss.backward();
    CHECK_EQ(loss.item<double>(), 0.0);
    CHECK_EQ(hidden.grad().abs().max().item<double>(), 0.0);
}

HILO_TEST(extremeLogitsStayFinite)
{
    std::vector<float> logits{1e30f, -1e30f, 0, -200, -100, 0};
    const std::vector<std::int64_t> labels{0, 2};
    const double loss = gpu::cpu::crossEntropyRows(logits.data(), 2, 3, labels.data());
    CHECK_NEAR(loss, 0, 1e-12);
    for (const float gradient : logits)
        CHECK_NEAR(gradient, 0, 1e-12);
}

HILO_TEST(extremeLogitsStayFiniteInChunks)
{
    const std::vector<std::vector<float>> columns{{-1e30f, 0}, {1e30f, -100}, {0, -200}}; // [column][row]
    const std::vector<std::int64_t> labels{1, 0};
    std::vector<float> maximum(2, -std::numeric_limits<float>::infinity()), sum(2), ofLabel(2);
    for (std::size_t column = 0; column < 3; ++column)
        gpu::cpu::crossEntropyChunk(columns[column].data(), 2, 1, labels.data(), static_cast<std::int64_t>(column), 0,
                                    {maximum.data(), sum.data(), ofLabel.data()});
    std::vector<float> logSum(2);
    for (std::size_t row = 0; row < 2; ++row) {
        logSum[row] = std::log(sum[row]) + maximum[row];
        CHECK_NEAR(logSum[row] - ofLabel[row], 0, 1e-12);
    }
    for (std::size_t column = 0; column < 3; ++column) {
        std::vector<float> gradient = columns[column];
        gpu::cpu::crossEntropyChunkGradient(gradient.data(), 2, 1, labels.data(), static_cast<std::int64_t>(column), 0,
                                            logSum.data());
        for (const float slope : gradient)
            CHECK_NEAR(slope, 0, 1e-12);
    }
}

HILO_TEST(theExponentialIsAccurateOverItsRange)
{
    // Two logits: the gradient of the second is 1 / (1 + e^gap).
    for (double gap = 0; gap < 86; gap += 0.37) {
        std::vector<float> logits{0, static_cast<float>(-gap)};
        const std::vector<std::int64_t> labels{0};
        gpu::cpu::crossEntropyRows(logits.data(), 1, 2, labels.data());
        const double expected = 1 / (1 + std::exp(static_cast<double>(static_cast<float>(gap))));
        CHECK_NEAR(logits[1] / expected, 1, 1e-6);
    }
}
