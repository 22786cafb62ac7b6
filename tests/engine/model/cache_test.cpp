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

/// Which layers turn long texts in another way than short ones does not matter, nor that both kinds may, each beyond a
/// length of its own.
HILO_TEST(textsThatGrowBeyondTheOriginalLengthEqualTheWholeText)
{
    const auto longRope = [](std::int64_t pairs, std::int64_t original) {
        Json shorter = Json::array(), longer = Json::array();
        for (std::int64_t pair = 0; pair < pairs; ++pair) {
            shorter.push_back(1 + 0.1 * static_cast<double>(pair));
            longer.push_back(2 + static_cast<double>(pair));
        }
        return Json{{"rope_type", "longrope"}, {"rope_theta", 50.0},    {"factor", 4.0},
                    {"short_factor", shorter}, {"long_factor", longer}, {"original_max_position_embeddings", original}};
    };
    const Json plain = {{"rope_type", "default"}, {"rope_theta", 50.0}};
    for (const std::string& name : std::vector<std::string>{"gemma3", "olmo3"})
        for (const auto& [full, sliding] : {std::pair{0, 7}, std::pair{7, 0}, std::pair{6, 9}}) {
            const std::int64_t pairs = name == "gemma3" ? 5 : 4;
            const TemporaryFolder folder;
            std::filesystem::copy(fixtureFolder(name) / "model.safetensors", folder.path());
            Json config = REQUIRE_OK(readJsonFile(fixtureFolder(name) / "config.json"));
            config["rope_parameters"] = {{"full_attention", full > 0 ? longRope(pairs, full) : plain},
                                         {"sliding_attention", sliding > 0 ? longRope(pairs, sliding) : plain}};
            writeText(folder / "config.json", config.dump());
            const ModelSource source = REQUIRE_OK(openModel(folder.path()));
            const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
            const Sequence tokens = expectedOf(name).tokens;
            KeyValueCache cache(decoder->config(), 1, torch::kFloat32, torch::kCPU);
            decoder->hiddenCached(nextTokens({Sequence(tokens.begin(), tokens.begin() + 4)}, cache), cache);
            for (std::size_t length = 5; length <= 13; ++length) {
                const Tensor cached =
                    decoder->logits(decoder->hiddenCached(nextTokens({{tokens[length - 1]}}, cache), cache));
                const Sequence whole(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(length));
                const Tensor atOnce = decoder->logits(decoder->hidden(pack({whole})));
                CHECK_NEAR(largestDifference(cached[0], atOnce[static_cast<std::int64_t>(length) - 1]), 0, 1e-4);
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

/// As a server uses it: places of the cache that are not of the batch, sequences that change places, prompts beside
/// single tokens, and places that are given to another text.
HILO_TEST(sequencesThatChangePlacesGoOnAsBefore)
{
    std::vector<std::string> names = fixtureModels();
    names.insert(names.end(), fixtureFamilies().begin(), fixtureFamilies().end());
    for (const std::string& name : names) {
        const auto decoder = loadFixture(name);
        Sequence text;
        for (std::int64_t i = 0; i < 14; ++i)
            text.push_back((7 + 11 * i) % std::min<std::int64_t>(decoder->config().vocabulary, 60));
        const Sequence other(text.rbegin(), text.rend());
        const auto begin = [](const Sequence& all, std::ptrdiff_t from, std::ptrdiff_t to) {
            return Sequence(all.begin() + from, all.begin() + to);
        };
        const torch::NoGradGuard noGradient;
        // Of the text as it is then: LongRope turns the tokens of a longer one in another way.
        const auto expected = [&](const Sequence& all, std::ptrdiff_t from, std::ptrdiff_t to) {
            return decoder->logits(decoder->hidden(pack({begin(all, 0, to)}))).narrow(0, from, to - from);
        };
        KeyValueCache cache(decoder->config(), 3, torch::kFloat32, torch::kCPU);
        const auto read = [&](const std::vector<Sequence>& parts) {
            cache.use(static_cast<std::int64_t>(parts.size()));
            return decoder->logits(decoder->hiddenCached(nextTokens(parts, cache), cache));
        };
        read({begin(text, 0, 5), begin(other, 0, 3)});
        cache.swap(0, 2);
        cache.swap(0, 1);
        CHECK_NEAR(largestDifference(read({begin(other, 3, 4)}), expected(other, 3, 4)), 0, 1e-3);
        cache.swap(1, 2);
        const Tensor both = read({begin(other, 4, 5), begin(text, 5, 9)});
        CHECK_NEAR(largestDifference(both.narrow(0, 0, 1), expected(other, 4, 5)), 0, 1e-3);
        CHECK_NEAR(largestDifference(both.narrow(0, 1, 4), expected(text, 5, 9)), 0, 1e-3);
        cache.cut(1, 0);
        const Tensor again = read({begin(other, 5, 6), begin(other, 0, 14)});
        CHECK_NEAR(largestDifference(again.narrow(0, 0, 1), expected(other, 5, 6)), 0, 1e-3);
        CHECK_NEAR(largestDifference(again.narrow(0, 1, 14), expected(other, 0, 14)), 0, 1e-3);
        if (decoder->config().linearAttention.any())
            continue;
        cache.copyBeginning(1, 2, 9);
        cache.swap(0, 2);
        CHECK_EQ(cache.length(0), 9);
        CHECK_NEAR(largestDifference(read({begin(other, 9, 14)}), expected(other, 9, 14)), 0, 1e-3);
    }
}
