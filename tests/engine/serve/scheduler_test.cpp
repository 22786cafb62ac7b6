// SPDX-License-Identifier: GPL-3.0-or-later
#include "served_models.h"

#include "engine/evaluate/generator.h"
#include "tests/engine/model/fixtures.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

const char* const texts[] = {"a small bird of the forest:", "the act of", "a",
                             "any of several trees that bear nuts and", "a feeling of great joy when the rain is over"};

ServeSettings settings(std::int64_t parallel, std::int64_t chunk = 256)
{
    ServeSettings settings;
    settings.parallel = parallel;
    settings.chunk = chunk;
    settings.context = 128;
    return settings;
}

/// What `hilo generate` makes of it.
std::vector<std::int32_t> generated(const ServedModel& model, const std::vector<std::int32_t>& prompt, int adapter,
                                    std::int64_t tokens, const SamplingSettings& sampling = {}, std::int64_t seed = 1)
{
    GenerationSettings settings;
    static_cast<SamplingSettings&>(settings) = sampling;
    settings.maximumTokens = tokens;
    settings.seed = seed;
    settings.endTokens = model.endTokens;
    ModuleAdapter* const own = adapter < 0 ? nullptr : model.adapters[static_cast<std::size_t>(adapter)].get();
    return REQUIRE_OK(generate(*model.decoder, own, {prompt}, settings)).front();
}

/// A job of every text with every adapter.
std::vector<ServeJob> allJobs(const TinyServed& served, std::int64_t tokens)
{
    std::vector<ServeJob> jobs;
    for (const char* text : texts)
        for (const int adapter : {-1, 0, 1})
            jobs.push_back(jobOf(served.tokens(text), adapter, tokens));
    return jobs;
}

/// Log-probabilities of a text's tokens in one pass without a cache, nothing of the first.
std::vector<double> scoresInOnePass(const ServedModel& model, const std::vector<std::int32_t>& tokens, int adapter)
{
    ForwardOptions options;
    if (adapter >= 0)
        options.adapter = model.adapters[static_cast<std::size_t>(adapter)].get();
    const torch::NoGradGuard noGradient;
    const std::vector<std::int64_t> wide(tokens.begin(), tokens.end());
    const Tensor all =
        torch::log_softmax(model.decoder->logits(model.decoder->hidden(pack({wide}), options)), 1).contiguous();
    std::vector<double> scores;
    for (std::size_t i = 1; i < tokens.size(); ++i)
        scores.push_back(all[static_cast<std::int64_t>(i) - 1][tokens[i]].item<double>());
    return scores;
}

} // namespace

HILO_TEST(answersTogetherAreThoseAloneAndThoseOfGenerate)
{
    const TinyServed served;
    const std::vector<ServeJob> jobs = allJobs(served, 12);
    // Fewer slots than jobs, and prompts in parts of three tokens.
    Scheduler small(served.model(), settings(4, 3));
    Scheduler large(served.model(), settings(32));
    const auto one = madeTogether(small, jobs);
    const auto other = madeTogether(large, jobs);
    bool differ = false;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        const auto expected = generated(served.model(), jobs[i].prompt, jobs[i].adapter, 12);
        CHECK_EQ(one[i].tokens, expected);
        CHECK_EQ(other[i].tokens, expected);
        CHECK_EQ(one[i].reason, expected.size() == 12 ? "length" : "stop");
        differ = differ || expected != generated(served.model(), jobs[i].prompt, -1, 12);
    }
    CHECK(differ);
}

HILO_TEST(randomAnswersDependOnTheSeedAlone)
{
    const TinyServed served;
    SamplingSettings sampling;
    sampling.temperature = 1.3;
    sampling.topP = 0.95;
    sampling.topK = 50;
    sampling.repetitionPenalty = 1.1;
    ServeJob job = jobOf(served.tokens(texts[0]), 0, 10);
    job.sampling = sampling;
    job.seed = 7;
    Scheduler scheduler(served.model(), settings(8));
    const auto answers = madeTogether(scheduler, {job, job});
    CHECK_EQ(answers[0].tokens, generated(served.model(), job.prompt, 0, 10, sampling, 7));
    // The second answer of a request is another one.
    CHECK(answers[0].tokens != answers[1].tokens);
    CHECK_EQ(madeTogether(scheduler, {job})[0].tokens, answers[0].tokens);
}

HILO_TEST(logProbabilitiesAreThoseOfOnePass)
{
    const TinyServed served;
    std::vector<ServeJob> jobs = allJobs(served, 4);
    for (ServeJob& job : jobs) {
        job.alternatives = 3;
        job.promptScores = true;
    }
    Scheduler scheduler(served.model(), settings(6, 5));
    const auto answers = madeTogether(scheduler, jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        std::vector<std::int32_t> whole = jobs[i].prompt;
        whole.insert(whole.end(), answers[i].tokens.begin(), answers[i].tokens.end());
        const std::vector<double> expected = scoresInOnePass(served.model(), whole, jobs[i].adapter);
        const auto& prompt = answers[i].prompt.scores;
        CHECK_EQ(prompt.size(), jobs[i].prompt.size());
        CHECK(!prompt[0].logProbability);
        std::vector<ScoredToken> all = prompt;
        all.insert(all.end(), answers[i].scored.begin(), answers[i].scored.end());
        CHECK_EQ(all.size(), expected.size() + 1);
        for (std::size_t k = 0; k < expected.size(); ++k) {
            CHECK_EQ(all[k + 1].id, whole[k + 1]);
            CHECK_NEAR(*all[k + 1].logProbability, expected[k], 1e-4);
            CHECK_EQ(all[k + 1].alternatives.size(), 3u);
            CHECK(all[k + 1].alternatives[0].second >= all[k + 1].alternatives[2].second);
        }
        // Greedy tokens are the most probable ones.
        for (const ScoredToken& token : answers[i].scored)
            CHECK_EQ(token.alternatives[0].first, token.id);
    }
}

HILO_TEST(aKnownBeginningIsNotReadAgainAndChangesNothing)
{
    const TinyServed served;
    const auto prompt = served.tokens(texts[3]);
    auto longer = prompt;
    for (const std::int32_t token : served.tokens(texts[4]))
        longer.push_back(token);
    Scheduler scheduler(served.model(), settings(2));
    const ServeJob job = jobOf(prompt, 0, 6), second = jobOf(longer, 0, 6);
    const auto answers = madeApart(scheduler, {job, job, second, jobOf(prompt, 1, 6), job});
    const auto known = static_cast<std::int64_t>(prompt.size());
    CHECK_EQ(answers[0].prompt.cached, 0);
    CHECK_EQ(answers[1].prompt.cached, known - 1);
    CHECK(answers[2].prompt.cached >= known - 1);
    // What another adapter read is not its own.
    CHECK_EQ(answers[3].prompt.cached, 0);
    CHECK_EQ(answers[0].tokens, generated(served.model(), prompt, 0, 6));
    CHECK_EQ(answers[1].tokens, answers[0].tokens);
    CHECK_EQ(answers[2].tokens, generated(served.model(), longer, 0, 6));
    CHECK_EQ(answers[3].tokens, generated(served.model(), prompt, 1, 6));
    CHECK_EQ(answers[4].tokens, answers[0].tokens);
    ServeSettings without = settings(2);
    without.reuse = false;
    Scheduler forgetful(served.model(), without);
    CHECK_EQ(madeApart(forgetful, {job, job})[1].prompt.cached, 0);
}

HILO_TEST(manyAnswersOfOnePromptReadItOnce)
{
    const TinyServed served;
    std::vector<std::int32_t> prompt;
    while (prompt.size() < 80)
        for (const std::int32_t token : served.tokens(texts[4]))
            prompt.push_back(token);
    const ServeJob job = jobOf(prompt, 1, 3);
    Scheduler scheduler(served.model(), settings(4, 16));
    const auto answers = madeTogether(scheduler, {job, job, job, job});
    for (std::size_t i = 0; i < 4; ++i) {
        // All but the part that was not worth waiting for.
        if (i == 0)
            CHECK_EQ(answers[i].prompt.cached, 0);
        else
            CHECK(answers[i].prompt.cached >= static_cast<std::int64_t>(prompt.size()) - 1 - 32);
        CHECK_EQ(answers[i].tokens, answers[0].tokens);
    }
}

HILO_TEST(expertsAreThoseOfEachAnswersOwnTokens)
{
    const TinyServed served;
    ServeJob first = jobOf(served.tokens(texts[0]), 0, 4), second = jobOf(served.tokens(texts[1]), 1, 4);
    for (ServeJob* job : {&first, &second})
        job->experts = job->promptExperts = true;
    Scheduler scheduler(served.model(), settings(4));
    const auto together = madeTogether(scheduler, {first, second, jobOf(served.tokens(texts[2]), -1, 4)});
    Scheduler other(served.model(), settings(4));
    const auto alone = madeApart(other, {first, second});
    for (std::size_t i = 0; i < 2; ++i) {
        // The last token was not read.
        CHECK_EQ(together[i].experts.size(), (i == 0 ? first : second).prompt.size() + together[i].tokens.size() - 1);
        CHECK_EQ(together[i].experts.front().size(), scheduler.modules(static_cast<int>(i)).size());
        CHECK(together[i].experts == alone[i].experts || together[i].experts.size() != alone[i].experts.size());
        CHECK_EQ(together[i].experts.size(), alone[i].experts.size());
    }
    CHECK(together[2].experts.empty());
}

HILO_TEST(whatNobodyWantsEndsAndTheOthersGoOn)
{
    const TinyServed served;
    Scheduler scheduler(served.model(), settings(2));
    ServeJob endless = jobOf(served.tokens(texts[0]), 0, 1000000);
    endless.sampling.bias.emplace_back(served.model().endTokens.front(), -1000);
    endless.events = std::make_shared<AnswerEvents>(1);
    CHECK(scheduler.submit({endless}) == Submitted::Yes);
    endless.events->cancelAll();
    const ServeJob job = jobOf(served.tokens(texts[1]), 1, 5);
    CHECK_EQ(madeTogether(scheduler, {job})[0].tokens, generated(served.model(), job.prompt, 1, 5));
    while (scheduler.load().running > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

HILO_TEST(answersEndWithTheContextAndTheTime)
{
    const TinyServed served;
    ServeJob job = jobOf(served.tokens(texts[0]), 0, 1000000);
    for (const std::int32_t end : served.model().endTokens)
        job.sampling.bias.emplace_back(end, -1000);
    Scheduler scheduler(served.model(), settings(2));
    const auto answer = madeTogether(scheduler, {job})[0];
    CHECK_EQ(answer.reason, "length");
    CHECK_EQ(static_cast<std::int64_t>(answer.tokens.size() + job.prompt.size()), 129);
    job.deadline = std::chrono::steady_clock::now();
    const auto late = madeTogether(scheduler, {job})[0];
    CHECK(late.failed && late.failed->timedOut);
}

HILO_TEST(aFullQueueTakesNothingAndAnEndedOneNeither)
{
    const TinyServed served;
    ServeSettings narrow = settings(1);
    narrow.queue = 2;
    Scheduler scheduler(served.model(), narrow);
    const auto events = std::make_shared<AnswerEvents>(3);
    ServeJob job = jobOf(served.tokens(texts[0]), 0, 4);
    job.events = events;
    CHECK(scheduler.submit({job, job, job}) == Submitted::Full);
    ServeJob endless = job;
    endless.maximumTokens = 1000000;
    CHECK(scheduler.submit({endless, endless}) == Submitted::Yes);
    scheduler.end();
    int ended = 0;
    for (const AnswerEvent& event : events->take(std::chrono::milliseconds(0)))
        ended += std::holds_alternative<AnswerFailed>(event.what) || std::holds_alternative<AnswerEnded>(event.what);
    CHECK_EQ(ended, 2);
    CHECK(scheduler.submit({job}) == Submitted::Ending);
}
