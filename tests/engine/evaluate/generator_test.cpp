// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/generator.h"

#include "engine/model/fixtures.h"
#include "support/testing.h"

#include <atomic>

using namespace hilo;
using namespace hilo::testing;

namespace {

using Tokens = std::vector<std::int32_t>;

/// The logits behind a text, without cache, batch or mask.
torch::Tensor nextLogits(const Decoder& decoder, const Tokens& tokens)
{
    const torch::NoGradGuard noGradient;
    const std::vector<std::int64_t> wide(tokens.begin(), tokens.end());
    return decoder.logits(decoder.hidden(pack({wide}))).select(0, static_cast<std::int64_t>(wide.size()) - 1);
}

/// One token after the other, the whole text again for each.
Tokens greedy(const Decoder& decoder, Tokens text, std::int64_t count)
{
    Tokens made;
    for (std::int64_t i = 0; i < count; ++i) {
        made.push_back(static_cast<std::int32_t>(nextLogits(decoder, text).argmax().item<std::int64_t>()));
        text.push_back(made.back());
    }
    return made;
}

std::vector<Tokens> generated(const Decoder& decoder, ModuleAdapter* adapter, const std::vector<Tokens>& texts,
                              const GenerationSettings& settings, const TokenSink& sink = {},
                              const Progress& progress = {})
{
    return REQUIRE_OK(generate(decoder, adapter, texts, settings, sink, progress));
}

const std::vector<Tokens> prompts = {{5}, {9, 8, 7, 30, 41, 12, 13}, {3, 4, 5}, {60, 1, 2, 44}};

} // namespace

HILO_TEST(aBatchGivesWhatEachPromptAloneWould)
{
    for (const std::string& name : fixtureModels()) {
        const auto decoder = loadFixture(name);
        GenerationSettings settings;
        settings.maximumTokens = 9;
        const auto together = generated(*decoder, nullptr, prompts, settings);
        CHECK_EQ(together.size(), prompts.size());
        for (std::size_t i = 0; i < prompts.size(); ++i)
            CHECK_EQ(together[i], greedy(*decoder, prompts[i], 9));
        // Read in parts, down to one token at a time, as a long prompt is.
        for (const std::int64_t scores : {1, 300}) {
            settings.scoresAtOnce = scores;
            CHECK_EQ(generated(*decoder, nullptr, prompts, settings), together);
        }
    }
    const auto decoder = loadFixture("llama");
    CHECK(generated(*decoder, nullptr, {}, {}).empty());
}

HILO_TEST(aSequenceEndsAtAnEndTokenAndTheOthersGoOn)
{
    const auto decoder = loadFixture("llama");
    GenerationSettings settings;
    settings.maximumTokens = 12;
    const auto free = generated(*decoder, nullptr, prompts, settings);
    settings.endTokens = {free[1][3]};
    const auto ended = generated(*decoder, nullptr, prompts, settings);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        const auto end = std::find(free[i].begin(), free[i].end(), settings.endTokens[0]);
        CHECK_EQ(ended[i], Tokens(free[i].begin(), end));
    }
    CHECK(ended[1].size() <= 3);
}

HILO_TEST(theSinkSeesEveryTokenAndCanEndASequence)
{
    const auto decoder = loadFixture("qwen2");
    GenerationSettings settings;
    settings.maximumTokens = 6;
    std::vector<Tokens> seen(prompts.size());
    const auto sink = [&seen](std::size_t sequence, std::int32_t token) {
        seen[sequence].push_back(token);
        return sequence != 2 || seen[2].size() < 2;
    };
    const auto results = generated(*decoder, nullptr, prompts, settings, sink);
    CHECK_EQ(results, seen);
    CHECK_EQ(results[2].size(), 2u);
    CHECK_EQ(results[3], greedy(*decoder, prompts[3], 6));
}

HILO_TEST(cancelEndsWithWhatThereIs)
{
    const auto decoder = loadFixture("gpt2");
    std::atomic<bool> stop{false};
    GenerationSettings settings;
    settings.maximumTokens = 10;
    const auto sink = [&stop, count = 0](std::size_t, std::int32_t) mutable {
        stop = ++count == 3;
        return true;
    };
    CHECK_EQ(generated(*decoder, nullptr, {{5, 6}}, settings, sink, Progress({}, &stop)).at(0).size(), 3u);
}

HILO_TEST(aPromptThatIsStillReadCanBeCancelled)
{
    /// Counts the passes, and asks for an end in the second one.
    class Stopper : public ModuleAdapter
    {
      public:
        void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor&,
                   std::span<torch::Tensor>) override
        {
            passes += layer == 0 && modules.front() == 0;
            stop = passes == 2;
        }
        int passes = 0;
        std::atomic<bool> stop{false};
    };
    const auto decoder = loadFixture("llama");
    Stopper stopper;
    GenerationSettings settings;
    settings.scoresAtOnce = 1;
    const auto results = generated(*decoder, &stopper, prompts, settings, {}, Progress({}, &stopper.stop));
    CHECK_EQ(stopper.passes, 2);
    for (const Tokens& one : results)
        CHECK(one.empty());
}

HILO_TEST(samplingFollowsTheProbabilities)
{
    const auto decoder = loadFixture("llama");
    const Tokens prompt = {9, 8, 7};
    constexpr std::int64_t draws = 6000;
    GenerationSettings settings;
    settings.maximumTokens = 1;
    settings.temperature = 1.5;
    const torch::Tensor expected = torch::softmax(nextLogits(*decoder, prompt) / settings.temperature, 0);
    const auto results = generated(*decoder, nullptr, std::vector<Tokens>(draws, prompt), settings);
    std::vector<double> share(61, 0);
    for (const Tokens& one : results)
        share[static_cast<std::size_t>(one.at(0))] += 1.0 / draws;
    for (std::int64_t token = 0; token < 61; ++token) {
        const double probability = expected[token].item<double>();
        // Six standard deviations; the seed is fixed.
        CHECK_NEAR(share[static_cast<std::size_t>(token)], probability,
                   6 * std::sqrt(probability * (1 - probability) / draws) + 1e-3);
    }
}

HILO_TEST(aSeedGivesTheSameTextAndAnotherOneAnother)
{
    const auto decoder = loadFixture("llama");
    GenerationSettings settings;
    settings.maximumTokens = 16;
    settings.temperature = 3;
    const auto first = generated(*decoder, nullptr, prompts, settings);
    CHECK_EQ(generated(*decoder, nullptr, prompts, settings), first);
    settings.seed = 2;
    CHECK(generated(*decoder, nullptr, prompts, settings) != first);
}

HILO_TEST(aTinyNucleusIsGreedy)
{
    const auto decoder = loadFixture("llama");
    GenerationSettings settings;
    settings.maximumTokens = 8;
    const auto greedyResults = generated(*decoder, nullptr, prompts, settings);
    settings.temperature = 2;
    settings.topP = 1e-6;
    CHECK_EQ(generated(*decoder, nullptr, prompts, settings), greedyResults);
}

HILO_TEST(aTextEndsWithTheLearnedPositions)
{
    const auto decoder = loadFixture("gpt2");
    const std::int64_t positions = decoder->config().maximumPositions;
    GenerationSettings settings;
    settings.maximumTokens = positions + 9;
    for (const std::int64_t length : {std::int64_t{1}, positions - 1, positions}) {
        const Tokens prompt(static_cast<std::size_t>(length), 5);
        // Each position but the last token's is read.
        CHECK_EQ(static_cast<std::int64_t>(generated(*decoder, nullptr, {prompt}, settings).at(0).size()),
                 positions + 1 - length);
    }
}
