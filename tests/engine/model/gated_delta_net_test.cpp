// SPDX-License-Identifier: GPL-3.0-or-later
// Against transformers' torch functions (tests/interop/make_delta_net_fixtures.py).
#include "fixtures.h"

#include "engine/model/gated_delta_net.h"
#include "formats/safetensors.h"
#include "support/testing.h"

#include <cstring>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

using Tensors = std::map<std::string, Tensor>;

const Tensors& reference()
{
    static const Tensors tensors = [] {
        Tensors read;
        for (const TensorView& view : REQUIRE_OK(openSafetensors(dataFile("delta_net.safetensors"))).tensors) {
            Tensor tensor = torch::empty(view.info.shape, torch::kFloat32);
            std::memcpy(tensor.data_ptr(), view.bytes.data(), view.bytes.size());
            read[view.info.name] = tensor;
        }
        return read;
    }();
    return tensors;
}

DeltaRuleTokens tokensOf(const Tensors& from)
{
    return {from.at("query"), from.at("key"), from.at("value"), from.at("decay"), from.at("rate"), {}};
}

DeltaRuleTokens part(const DeltaRuleTokens& all, std::int64_t first, std::int64_t count)
{
    const auto cut = [&](const Tensor& x) { return x.narrow(1, first, count); };
    return {cut(all.query), cut(all.key), cut(all.value), cut(all.decay), cut(all.rate), {}};
}

/// Numbers of sequences of these lengths, laid end to end.
Tensor numbersOf(const std::vector<std::int64_t>& lengths)
{
    std::vector<std::int64_t> numbers;
    for (std::size_t s = 0; s < lengths.size(); ++s)
        numbers.insert(numbers.end(), static_cast<std::size_t>(lengths[s]), static_cast<std::int64_t>(s) + 5);
    return torch::tensor(numbers, torch::kInt64).unsqueeze(0);
}

} // namespace

HILO_TEST(theRuleIsThatOfTransformersForEveryChunk)
{
    for (const std::int64_t chunk : {1, 2, 7, 64, 70, 100}) {
        const DeltaRuleResult result = gatedDeltaRule(tokensOf(reference()), reference().at("state"), chunk);
        CHECK_NEAR(largestDifference(result.output, reference().at("output")), 0, 2e-5);
        CHECK_NEAR(largestDifference(result.state, reference().at("final_state")), 0, 2e-5);
    }
}

HILO_TEST(gradientsAreThoseOfTransformers)
{
    for (const std::int64_t chunk : {1, 16, 64}) {
        Tensors leaves;
        for (const char* name : {"query", "key", "value", "decay", "rate", "state"})
            leaves[name] = reference().at(name).clone().requires_grad_(true);
        const DeltaRuleResult result = gatedDeltaRule(tokensOf(leaves), leaves.at("state"), chunk);
        ((result.output * reference().at("weight")).sum() + (result.state * reference().at("weight_of_state")).sum())
            .backward();
        for (const auto& [name, leaf] : leaves) {
            const Tensor& expected = reference().at("gradient_" + name);
            CHECK_NEAR(largestDifference(leaf.grad(), expected) / expected.abs().max().item<double>(), 0, 2e-5);
        }
    }
}

HILO_TEST(packedSequencesBeginWithoutAState)
{
    // Of one token, of a chunk and more, beginning at a chunk's border and inside one.
    const std::vector<std::int64_t> lengths = {3, 1, 12, 16, 33, 5};
    for (const std::int64_t chunk : {1, 4, 16, 64}) {
        DeltaRuleTokens packed = tokensOf(reference());
        packed.sequences = numbersOf(lengths);
        packed.key = packed.key.clone().requires_grad_(true);
        const Tensor output = gatedDeltaRule(packed, {}, chunk).output;
        (output * reference().at("weight")).sum().backward();
        Tensor key = reference().at("key").clone().requires_grad_(true);
        DeltaRuleTokens single = tokensOf(reference());
        single.key = key;
        std::int64_t first = 0;
        for (const std::int64_t length : lengths) {
            const Tensor own = gatedDeltaRule(part(single, first, length)).output;
            CHECK_NEAR(largestDifference(output.narrow(1, first, length), own), 0, 2e-5);
            (own * reference().at("weight").narrow(1, first, length)).sum().backward();
            first += length;
        }
        CHECK_EQ(first, output.size(1));
        CHECK_NEAR(largestDifference(packed.key.grad(), key.grad()), 0, 5e-5);
    }
}

HILO_TEST(partsGoOnWithTheState)
{
    const DeltaRuleTokens all = tokensOf(reference());
    Tensor state = reference().at("state");
    std::int64_t first = 0;
    for (const std::int64_t length : {1, 0, 20, 1, 48}) {
        const DeltaRuleResult result = gatedDeltaRule(part(all, first, length), state, 8);
        CHECK_EQ(result.output.size(1), length);
        if (length > 0)
            CHECK_NEAR(largestDifference(result.output, reference().at("output").narrow(1, first, length)), 0, 2e-5);
        state = result.state;
        first += length;
    }
    CHECK_NEAR(largestDifference(state, reference().at("final_state")), 0, 2e-5);
}

HILO_TEST(theConvolutionIsThatOfTransformers)
{
    const Tensor& channels = reference().at("channels");
    const Tensor& kernel = reference().at("kernel");
    const auto padded = [](const Tensor& x) { return torch::constant_pad_nd(x, {0, 0, 3, 0}); };
    CHECK_NEAR(largestDifference(causalConvolution(padded(channels), kernel, {}), reference().at("convolved")), 0,
               1e-5);
    // Of sequences laid end to end each sees its own tokens alone.
    const std::vector<std::int64_t> lengths = {2, 1, 6};
    const Tensor numbers = torch::constant_pad_nd(numbersOf(lengths), {3, 0}, -1);
    const Tensor packed = causalConvolution(padded(channels), kernel, numbers);
    std::int64_t first = 0;
    for (const std::int64_t length : lengths) {
        const Tensor own = causalConvolution(padded(channels.narrow(1, first, length)), kernel, {});
        CHECK_NEAR(largestDifference(packed.narrow(1, first, length), own), 0, 1e-6);
        first += length;
    }
}
