// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

void compareWithTransformers(const std::string& name)
{
    const auto decoder = loadFixture(name);
    const Expected expected = expectedOf(name);
    const torch::NoGradGuard noGradient;
    const torch::Tensor logits = decoder->logits(decoder->hidden(pack({expected.tokens})));
    CHECK_NEAR(largestDifference(logits, expected.logits), 0, 1e-4);
}

} // namespace

HILO_TEST(llama)
{
    compareWithTransformers("llama");
}
HILO_TEST(llama3RopeWithBiasesAndTiedEmbeddings)
{
    compareWithTransformers("llama3-rope");
}
HILO_TEST(mistralWithSlidingWindow)
{
    compareWithTransformers("mistral");
}
HILO_TEST(qwen2InShards)
{
    compareWithTransformers("qwen2");
}
HILO_TEST(qwen3)
{
    compareWithTransformers("qwen3");
}
HILO_TEST(gemma)
{
    compareWithTransformers("gemma");
}
HILO_TEST(gemma2)
{
    compareWithTransformers("gemma2");
}
HILO_TEST(gpt2)
{
    compareWithTransformers("gpt2");
}

HILO_TEST(packedSequencesDoNotSeeEachOther)
{
    for (const std::string& name : fixtureModels()) {
        const auto decoder = loadFixture(name);
        const Expected expected = expectedOf(name);
        const std::vector<std::int64_t> front(expected.tokens.begin(), expected.tokens.begin() + 9);
        const std::vector<std::int64_t> other{5, 17, 40, 40, 3, 60};
        const torch::NoGradGuard noGradient;
        const torch::Tensor logits = decoder->logits(decoder->hidden(pack({other, expected.tokens, {8}, front})));
        CHECK_NEAR(largestDifference(logits.narrow(0, 6, 23), expected.logits), 0, 1e-4);
        CHECK_NEAR(largestDifference(logits.narrow(0, 30, 9), expected.logits.narrow(0, 0, 9)), 0, 1e-4);
    }
}

HILO_TEST(bfloat16IsClose)
{
    for (const std::string& name : fixtureModels()) {
        const auto decoder = loadFixture(name, torch::kBFloat16);
        const Expected expected = expectedOf(name);
        const torch::NoGradGuard noGradient;
        const torch::Tensor logits = decoder->logits(decoder->hidden(pack({expected.tokens})));
        const double scale = expected.logits.abs().max().item<double>();
        CHECK_NEAR(largestDifference(logits, expected.logits) / scale, 0, 0.1);
    }
}

HILO_TEST(weightsOfTheWantedTypeAreTheMappedFile)
{
    const ModelSource source = REQUIRE_OK(openModel(dataFile("models/llama")));
    const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
    const TensorView view = *source.weights->view("model.layers.0.self_attn.q_proj.weight");
    CHECK(decoder->moduleWeight(0, 0).data_ptr() == static_cast<const void*>(view.bytes.data()));
}
