// SPDX-License-Identifier: GPL-3.0-or-later
// Learning from pairs of answers and from judged answers.
#include "tiny_run.h"

#include "engine/evaluate/answer_scores.h"
#include "engine/evaluate/evaluate_model.h"
#include "engine/train/preference_step.h"
#include "engine/train/train_run.h"
#include "run/objective_spec.h"

#include <atomic>
#include <cmath>
#include <fstream>
#include <sstream>
#include <tuple>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// The run's own rows as pairs: the label, and another one that it was preferred to; or as judged answers.
void usePreferences(const TinyRun& tiny, bool judged, const Json& objective = nullptr)
{
    const fs::path data = tiny.folder() / "preferences";
    fs::create_directories(data);
    for (const std::string split : {"train", "test"}) {
        std::ifstream source(tiny.folder() / "data" / (split + ".jsonl"));
        std::string rows, line;
        for (int i = 0; std::getline(source, line); ++i) {
            const Json row = Json::parse(line);
            const std::string label = " " + row["label"].get<std::string>();
            const std::string other = label == " plant" ? " act" : " plant";
            const Json prompt = row["text"].get<std::string>() + ":";
            rows += (judged ? Json{{"prompt", prompt}, {"completion", i % 2 ? other : label}, {"label", i % 2 == 0}}
                            : Json{{"prompt", prompt}, {"chosen", label}, {"rejected", other}})
                        .dump() +
                    "\n";
        }
        writeText(data / (split + ".jsonl"), rows);
    }
    Json document = REQUIRE_OK(readJsonFile(tiny.spec()));
    document["data"] = {{"path", "preferences"}};
    document.erase("evaluation");
    if (!objective.is_null())
        document["training"]["objective"] = objective;
    REQUIRE_OK(writeJsonFile(tiny.spec(), document));
}

RunSpec specOf(const TinyRun& tiny)
{
    return REQUIRE_OK(readRunSpec(tiny.spec()));
}

} // namespace

HILO_TEST(pairsTrainByDpoWithoutBeingAskedAndTheRunSaysSo)
{
    const TinyRun tiny(Json{{"steps", 12}, {"learning_rate", 3e-3}});
    usePreferences(tiny, false);
    const fs::path run = tiny.run("run");
    REQUIRE_OK(startRun(specOf(tiny), run, {}));
    const Json kept = REQUIRE_OK(readJsonFile(run / "run.json"));
    CHECK_EQ(kept["training"]["objective"]["name"].get<std::string>(), "dpo");
    CHECK_EQ(kept["training"]["objective"]["beta"].get<double>(), 0.1);
    CHECK_EQ(kept["data"]["template"].get<std::string>(), "preference");
    const auto steps = eventsOf(run, "step");
    CHECK_NEAR(steps.front()["loss"].get<double>(), std::log(2.0), 1e-6); // the adapter is the reference yet
    CHECK(steps.back()["loss"].get<double>() < steps.front()["loss"].get<double>());
    CHECK(steps.back()["reward_accuracy"].get<double>() > 0.5);
    CHECK(steps.back()["reward_margin"].get<double>() > 0);
    const Json final = eventsOf(run, "evaluation").back();
    CHECK(final["metrics"]["reward_accuracy"].get<double>() > 0.5);
    CHECK(final["intervals"].contains("reward_accuracy"));
    CHECK(final["loss"].get<double>() > 0);
    CHECK(fs::exists(run / "reference.safetensors"));
}

HILO_TEST(everyObjectiveOfPairsMakesItsLossSmaller)
{
    for (const char* name : {"dpo-hinge", "ipo", "simpo", "orpo"}) {
        const TinyRun tiny(Json{{"steps", 12}, {"learning_rate", 3e-3}});
        usePreferences(tiny, false, Json(name));
        const fs::path run = tiny.run("run");
        REQUIRE_OK(startRun(specOf(tiny), run, {}));
        const auto steps = eventsOf(run, "step");
        CHECK(steps.back()["loss"].get<double>() < steps.front()["loss"].get<double>());
        if (findObjective(name)->needsReference)
            CHECK(steps.back()["reward_margin"].get<double>() > 0);
        CHECK_EQ(fs::exists(run / "reference.safetensors"), findObjective(name)->needsReference);
    }
}

HILO_TEST(whatARunMeasuredIsMeasuredAgainByItsObjective)
{
    for (const Json& objective : {Json::object({{"name", "simpo"}}), Json::object({{"name", "dpo"}, {"beta", 0.5}}),
                                  Json::object({{"name", "ipo"}})}) {
        const TinyRun tiny(Json{{"steps", 6}, {"learning_rate", 3e-3}});
        usePreferences(tiny, false, objective);
        const fs::path run = tiny.run("run");
        const RunSpec spec = specOf(tiny);
        REQUIRE_OK(startRun(spec, run, {}));
        const Json final = eventsOf(run, "evaluation").back();
        EvaluateRequest request;
        request.model = spec.modelPath;
        request.adapter = (run / "adapter").string();
        request.data = spec.tasks[0].data;
        request.evaluation = spec.evaluation;
        request.maxLength = spec.training.maxLength;
        request.objective = spec.training.objective;
        request.objectiveSettings = spec.training.objectiveSettings;
        const ModelEvaluation again = REQUIRE_OK(evaluateModel(request, {}));
        CHECK_EQ(again.objective, objective["name"].get<std::string>());
        for (const char* metric : {"preference_loss", "reward_margin"})
            CHECK_NEAR(*again.valueOf(metric), final["metrics"][metric].get<double>(), 1e-5);
        request.startFrom = request.adapter;
        const ModelEvaluation other = REQUIRE_OK(evaluateModel(request, {}));
        CHECK_EQ(other.notMeasured.contains("preference_loss"), objective["name"] != "simpo");
    }
}

HILO_TEST(judgedAnswersTrainByKto)
{
    const TinyRun tiny(Json{{"steps", 12}, {"learning_rate", 3e-3}});
    usePreferences(tiny, true);
    const fs::path run = tiny.run("run");
    REQUIRE_OK(startRun(specOf(tiny), run, {}));
    CHECK_EQ(REQUIRE_OK(readJsonFile(run / "run.json"))["training"]["objective"]["name"].get<std::string>(), "kto");
    const auto steps = eventsOf(run, "step");
    CHECK_NEAR(steps.front()["loss"].get<double>(), 0.5, 1e-6);
    CHECK_NEAR(steps.front()["divergence"].get<double>(), 0, 1e-9);
    CHECK(steps.back()["loss"].get<double>() < 0.5);
    CHECK(eventsOf(run, "evaluation").back()["metrics"]["reward_margin"].get<double>() > 0);
}

HILO_TEST(aStoppedRunOfPairsGoesOnToTheSameNumbers)
{
    const TinyRun tiny(Json{{"steps", 8}, {"checkpoint_every", 3}});
    usePreferences(tiny, false);
    const fs::path whole = tiny.run("whole");
    REQUIRE_OK(startRun(specOf(tiny), whole, {}));
    const fs::path run = tiny.run("stopped");
    std::atomic<bool> flag{false};
    const Progress progress(
        [&flag](const ProgressReport& report) {
            if (report.what == "Training" && report.done >= 4)
                flag = true;
        },
        &flag);
    REQUIRE_OK(startRun(specOf(tiny), run, progress));
    REQUIRE_OK(continueRun(run, {}));
    CHECK_EQ(readText(run / "adapter" / "adapter.safetensors"), readText(whole / "adapter" / "adapter.safetensors"));
}

HILO_TEST(objectivesAndRowsThatDoNotFitAreRefusedBeforeTheFirstStep)
{
    const auto refused = [](bool judged, const Json& objective, const Json& training = Json::object()) {
        Json settings = {{"steps", 4}};
        settings.update(training);
        const TinyRun tiny(settings);
        usePreferences(tiny, judged, objective);
        const auto spec = readRunSpec(tiny.spec());
        if (!spec)
            return describe(spec.error());
        const fs::path run = tiny.run("run");
        const Error error = REQUIRE_ERROR(startRun(*spec, run, {}));
        CHECK(!fs::exists(run));
        return describe(error);
    };
    CHECK_CONTAINS(refused(true, "dpo"), "learns from pairs");
    CHECK_CONTAINS(refused(true, "likelihood"), "answers that somebody judged");
    CHECK_CONTAINS(refused(false, "kto"), "learns from answers that somebody judged");
    CHECK_CONTAINS(refused(false, "dpoo"), "expected auto, dpo");
    CHECK_CONTAINS(refused(false, Json{{"name", "dpo"}, {"gamma", 1}}), "no such setting");
    CHECK_CONTAINS(refused(false, Json{{"name", "dpo"}, {"beta", 0}}), "out of range");
    CHECK_CONTAINS(refused(false, "dpo", {{"loss_on", "whole_text"}}), "learns from answers");
    CHECK_CONTAINS(refused(false, "auto", {{"prompt_dropout", 0.1}}), "whole prompts");
    CHECK_CONTAINS(refused(true, "kto", {{"batch_size", 1}}), "batch_size");
}

HILO_TEST(theChosenAnswersOfPairsCanBeLearntByThemselves)
{
    const TinyRun tiny(Json{{"steps", 4}});
    usePreferences(tiny, false, "likelihood");
    const fs::path run = tiny.run("run");
    REQUIRE_OK(startRun(specOf(tiny), run, {}));
    CHECK(!eventsOf(run, "step").back().contains("reward_margin"));
    CHECK(eventsOf(run, "evaluation").back()["loss"].get<double>() > 0);
}

HILO_TEST(judgedAnswersOfOneKindSayWhatIsNotMeasuredAndWhy)
{
    const auto setUp = [](const TinyRun& tiny, bool trainingIsGood, bool heldOutIsGood) {
        usePreferences(tiny, true);
        const fs::path data = tiny.folder() / "preferences";
        const auto judge = [&](const char* from, const char* to, bool isGood) {
            std::istringstream source(readText(data / from));
            std::string rows, line;
            while (std::getline(source, line)) {
                Json row = Json::parse(line);
                row["label"] = isGood;
                rows += row.dump() + "\n";
            }
            writeText(data / to, rows);
        };
        judge("test.jsonl", "validation.jsonl", heldOutIsGood);
        judge("test.jsonl", "test.jsonl", heldOutIsGood);
        judge("train.jsonl", "train.jsonl", trainingIsGood);
    };
    for (const bool isGood : {false, true}) {
        const TinyRun tiny(Json{{"steps", 2}});
        setUp(tiny, isGood, isGood);
        REQUIRE_OK(startRun(specOf(tiny), tiny.run("run"), {}));
        const Json final = eventsOf(tiny.run("run"), "evaluation").back();
        CHECK(final["metrics"].contains("preference_loss"));
        CHECK_EQ(final.contains("loss"), isGood);
        const std::string all = isGood ? "rows are judged good, and " : "rows are judged bad, and ";
        CHECK_CONTAINS(final["not_measured"]["reward_margin"].get<std::string>(), all + "the margin is between");
        CHECK_CONTAINS(final["not_measured"]["reward_margin"].get<std::string>(),
                       "give the split good and bad answers");
        if (!isGood)
            for (const char* metric : {"loss", "perplexity"})
                CHECK_CONTAINS(final["not_measured"][metric].get<std::string>(),
                               all + "the loss is one of good answers");
    }
    // A run that is to choose its best step by what such rows cannot have ends before the first one.
    for (const auto& [metric, isGood, why] : {std::tuple{"loss", false, "the loss is one of good answers"},
                                              {"reward_margin", true, "judged good"},
                                              {"reward_margin", false, "judged bad"},
                                              {"reward_accuracy", true, "is a share of pairs"}}) {
        const TinyRun tiny(Json{{"steps", 2}});
        setUp(tiny, true, isGood);
        RunSpec spec = specOf(tiny);
        spec.training.select = Selection::Best;
        spec.evaluation.metric = metric;
        spec.evaluation.every = 1;
        const Error error = REQUIRE_ERROR(startRun(spec, tiny.run("run"), {}));
        CHECK_EQ(error.place, "evaluation.metric");
        CHECK_CONTAINS(error.message, why);
        CHECK(!fs::exists(tiny.run("run")));
    }
}
