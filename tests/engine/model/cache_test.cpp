// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "engine/model/key_value_cache.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

using Sequence = std::vector<std::int64_t>;

/// The next tokens of several sequences, each at its own position.
PackedBatch nextTokens(const std::vector<Sequence>& parts, const KeyValueCache& cache)
{
    PackedBatch batch = pack(parts);
    for (std::int64_t s = 0; s < batch.sequences(); ++s) {
        const auto index = static_cast<std::size_t>(s);
        batch.positions.narrow(0, batch.starts[index], batch.starts[index + 1] - batch.starts[index])
            .add_(cache.length(s));
    }
    return batch;
}

} // namespace

HILO_TEST(tokenByTokenEqualsTheWholeText)
{
    for (const std::string& name : fixtureModels()) {
        const auto decoder = loadFixture(name);
        const Expected expected = expectedOf(name);
        const Sequence first(expected.tokens.begin(), expected.tokens.begin() + 11);
        const Sequence second(expected.tokens.begin(), expected.tokens.begin() + 4);
        KeyValueCache cache(decoder->config(), 2, torch::kFloat32, torch::kCPU);
        Tensor logits = decoder->logits(decoder->hiddenCached(nextTokens({first, second}, cache), cache));
        CHECK_NEAR(largestDifference(logits.narrow(0, 0, 11), expected.logits.narrow(0, 0, 11)), 0, 1e-4);
        CHECK_NEAR(largestDifference(logits.narrow(0, 11, 4), expected.logits.narrow(0, 0, 4)), 0, 1e-4);
        for (std::size_t step = 0; step < 8; ++step) {
            logits = decoder->logits(decoder->hiddenCached(
                nextTokens({{expected.tokens[11 + step]}, {expected.tokens[4 + step]}}, cache), cache));
            const auto at = static_cast<std::int64_t>(step);
            CHECK_NEAR(largestDifference(logits[0], expected.logits[11 + at]), 0, 1e-4);
            CHECK_NEAR(largestDifference(logits[1], expected.logits[4 + at]), 0, 1e-4);
        }
    }
}

HILO_TEST(finishedSequencesLeaveTheCache)
{
    const auto decoder = loadFixture("llama");
    const Expected expected = expectedOf("llama");
    const Sequence prompt(expected.tokens.begin(), expected.tokens.begin() + 6);
    KeyValueCache cache(decoder->config(), 3, torch::kFloat32, torch::kCPU);
    decoder->hiddenCached(nextTokens({{9, 8}, prompt, {7}}, cache), cache);
    cache.keep({1});
    CHECK_EQ(cache.sequences(), 1);
    CHECK_EQ(cache.length(0), 6);
    const Tensor logits = decoder->logits(decoder->hiddenCached(nextTokens({{expected.tokens[6]}}, cache), cache));
    CHECK_NEAR(largestDifference(logits[0], expected.logits[6]), 0, 1e-4);
}
