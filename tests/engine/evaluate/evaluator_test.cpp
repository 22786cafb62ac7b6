// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/run_data.h"
#include "engine/evaluate/evaluate_model.h"
#include "engine/evaluate/evaluator.h"
#include "engine/evaluate/label_logit.h"
#include "engine/load/load_model.h"
#include "engine/train/tiny_run.h"
#include "engine/train/train_run.h"

#include <atomic>
#include <cmath>

using namespace hilo;
using namespace hilo::testing;

namespace {

struct Loaded
{
    LoadedModel model;
    EvaluationData data;
};

Loaded load(const TinyRun& tiny, Protocol protocol, const std::filesystem::path& adapter = {})
{
    const RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    Loaded loaded;
    loaded.model = REQUIRE_OK(loadModel({spec.modelPath, adapter, "cpu", "float32", {}, 1}, {}));
    RunData data = REQUIRE_OK(RunData::load(loaded.model.tokenizer, spec.tasks[0].data));
    EvaluationSpec evaluation;
    evaluation.protocol = protocol;
    loaded.data = REQUIRE_OK(data.evaluation("test", evaluation, 256));
    return loaded;
}

EvaluationResult score(const Loaded& loaded, Protocol protocol, std::int64_t batchSize)
{
    EvaluationSpec spec;
    spec.protocol = protocol;
    spec.batchSize = batchSize;
    spec.maxNewTokens = 6;
    return REQUIRE_OK(
        evaluate(*loaded.model.decoder, loaded.model.adapter.get(), *loaded.model.tokenizer, loaded.data, spec));
}

/// Logits behind these tokens, alone in the batch and without a cache.
torch::Tensor logitsBehind(const LoadedModel& model, const std::vector<std::int32_t>& tokens)
{
    const torch::NoGradGuard noGradient;
    PackedBatch batch;
    const auto count = static_cast<std::int64_t>(tokens.size());
    batch.tokens = torch::tensor(std::vector<std::int64_t>(tokens.begin(), tokens.end()), torch::kInt64);
    batch.positions = torch::arange(count, torch::kInt64);
    batch.starts = {0, count};
    ForwardOptions options;
    options.adapter = model.adapter.get();
    return model.decoder->logits(model.decoder->hidden(batch, options)).select(0, count - 1);
}

/// A run with a few steps, so that there is an adapter that says something.
std::filesystem::path trained(const TinyRun& tiny)
{
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("trained"), {}));
    return tiny.run("trained");
}

} // namespace

HILO_TEST(labelLogitComparesTheLabelsFirstTokens)
{
    const TinyRun tiny;
    const Loaded loaded = load(tiny, Protocol::LabelLogit, trained(tiny));
    EvaluationResult expected;
    for (std::size_t row = 0; row < loaded.data.examples.size(); ++row) {
        const TokenisedExample& one = loaded.data.tokenised[row];
        const torch::Tensor logits =
            logitsBehind(loaded.model, {one.tokens.begin(), one.tokens.begin() + one.labelPosition});
        int best = 0;
        for (std::size_t label = 1; label < one.labelTokens.size(); ++label)
            if (logits[one.labelTokens[label]].item<float>() >
                logits[one.labelTokens[static_cast<std::size_t>(best)]].item<float>())
                best = static_cast<int>(label);
        const Example& example = loaded.data.examples[row];
        expected.count(example.labels[static_cast<std::size_t>(example.correct)],
                       example.labels[static_cast<std::size_t>(best)]);
    }
    for (const std::int64_t batchSize : {1, 5, 64}) {
        const EvaluationResult result = score(loaded, Protocol::LabelLogit, batchSize);
        CHECK_EQ(result.total, 24);
        CHECK_EQ(result.correct, expected.correct);
        CHECK_EQ(result.unparsable, 0);
        CHECK_EQ(result.classes.size(), expected.classes.size());
        for (const auto& [label, count] : expected.classes) {
            CHECK_EQ(result.classes.at(label).total, count.total);
            CHECK_EQ(result.classes.at(label).correct, count.correct);
            CHECK(result.classes.at(label).given == count.given);
        }
    }
}

HILO_TEST(genMatchStrictGeneratesAndCountsWhatItCannotRead)
{
    const TinyRun tiny;
    const Loaded loaded = load(tiny, Protocol::GenMatchStrict, trained(tiny));
    const Tokenizer& tokenizer = *loaded.model.tokenizer;
    std::int64_t correct = 0;
    std::int64_t unparsable = 0;
    for (std::size_t row = 0; row < loaded.data.examples.size(); ++row) {
        const TokenisedExample& one = loaded.data.tokenised[row];
        std::vector<std::int32_t> text(one.tokens.begin(), one.tokens.begin() + one.answerStart);
        std::vector<std::int32_t> made;
        while (made.size() < 6) {
            made.push_back(static_cast<std::int32_t>(logitsBehind(loaded.model, text).argmax().item<std::int64_t>()));
            text.push_back(made.back());
            if (made.back() == tokenizer.eos()) {
                made.pop_back();
                break;
            }
        }
        const Example& example = loaded.data.examples[row];
        const auto answer = REQUIRE_OK(loaded.data.matcher->match(tokenizer.decode(made)));
        const bool known =
            answer && std::find(example.labels.begin(), example.labels.end(), *answer) != example.labels.end();
        unparsable += !known;
        correct += known && *answer == example.labels[static_cast<std::size_t>(example.correct)];
    }
    for (const std::int64_t batchSize : {1, 7, 64}) {
        const EvaluationResult result = score(loaded, Protocol::GenMatchStrict, batchSize);
        CHECK_EQ(result.correct, correct);
        CHECK_EQ(result.unparsable, unparsable);
        CHECK_EQ(result.total, 24);
    }
}

HILO_TEST(aResultCountsClassesFloorAndInterval)
{
    EvaluationResult result;
    result.protocol = Protocol::LabelLogit;
    CHECK_EQ(result.accuracy(), 0.0);
    CHECK(!result.valueOf("accuracy"));
    CHECK_EQ(result.interval(), (std::pair{0.0, 1.0}));
    // Nothing of an accuracy is told where there is none.
    for (const char* key : {"accuracy", "correct", "total", "interval", "unparsable", "classes", "loss", "perplexity"})
        CHECK(!toJson(result).contains(key));
    for (int i = 0; i < 10; ++i) {
        const std::string right = i < 7 ? "plant" : "act";
        result.count(right, i < 8 ? std::optional(right) : i < 9 ? std::optional<std::string>("plant") : std::nullopt);
    }
    CHECK_EQ(result.accuracy(), 0.8);
    CHECK_EQ(result.majorityFloor(), 0.7);
    CHECK_EQ(result.classes.at("plant").correct, 7);
    CHECK_EQ(result.classes.at("act").total, 3);
    CHECK_EQ(result.classes.at("act").correct, 1);
    // Wilson 1927 for 8 of 10.
    CHECK_NEAR(result.interval().first, 0.4901625, 1e-6);
    CHECK_NEAR(result.interval().second, 0.9433178, 1e-6);
    const Json json = toJson(result);
    for (const char* key : {"split", "protocol", "accuracy", "correct", "total", "interval", "unparsable"})
        CHECK(json.contains(key));
    CHECK_EQ(json["protocol"].get<std::string>(), "label-logit");
    CHECK_EQ(json["metrics"]["accuracy"].get<double>(), 0.8);
    // What was given in the place of what was right; one row of ten had no answer.
    CHECK_EQ(json["classes"]["act"]["given"].dump(), R"({"act":1,"plant":1})");
    CHECK_EQ(json["classes"]["plant"]["given"].dump(), R"({"plant":7})");
    result.loss = 1.5;
    result.metrics["matthews"] = 0.25;
    result.intervals["matthews"] = {0.1, 0.4};
    CHECK_EQ(result.valueOf("loss").value_or(0), 1.5);
    CHECK_EQ(result.valueOf("matthews").value_or(0), 0.25);
    CHECK_EQ(result.valueOf("accuracy").value_or(0), 0.8);
    CHECK(!result.valueOf("perplexity") && !result.valueOf("rouge_l"));
    CHECK_EQ(toJson(result)["intervals"]["matthews"].dump(), "[0.1,0.4]");
}

HILO_TEST(rowsThatAProtocolCannotScoreAreNamed)
{
    const TinyRun tiny;
    Loaded loaded = load(tiny, Protocol::LabelLogit);
    const auto evaluateAs = [&](Protocol protocol) {
        EvaluationSpec spec;
        spec.protocol = protocol;
        return REQUIRE_ERROR(evaluate(*loaded.model.decoder, nullptr, *loaded.model.tokenizer, loaded.data, spec));
    };
    CHECK_CONTAINS(evaluateAs(Protocol::GenMatchStrict).message, "made for label-logit");
    loaded.data.protocol = Protocol::GenMatchStrict;
    CHECK_CONTAINS(evaluateAs(Protocol::GenMatchStrict).message, "answer_pattern");
    loaded.data.protocol = Protocol::ChoiceLikelihood;
    CHECK_CONTAINS(evaluateAs(Protocol::ChoiceLikelihood).message, "no choices");
    loaded.data.protocol = Protocol::LabelLogit;
    loaded.data.tokenised[3].labelTokens.clear();
    const Error error = evaluateAs(Protocol::LabelLogit);
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(error.file, "test.jsonl");
    CHECK_EQ(error.place, "line 4");
    loaded.data = {};
    CHECK_CONTAINS(evaluateAs(Protocol::LabelLogit).message, "no rows");
}

HILO_TEST(noRowIsReadBeyondItsEnd)
{
    const TinyRun tiny;
    for (const Protocol protocol : {Protocol::LabelLogit, Protocol::GenMatchStrict}) {
        Loaded loaded = load(tiny, protocol);
        TokenisedExample& row = loaded.data.tokenised.at(3);
        const auto size = static_cast<std::int64_t>(row.tokens.size());
        for (const std::int64_t place : {size + 1, std::int64_t{0}, std::int64_t{-2}}) {
            row.labelPosition = row.answerStart = place;
            EvaluationSpec spec;
            spec.protocol = protocol;
            const Error error =
                REQUIRE_ERROR(evaluate(*loaded.model.decoder, nullptr, *loaded.model.tokenizer, loaded.data, spec));
            CHECK_EQ(error.place, "line 4");
            CHECK_CONTAINS(error.message, std::to_string(size) + " tokens");
        }
    }
}

HILO_TEST(labelsAreComparedInFloat32)
{
    // 256 and 256.5 are one number in bfloat16, and so are their products with the hidden state.
    const torch::Tensor hidden = torch::tensor({256.0F, 1.0F}).to(torch::kBFloat16);
    const auto weights = [](const std::vector<float>& values) {
        return torch::tensor(values).reshape({-1, 2}).to(torch::kBFloat16);
    };
    CHECK_EQ(bestLabel(weights({1, 0, 1, 0.5F, 1, 0.25F}), hidden), 1);
    CHECK_EQ(bestLabel(weights({1, 0.25F, 1, 0, 1, 0.5F}), hidden), 2);
    CHECK_EQ(bestLabel(weights({1, 0.5F, 1, 0}), hidden), 0);
    // Nothing was chosen where two are the same, or where there is no number.
    CHECK_EQ(bestLabel(weights({1, 0.5F, 1, 0.5F, 0, 0}), hidden), -1);
    CHECK_EQ(bestLabel(weights({1, 0, 1, 0}), torch::full({2}, std::nanf(""))), -1);
}

HILO_TEST(rowsWhosePromptDoesNotFitAreNotScored)
{
    const TinyRun tiny;
    writeText(tiny.folder() / "long.json",
              R"({"format": "hilo.prompt/1", "kind": "classification", "prompt": "{text}:", "label_column": "label",
                  "answer": " the kind of thing that this gloss defines is a {label}"})");
    RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    spec.tasks[0].data.template_ = (tiny.folder() / "long.json").string();
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(spec.modelPath));
    RunData data = REQUIRE_OK(RunData::load(tokenizer, spec.tasks[0].data));
    for (const std::int64_t maxLength : {1, 2, 8})
        CHECK_CONTAINS(REQUIRE_ERROR(data.evaluation("test", {}, maxLength)).message, "max_length");
    const EvaluationData whole = REQUIRE_OK(data.evaluation("test", {}, 96));
    CHECK_EQ(whole.tokenised.size(), 24u);
    CHECK_EQ(whole.rejected, 0);
}

HILO_TEST(aCancelledEvaluationHasNoResult)
{
    const TinyRun tiny;
    const Loaded loaded = load(tiny, Protocol::LabelLogit);
    const std::atomic<bool> stop{true};
    const auto result =
        evaluate(*loaded.model.decoder, nullptr, *loaded.model.tokenizer, loaded.data, {}, Progress({}, &stop));
    CHECK(REQUIRE_ERROR(result).code == ErrorCode::Cancelled);
}

HILO_TEST(anAdapterIsScoredAsTheRunScoredIt)
{
    const TinyRun tiny;
    const std::filesystem::path run = trained(tiny);
    const RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    EvaluateRequest request;
    request.model = spec.modelPath;
    request.adapter = run;
    request.data = spec.tasks[0].data;
    request.maxLength = spec.training.maxLength;
    request.threads = 1;
    const EvaluationResult result = REQUIRE_OK(evaluateModel(request, {}));
    CHECK_EQ(result.correct, eventsOf(run, "finished").at(0)["correct"].get<std::int64_t>());
    request.evaluation.limit = 10;
    CHECK_EQ(REQUIRE_OK(evaluateModel(request, {})).total, 10);
}
