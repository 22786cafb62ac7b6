// SPDX-License-Identifier: GPL-3.0-or-later
// What a study is made of, and what is refused.
#include "study_fixture.h"

#include "allocation/map_operations.h"
#include "study/asked_strategy.h"
#include "study/study_file.h"
#include "study/study_store.h"
#include "study/study_verdict.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(aStudyHasEachAllocationAtEachBudget)
{
    const StudyFixture fixture;
    StudyRequest request = fixture.request();
    request.budgets = {"45k", "60k"};
    const Study study = REQUIRE_OK(fixture.make(request));
    CHECK_EQ(study.arms.size(), 4u);
    CHECK_EQ(study.arms[0].label, study.sources[0].label);
    CHECK_EQ(*study.arms[0].budget, 45000);
    CHECK_EQ(*study.arms[3].budget, 60000);
    for (const StudyArm& arm : study.arms) {
        CHECK(arm.trainable <= *arm.budget);
        CHECK(arm.trainable > *arm.budget * 9 / 10);
        CHECK_EQ(arm.totalRank, totalRank(arm.map));
    }
    CHECK_EQ(study.spec.tasks.size(), 2u);
    CHECK_EQ(nameOfTask(study.spec.tasks[1]), "pairs");
    CHECK_EQ(study.spec.training.learningRate, 0.001);
}

HILO_TEST(withoutABudgetTheFirstAllocationsParametersAreIt)
{
    const StudyFixture fixture;
    StudyRequest request = fixture.request();
    request.budgets.clear();
    const Study study = REQUIRE_OK(fixture.make(request));
    CHECK_EQ(study.budgets, (std::vector<std::int64_t>{study.arms[0].trainable}));
    CHECK(study.arms[1].trainable <= study.arms[0].trainable);
}

HILO_TEST(allocationsHaveInCommonWhatWasAskedFor)
{
    const StudyFixture fixture;
    StudyRequest request = fixture.request();
    request.equal = "total-rank";
    const Study ranks = REQUIRE_OK(fixture.make(request));
    CHECK_EQ(ranks.arms[1].totalRank, ranks.arms[0].totalRank);
    request.equal = "active";
    const Study active = REQUIRE_OK(fixture.make(request));
    CHECK(active.arms[1].active <= active.arms[0].active);
    CHECK(active.arms[1].active > active.arms[0].active * 9 / 10);
    CHECK(active.arms[1].trainable > active.arms[0].trainable);
    request.equal = "none";
    CHECK_CONTAINS(describe(REQUIRE_ERROR(fixture.make(request))), "--equal none");
    request.budgets.clear();
    const Study none = REQUIRE_OK(fixture.make(request));
    CHECK(!none.arms[0].budget.has_value());
    CHECK(none.arms[0].trainable != none.arms[1].trainable);
}

HILO_TEST(oneScaleForAllIsTheRunSpecsOfEach)
{
    const StudyFixture fixture;
    StudyRequest request = fixture.request();
    std::vector<StudyNote> notes;
    const Study asRun = REQUIRE_OK(newStudy(request, REQUIRE_OK(studySpec(request)), studyModel(), {}, notes));
    CHECK_EQ(notes.size(), 1u);
    CHECK_CONTAINS(inWords(notes.at(0)), "steps of different sizes");
    CHECK(notes.at(0).kind == StudyNoteKind::StepSizes);
    request.scale = "same";
    notes.clear();
    const Study same = REQUIRE_OK(newStudy(request, REQUIRE_OK(studySpec(request)), studyModel(), {}, notes));
    CHECK(notes.empty());
    CHECK(same.spec.training.scaling == ScalingMode::Constant);
    CHECK(same.spec.training.constantScale > 0);
    request.scale = "2.5";
    CHECK_EQ(REQUIRE_OK(fixture.make(request)).spec.training.constantScale, 2.5);
    for (const char* wrong : {"", "0", "-1", "nan", "some"}) {
        request.scale = wrong;
        CHECK_CONTAINS(describe(REQUIRE_ERROR(fixture.make(request))), "--scale expects");
    }
}

HILO_TEST(labelsAreGivenOrTheMapsName)
{
    const AskedStrategy asked = REQUIRE_OK(AskedStrategy::parse("shallow=mola:experts=8642;rank=8"));
    CHECK_EQ(asked.label, "shallow");
    CHECK_EQ(asked.text(), "mola:experts=8642;rank=8");
    CHECK_EQ(REQUIRE_OK(AskedStrategy::parse("lora")).text(), "lora");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(AskedStrategy::parse("mola:rank=1;rank=2"))), "each key once");

    const StudyFixture fixture;
    const auto file = fixture.place("own.map.json");
    REQUIRE_OK(writeAllocationMap(file, REQUIRE_OK(fixture.make(fixture.request())).arms[1].map));
    StudyRequest request = fixture.request();
    request.strategies = {"lora", "low=lora:rank=2"};
    const auto folder = fixture.place("a=b");
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(file, folder / "two.map.json");
    // A label with a slash, and a path with the sign and without a label.
    request.maps = {"mine=" + file.string(), "HILO 2/2=" + file.string(), (folder / "two.map.json").string()};
    const Study study = REQUIRE_OK(fixture.make(request));
    CHECK_EQ(study.arms[1].label, "low");
    CHECK_EQ(study.arms[2].label, "mine");
    CHECK_EQ(study.arms[3].label, "HILO 2/2");
    CHECK_EQ(study.arms[4].label, study.sources[4].map->name);
    CHECK(study.arms[2].trainable <= 60000);
}

HILO_TEST(aStrategyThatSharesABudgetOutTakesTheStudys)
{
    const StudyFixture fixture;
    StudyRequest request = fixture.request();
    request.strategies = {"lora", "balanced:tau_max=6", "own=balanced:tau_max=4"};
    request.budgets = {"45k", "60k"};
    const Study study = REQUIRE_OK(fixture.make(request));
    CHECK_EQ(study.sources[1].label, "balanced");
    CHECK_EQ(study.sources[1].strategy, "balanced:tau_max=6");
    CHECK_EQ(study.arms.size(), 6u);
    for (const StudyArm& arm : study.arms) {
        CHECK(arm.trainable <= *arm.budget);
        CHECK(arm.trainable > *arm.budget * 9 / 10);
    }
    // Without a budget it is that of the first allocation.
    request.budgets.clear();
    const Study first = REQUIRE_OK(fixture.make(request));
    CHECK_EQ(first.budgets, (std::vector<std::int64_t>{first.arms[0].trainable}));
    CHECK(first.arms[1].trainable <= first.arms[0].trainable);
    for (const char* equal : {"active", "total-rank"}) {
        request.equal = equal;
        CHECK_EQ(REQUIRE_OK(fixture.make(request)).arms.size(), 3u);
    }
    // Also what comes later.
    Study later = REQUIRE_OK(fixture.make(fixture.request()));
    StudyRequest more;
    more.strategies = {"balanced:tau_max=3"};
    REQUIRE_OK(fixture.extend(later, more));
    CHECK_EQ(later.arms.back().label, "balanced");
    // Where nothing gives one, it is asked for.
    request.equal = "none";
    CHECK_CONTAINS(describe(REQUIRE_ERROR(fixture.make(request))), "shares out a budget");
    request.equal = "parameters";
    request.strategies = {"balanced:tau_max=6", "lora"};
    CHECK_CONTAINS(describe(REQUIRE_ERROR(fixture.make(request))), "shares out a budget");
}

HILO_TEST(badInputIsAnErrorWithItsPlace)
{
    const StudyFixture fixture;
    const auto errorOf = [&fixture](const std::function<void(StudyRequest&)>& change) {
        StudyRequest request = fixture.request();
        change(request);
        return describe(REQUIRE_ERROR(fixture.make(request)));
    };
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.strategies = {"lora", "lora"}; }), "two allocations are called");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.strategies = {"lora", "lorax"}; }), "lorax");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.strategies.clear(); }), "nothing to compare");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.seeds = {1, 2, 1}; }), "seed 1 is there twice");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.seeds = {-1}; }), "-1");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.seeds.clear(); }), "at least one seed");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.budgets = {"60k", "60000"}; }), "60000 is there twice");
    const std::string tooSmall = errorOf([](StudyRequest& r) { r.budgets = {"10"}; });
    CHECK_CONTAINS(tooSmall, "at 10 parameters");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.budgets = {"many"}; }), "many");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.tasks = {"kinds"}; }), "NAME:FILE-OR-FOLDER");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.tasks.push_back(r.tasks[0]); }), "two tasks are called \"kinds\"");
    const std::string noFile = errorOf([](StudyRequest& r) { r.tasks = {"kinds:/nowhere/at/all"}; });
    CHECK_CONTAINS(noFile, "/nowhere/at/all: task kinds");
    // A benchmark's name with data that are not its own.
    CHECK_CONTAINS(errorOf([&](StudyRequest& r) { r.tasks = {"mrpc:" + fixture.place("kinds").string()}; }),
                   "task mrpc");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.metrics = {"acuracy"}; }), "no metric");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.metrics = {"verbs=loss"}; }), "its tasks: kinds, pairs");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.name = "../x"; }), "name of a study");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.run = "/nowhere.json"; }), "/nowhere.json");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.rates = {0.1, 0.1}; }), "0.1 is there twice");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.rates = {0.1, -1}; }), "learning rate");
    CHECK(!std::filesystem::exists(fixture.place("studies")));
}

HILO_TEST(aStudysFileIsReadBackAsItWasWritten)
{
    const StudyFixture fixture;
    StudyRequest request = fixture.request();
    request.rates = {0.01, 0.001};
    request.metrics = {"pairs=loss"};
    request.halving = true;
    Study study = REQUIRE_OK(fixture.make(request));
    study.commands = {"hilo study new"};
    study.arms[1].learningRate = 0.003;
    study.arms[1].droppedAfter = 1;
    study.runs = {{0, 1, 2, {}, "first-run"}, {1, std::nullopt, 1, 0.01, "short"}};
    {
        const FileLock lock = REQUIRE_OK(lockStudy(fixture.project(), study.name));
        REQUIRE_OK(writeStudy(fixture.project(), study));
    }
    const Study read = REQUIRE_OK(readStudy(fixture.project(), "first"));
    const auto folder = fixture.place("studies");
    CHECK_EQ(studyDocument(read, fixture.place("."), folder).dump(),
             studyDocument(study, fixture.place("."), folder).dump());
    CHECK(read.arms[1].map.layers == study.arms[1].map.layers);
    CHECK_EQ(read.spec.tasks[0].data.path, study.spec.tasks[0].data.path);
    CHECK_EQ(*read.arms[1].learningRate, 0.003);
    // The project can be moved: nothing in the file names its folder.
    const std::string text = readText(folder / "first.study.json");
    CHECK(text.find(fixture.project().folder().string()) == std::string::npos);

    CHECK_EQ(studyNames(fixture.project()), (std::vector<std::string>{"first"}));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readStudy(fixture.project(), "second"))), "Its studies are first.");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readStudy(fixture.project(), "../first"))), "Its studies are first.");
    // Every damage has its place.
    const Json document = REQUIRE_OK(parseJson(text, "first.study.json"));
    const auto errorOf = [&](const std::function<void(Json&)>& change) {
        Json changed = document;
        change(changed);
        return describe(REQUIRE_ERROR(parseStudy(changed, "first.study.json", folder)));
    };
    CHECK_CONTAINS(errorOf([](Json& d) { d["format"] = "hilo.study/2"; }), "hilo.study/2");
    CHECK_CONTAINS(errorOf([](Json& d) { d["budget"] = 1; }), "budget");
    CHECK_CONTAINS(errorOf([](Json& d) { d["runs"][0]["arm"] = 9; }), "runs[0].arm");
    CHECK_CONTAINS(errorOf([](Json& d) { d["runs"][1]["run"] = "../x"; }), "runs[1].run");
    CHECK_CONTAINS(errorOf([](Json& d) { d["metrics"] = Json::array(); }), "metrics");
    CHECK_CONTAINS(errorOf([](Json& d) { d["arms"] = Json::array(); }), "arms");
    CHECK_CONTAINS(errorOf([](Json& d) { d["arms"][0]["map"]["layers"] = 1; }), "arms[0].map");
    CHECK_CONTAINS(errorOf([](Json& d) { d["rate_search"]["rates"][0] = "a"; }), "rate_search");
    for (const char* key : {"name", "equal", "seeds", "spec", "sources", "arms", "runs"})
        CHECK_CONTAINS(errorOf([key](Json& d) { d.erase(key); }), key);
}

HILO_TEST(anExtendedStudyKeepsWhatItHas)
{
    const StudyFixture fixture;
    Study study = REQUIRE_OK(fixture.make(fixture.request()));
    const Json arms = hilo::toJson(study.arms[0].map);
    StudyRequest more;
    more.strategies = {"mola", "lora=lora"};
    more.budgets = {"90k"};
    more.seeds = {2, 3};
    more.tasks = {"words:" + fixture.place("words").string()};
    REQUIRE_OK(fixture.extend(study, more));
    CHECK_EQ(study.seeds, (std::vector<std::int64_t>{1, 2, 3}));
    CHECK_EQ(study.arms.size(), 6u);
    CHECK_EQ(study.sources.size(), 3u);
    CHECK_EQ(study.spec.tasks.size(), 3u);
    CHECK_EQ(study.metrics.size(), 3u);
    CHECK_EQ(hilo::toJson(study.arms[0].map), arms);

    const auto errorOf = [&](const std::function<void(StudyRequest&)>& change) {
        StudyRequest request;
        change(request);
        Study own = study;
        return describe(REQUIRE_ERROR(fixture.extend(own, request)));
    };
    CHECK_CONTAINS(errorOf([&](StudyRequest& r) { r.tasks = {"words:" + fixture.place("kinds").string()}; }),
                   "with other data");
    CHECK_CONTAINS(errorOf([&](StudyRequest& r) { r.strategies = {study.sources[0].label + "=mola"}; }),
                   "another allocation that is called");
    CHECK_CONTAINS(errorOf([](StudyRequest& r) { r.seeds = {4, 4}; }), "twice");
    StudyRequest joint = fixture.request();
    joint.joint = true;
    Study together = REQUIRE_OK(fixture.make(joint));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(fixture.extend(together, more))), "joint study");
}
