// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/run_data.h"
#include "engine/evaluate/choice_likelihood.h"
#include "engine/evaluate/evaluate_model.h"
#include "engine/evaluate/evaluator.h"
#include "engine/evaluate/group_losses.h"
#include "engine/load/load_model.h"
#include "engine/model/fixtures.h"
#include "engine/train/tiny_run.h"
#include "metrics/metric.h"

#include <torch/nn/functional/loss.h>

#include <cmath>

using namespace hilo;
using namespace hilo::testing;

namespace {

constexpr const char* options =
    R"({"format": "hilo.prompt/1", "kind": "classification", "prompt": "{text} is a kind of:",
    "answer": " the kind of thing that a {label} is", "label_column": "label"})";

/// The tiny run's model, whose rows another template writes.
struct Scene
{
    TinyRun tiny;
    LoadedModel model;
    DataSpec data;

    explicit Scene(const char* promptTemplate = nullptr)
    {
        const RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
        model = REQUIRE_OK(loadModel({spec.modelPath, {}, "cpu", "float32", {}, 1}, {}));
        data = spec.tasks[0].data;
        if (promptTemplate) {
            writeText(tiny.folder() / "prompt.json", promptTemplate);
            data.template_ = (tiny.folder() / "prompt.json").string();
        }
    }

    EvaluationData rows(const EvaluationSpec& spec, std::int64_t maxLength = 128) const
    {
        RunData read = REQUIRE_OK(RunData::load(model.tokenizer, data));
        return REQUIRE_OK(read.evaluation("test", spec, maxLength));
    }

    EvaluationResult result(const EvaluationSpec& spec, const EvaluationData& read) const
    {
        return REQUIRE_OK(evaluate(*model.decoder, nullptr, *model.tokenizer, read, spec));
    }

    EvaluationResult result(const EvaluationSpec& spec) const { return result(spec, rows(spec)); }
};

EvaluationSpec specOf(Protocol protocol, std::int64_t batchSize = 32)
{
    EvaluationSpec spec;
    spec.protocol = protocol;
    spec.batchSize = batchSize;
    spec.maxNewTokens = 5;
    return spec;
}

/// Log-probabilities [T, vocabulary] of one text, alone and without a cache.
torch::Tensor logProbabilities(const Decoder& decoder, const std::vector<std::int32_t>& tokens)
{
    const torch::NoGradGuard noGradient;
    const PackedBatch batch = pack({{tokens.begin(), tokens.end()}});
    return torch::log_softmax(decoder.logits(decoder.hidden(batch)).to(torch::kFloat64), 1);
}

double lossOf(const torch::Tensor& logProbabilities, const std::vector<std::int32_t>& tokens, std::int64_t place)
{
    return -logProbabilities[place - 1][tokens[static_cast<std::size_t>(place)]].item<double>();
}

EvaluationData fixtureRows(const std::vector<std::int64_t>& tokens)
{
    EvaluationData data;
    data.split = "test";
    data.protocol = Protocol::Loss;
    // Beginnings of the same tokens: what comes later changes nothing before it.
    for (const std::size_t length : {tokens.size(), tokens.size() / 2, std::size_t{3}}) {
        TokenisedExample row;
        row.tokens.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(length));
        row.answerStart = static_cast<std::int64_t>(length) - 2;
        row.answers = {{row.answerStart, static_cast<std::int64_t>(length)}};
        data.tokenised.push_back(row);
        data.examples.push_back({});
    }
    return data;
}

} // namespace

HILO_TEST(theLossIsThatOfTransformers)
{
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes/base"));
    for (const std::string& name : fixtureModels()) {
        const Expected expected = expectedOf(name);
        const auto decoder = loadFixture(name);
        const EvaluationData data = fixtureRows(expected.tokens);
        const torch::Tensor logProbabilities = torch::log_softmax(expected.logits.to(torch::kFloat64), 1);
        for (const LossOn lossOn : {LossOn::Answer, LossOn::WholeText}) {
            double sum = 0;
            std::int64_t count = 0;
            for (const TokenisedExample& row : data.tokenised)
                for (std::int64_t i = lossOn == LossOn::WholeText ? 1 : row.answerStart;
                     i < static_cast<std::int64_t>(row.tokens.size()); ++i, ++count)
                    sum += lossOf(logProbabilities, row.tokens, i);
            EvaluationSpec spec = specOf(Protocol::Loss, 2);
            spec.lossOn = lossOn;
            const EvaluationResult result = REQUIRE_OK(evaluate(*decoder, nullptr, *tokenizer, data, spec));
            CHECK_EQ(result.tokens, count);
            CHECK_NEAR(result.loss.value_or(0), sum / static_cast<double>(count), 1e-4);
            CHECK_NEAR(result.perplexity.value_or(0), std::exp(*result.loss), 1e-9);
            CHECK(!result.hasAccuracy() && result.metrics.empty());
        }
    }
}

HILO_TEST(longTextsAreMeasuredWhole)
{
    const Scene scene(R"({"format": "hilo.prompt/1", "kind": "text", "prompt": "", "answer": "{text}"})");
    const EvaluationSpec spec = specOf(Protocol::Loss);
    const EvaluationData whole = scene.rows(spec, 0), windows = scene.rows(spec, 8);
    CHECK_EQ(whole.tokenised.size(), 24u);
    CHECK(windows.tokenised.size() > 24u);
    const EvaluationResult wanted = scene.result(spec, whole), result = scene.result(spec, windows);
    // Each token once, whatever the windows.
    CHECK_EQ(result.tokens, wanted.tokens);
    double sum = 0;
    for (const TokenisedExample& row : windows.tokenised) {
        const torch::Tensor logProbabilities = ::logProbabilities(*scene.model.decoder, row.tokens);
        for (std::int64_t i = std::max<std::int64_t>(1, row.answerStart);
             i < static_cast<std::int64_t>(row.tokens.size()); ++i)
            sum += lossOf(logProbabilities, row.tokens, i);
    }
    CHECK_NEAR(result.loss.value_or(0), sum / static_cast<double>(result.tokens), 1e-4);
    CHECK_EQ(result.rows, static_cast<std::int64_t>(windows.tokenised.size()));
    std::int64_t numbered = 0;
    for (std::size_t i = 0; i < result.scored.size(); ++i) {
        CHECK(result.scored[i].line > 0);
        const bool isFirst = i == 0 || result.scored[i].line != result.scored[i - 1].line;
        if (!isFirst)
            CHECK_EQ(result.scored[i].window, result.scored[i - 1].window + 1);
        numbered += result.scored[i].window > 0;
    }
    CHECK(numbered > 1);
}

HILO_TEST(theLossIsTheSameUnderEveryProtocol)
{
    const Scene scene;
    const EvaluationResult expected = scene.result(specOf(Protocol::Loss));
    CHECK_EQ(expected.rows, 24);
    CHECK(expected.loss.value_or(0) > 0.5 && expected.tokens >= 24);
    CHECK(expected.intervals.at("loss").first < *expected.loss &&
          *expected.loss < expected.intervals.at("loss").second);
    for (const Protocol protocol :
         {Protocol::LabelLogit, Protocol::ChoiceLikelihood, Protocol::Generate, Protocol::GenMatchStrict})
        for (const std::int64_t batchSize : {1, 7, 64}) {
            const EvaluationResult result = scene.result(specOf(protocol, batchSize));
            CHECK_EQ(result.tokens, expected.tokens);
            CHECK_NEAR(result.loss.value_or(0), *expected.loss, 1e-5);
            CHECK(result.protocol == protocol);
            CHECK_EQ(result.scored.size(), 24u);
        }
    EvaluationSpec whole = specOf(Protocol::Auto);
    whole.lossOn = LossOn::WholeText;
    const EvaluationResult ofText = scene.result(whole);
    CHECK(ofText.protocol == Protocol::LabelLogit);
    CHECK(ofText.tokens > expected.tokens * 3);
    EvaluationSpec alone = specOf(Protocol::Loss);
    alone.lossOn = LossOn::WholeText;
    CHECK_NEAR(scene.result(alone).loss.value_or(0), *ofText.loss, 1e-5);
}

HILO_TEST(choicesAreComparedByTheirWholeLikelihood)
{
    const Scene scene(options);
    const EvaluationSpec asked = specOf(Protocol::ChoiceLikelihood, 5);
    const EvaluationData data = scene.rows(asked);
    std::int64_t correct = 0;
    std::int64_t correctByLength = 0;
    const EvaluationResult result = scene.result(asked, data);
    for (std::size_t r = 0; r < data.examples.size(); ++r) {
        const TokenisedExample& row = data.tokenised[r];
        std::vector<double> sums;
        std::vector<double> means;
        for (std::size_t c = 0; c < row.choices.size(); ++c) {
            const ChoiceTokens& choice = row.choices[c];
            const torch::Tensor values = logProbabilities(*scene.model.decoder, choice.tokens);
            double sum = 0;
            for (std::int64_t i = choice.start; i < static_cast<std::int64_t>(choice.tokens.size()); ++i)
                sum -= lossOf(values, choice.tokens, i);
            sums.push_back(sum);
            means.push_back(sum / static_cast<double>(data.examples[r].choices[c].size() - 1));
            CHECK_NEAR(result.scored[r].likelihoods.at(c), sum, 1e-3);
        }
        correct += onlyHighest(sums) == row.correct;
        correctByLength += onlyHighest(means) == row.correct;
    }
    CHECK_EQ(result.correct, correct);
    CHECK_NEAR(result.metrics.at("accuracy_normalised"), static_cast<double>(correctByLength) / 24, 1e-12);
    CHECK_EQ(result.unparsable, 0);
    for (const char* metric : {"matthews", "f1_macro"})
        CHECK(result.valueOf(metric) || result.notMeasured.contains(metric));
    for (const std::int64_t batchSize : {1, 24}) {
        const EvaluationResult other = scene.result(specOf(Protocol::ChoiceLikelihood, batchSize), data);
        CHECK_EQ(other.correct, correct);
        CHECK_NEAR(other.loss.value_or(0), *result.loss, 1e-5);
        CHECK(other.metrics == result.metrics);
    }
}

HILO_TEST(aSharedBeginningIsReadOnceWithTheSameLosses)
{
    const Scene scene;
    std::vector<std::vector<TextToScore>> groups;
    std::vector<TextToScore> alone;
    for (std::int32_t g = 0; g < 5; ++g) {
        std::vector<TextToScore> group;
        for (std::int32_t t = 0; t < 4; ++t) {
            TextToScore text;
            for (std::int32_t i = 0; i < 12 + g; ++i)
                text.tokens.push_back(3 + (i * 7 + g) % 50);
            for (std::int32_t i = 0; i <= t + (g == 2); ++i)
                text.tokens.push_back(5 + (i * 11 + t * 3) % 60);
            // The last place alone, all of them, or some that lie in what is shared.
            const auto size = static_cast<std::int64_t>(text.tokens.size());
            for (std::int64_t i = t == 1 ? 1 : size - 1 - t; i < size; ++i)
                text.places.push_back(i);
            group.push_back(text);
            alone.push_back(text);
        }
        groups.push_back(group);
    }
    std::vector<TextToScore*> whole;
    for (TextToScore& text : alone)
        whole.push_back(&text);
    REQUIRE_OK(scoreTexts(*scene.model.decoder, nullptr, whole, 3));
    for (const std::int64_t batchSize : {1, 2, 64}) {
        auto shared = groups;
        REQUIRE_OK(scoreGroups(*scene.model.decoder, nullptr, shared, batchSize));
        for (std::size_t i = 0; i < alone.size(); ++i) {
            const TextToScore& text = shared[i / 4][i % 4];
            CHECK_EQ(text.losses.size(), alone[i].places.size());
            for (std::size_t place = 0; place < text.losses.size(); ++place)
                CHECK_NEAR(text.losses[place], alone[i].losses[place], 1e-4);
        }
    }
}

HILO_TEST(whereTwoAreLikeliestNothingWasChosen)
{
    const std::vector<double> clear{-3, -1, -2};
    const std::vector<double> tie{-1, -3, -1};
    CHECK_EQ(onlyHighest(clear), 1);
    CHECK_EQ(onlyHighest(tie), -1);
}

HILO_TEST(generatedTextsAreComparedWithTheAnswers)
{
    const Scene scene(
        R"({"format": "hilo.prompt/1", "kind": "instruction", "prompt": "{text}:", "answer": " {label}"})");
    const EvaluationSpec asked = specOf(Protocol::Generate);
    const EvaluationData data = scene.rows(asked);
    const Tokenizer& tokenizer = *scene.model.tokenizer;
    double exact = 0;
    double f1 = 0;
    const EvaluationResult result = scene.result(asked, data);
    for (std::size_t r = 0; r < data.examples.size(); ++r) {
        const TokenisedExample& row = data.tokenised[r];
        std::vector<std::int32_t> text(row.tokens.begin(), row.tokens.begin() + row.answerStart);
        std::vector<std::int32_t> made;
        while (made.size() < 5) {
            const torch::Tensor last =
                logProbabilities(*scene.model.decoder, text).select(0, static_cast<std::int64_t>(text.size()) - 1);
            const auto next = static_cast<std::int32_t>(last.argmax().item<std::int64_t>());
            if (next == tokenizer.eos())
                break;
            made.push_back(next);
            text.push_back(next);
        }
        const std::string written = tokenizer.decode(made);
        exact += findMetric("exact_match")->ofTexts(data.examples[r].answer, written).value_or(-1);
        f1 += findMetric("token_f1")->ofTexts(data.examples[r].answer, written).value_or(-1);
        CHECK_EQ(result.scored[r].wanted.value_or(""), data.examples[r].answer.substr(1));
    }
    CHECK_NEAR(result.metrics.at("exact_match"), exact / 24, 1e-12);
    CHECK_NEAR(result.metrics.at("token_f1"), f1 / 24, 1e-12);
    CHECK(result.metrics.contains("rouge_l") && !result.metrics.contains("number_match"));
    CHECK(!result.hasAccuracy());
    CHECK(scene.result(specOf(Protocol::Generate, 5), data).metrics == result.metrics);
    CHECK(scene.rows(specOf(Protocol::Auto)).protocol == Protocol::Loss);
}

HILO_TEST(oneClassAloneHasAnAccuracyAndNoCorrelation)
{
    const Scene scene;
    const EvaluationSpec asked = specOf(Protocol::LabelLogit);
    EvaluationData data = scene.rows(asked);
    EvaluationData one = data;
    one.examples.clear();
    one.tokenised.clear();
    for (std::size_t r = 0; r < data.examples.size(); ++r)
        if (data.examples[r].correct == data.examples[0].correct) {
            one.examples.push_back(data.examples[r]);
            one.tokenised.push_back(data.tokenised[r]);
        }
    const EvaluationResult result = scene.result(asked, one);
    CHECK(result.hasAccuracy());
    CHECK(!result.valueOf("matthews"));
    CHECK_CONTAINS(result.notMeasured.at("matthews"), "all the same");
    CHECK(toJson(result)["not_measured"].contains("matthews"));
    CHECK(!toJson(result)["metrics"].contains("matthews"));
    const Json row = toJson(result.scored.front());
    CHECK_EQ(row["line"].get<std::int64_t>(), one.examples.front().line);
    CHECK(row.contains("right") && row.contains("loss") && !row.contains("written"));
}

HILO_TEST(theBaseIsMeasuredBesideAnAdapterAndValidationStandsInForTest)
{
    const Scene scene;
    std::filesystem::rename(scene.tiny.folder() / "data/test.jsonl", scene.tiny.folder() / "data/validation.jsonl");
    EvaluateRequest request;
    request.model = scene.tiny.folder() / "model";
    request.data = scene.data;
    request.maxLength = 24;
    request.threads = 1;
    request.compareBase = true;
    const ModelEvaluation result = REQUIRE_OK(evaluateModel(request, {}));
    CHECK_EQ(result.split, "validation");
    CHECK(result.protocol == Protocol::LabelLogit);
    CHECK(result.loss && result.base && result.base->loss == result.loss);
    request.isSplitGiven = true;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(evaluateModel(request, {}))), "test");
}
