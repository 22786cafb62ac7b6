// SPDX-License-Identifier: GPL-3.0-or-later
// Records of studies: written, read, brought into another project, joined. And runs that are found again by what they
// were made of, wherever they lie.
#include "study_fixture.h"

#include "queue/run_queue.h"
#include "run/predictions.h"
#include "run/provenance.h"
#include "study/collect.h"
#include "study/study_import.h"
#include "study/study_json.h"
#include "study/study_record.h"
#include "study/study_runs.h"
#include "study/study_store.h"
#include "study/study_work.h"

#include <set>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A folder with a base model and, beside it, a project with data: what a repository holds.
class Workplace
{
  public:
    Workplace() : project_(folder_ / "project")
    {
        writeText(folder_ / "base" / "config.json", "{}");
        Json document = runDocument("base");
        document["model"]["path"] = "../base";
        document["data"] = Json::array();
        for (const char* task : {"kinds", "pairs"})
            document["data"].push_back({{"task", task}, {"path", task}, {"template", "prompts/own.json"}});
        REQUIRE_OK(writeJsonFile(place("base.run.json"), document));
        writeText(place("prompts/own.json"), "{}");
        for (const char* task : {"kinds", "pairs", "words"})
            for (const char* split : {"train", "validation", "test"})
                writeText(place(task) / (std::string(split) + ".jsonl"),
                          "{\"sentence\": \"" + std::string(task) + split + "\", \"label\": \"b\"}\n");
    }

    ProjectFixture& fixture() { return project_; }
    const Project& project() const { return project_.project(); }
    fs::path folder() const { return folder_.path(); }
    fs::path place(const std::string& name) const { return project().folder() / name; }

    StudyRequest request(std::vector<std::int64_t> seeds = {1, 2}) const
    {
        StudyRequest request = studyRequest(project().folder());
        request.seeds = std::move(seeds);
        request.command = "hilo study new";
        return request;
    }
    Study made(const StudyRequest& request) const
    {
        std::vector<StudyNote> notes;
        return REQUIRE_OK(newStudy(request, REQUIRE_OK(studySpec(request)), studyModel(), {}, notes));
    }
    Study study(const std::string& name = "first") const { return REQUIRE_OK(readStudy(project(), name)); }

    /// What a trainer leaves: the log, where the run came from, what it did on each row.
    void finish(const StudyRun& run)
    {
        const std::string task = nameOfTask(study().spec.tasks[*run.task]);
        const auto right = static_cast<int>(run.arm * 5 + *run.task * 3 + static_cast<std::size_t>(run.seed));
        std::string rows;
        for (int line = 1; line <= 20; ++line)
            rows += Json{{"task", task},         {"split", "test"},
                         {"file", "test.jsonl"}, {"place", "line " + std::to_string(line)},
                         {"right", "yes"},       {"given", line * 7 % 20 < right ? "yes" : "no"}}
                        .dump() +
                    "\n";
        writeText(project_.folder(run.run) / predictionsFile, rows);
        std::string log = eventLine("started", {{"steps", 40}, {"device", "cpu"}}) + "\n";
        for (int step = 1; step <= 40; ++step)
            log += stepLine(step, 3.0 / step) + "\n";
        log += eventLine("evaluation", {{"step", 20}, {"task", task}, {"split", "validation"}, {"loss", 2.5}}) + "\n";
        log += eventLine("evaluation", {{"step", 40}, {"task", task}, {"split", "validation"}, {"loss", 1.5}}) + "\n";
        log += eventLine("evaluation", {{"step", 40},
                                        {"task", task},
                                        {"split", "test"},
                                        {"final", true},
                                        {"loss", 1.0 / 3},
                                        {"accuracy", right / 20.0},
                                        {"metrics", {{"accuracy", right / 20.0}}}}) +
               "\n" + eventLine("finished", {{"step", 40}, {"seconds", 6.0}}) + "\n";
        appendText(project_.folder(run.run) / "events.ndjson", log);
        REQUIRE_OK(recordProvenance(project_.folder(run.run), "2.0"));
        fs::create_directories(project_.folder(run.run) / "adapter");
        RunStore store = project_.store();
        REQUIRE_OK(dequeue(store, run.run));
    }
    /// A study all of whose runs have finished.
    void finishStudy(std::vector<std::int64_t> seeds = {1, 2})
    {
        RunStore store = project_.store();
        REQUIRE_OK(addStudy(store, made(request(std::move(seeds)))));
        for (const StudyRun& run : study().runs)
            finish(run);
        REQUIRE_OK(store.scan());
    }
    std::string record() const
    {
        RunReader reader = project_.reader();
        return recordBytes(REQUIRE_OK(recordOf(study(), project(), reader)));
    }
    Result<StudyImported> import(const std::string& bytes, const StudyImport& options = {})
    {
        RunStore store = project_.store();
        HILO_TRY(const StudyRecord record, parseRecord(bytes, "the.record"));
        return importStudy(store, record, options);
    }
    std::int64_t queuedBy(const std::string& name)
    {
        RunStore store = project_.store();
        return REQUIRE_OK(advanceStudy(store, name, true));
    }
    std::string table(const std::string& name = "first") const
    {
        RunReader reader = project_.reader();
        const StudyObservations seen = REQUIRE_OK(collectStudy(study(name), project(), reader));
        const StudySummary summary = REQUIRE_OK(summarise(seen, {200, 1, {}}));
        return toJson(StudyReport{seen, summary}).dump();
    }
    /// All files of runs and studies with their content.
    std::string files() const
    {
        std::set<std::string> all;
        for (const char* part : {"runs", "studies"})
            if (fs::exists(place(part)))
                for (const auto& entry : fs::recursive_directory_iterator(place(part)))
                    if (entry.is_regular_file() && entry.path().filename().string().find("lock") == std::string::npos)
                        all.insert(entry.path().lexically_relative(place(part)).string() + readText(entry.path()));
        std::string text;
        for (const std::string& one : all)
            text += one + "\n";
        return text;
    }

  private:
    TemporaryFolder folder_;
    ProjectFixture project_;
};

} // namespace

HILO_TEST(aStudyIsTheSameFromItsRecord)
{
    Workplace made, other;
    made.finishStudy();
    const std::string bytes = made.record();
    CHECK_EQ(made.record(), bytes);
    // 8 runs: map, settings and all.
    CHECK(bytes.size() < 8 * 2048);
    // Nothing says where it was made.
    const StudyRecord read = REQUIRE_OK(parseRecord(bytes, "r"));
    std::string all = read.study.dump();
    for (const RecordedRun& run : read.runs)
        all += toJson(run.provenance).dump() + Json(run.events).dump();
    CHECK(all.find(made.folder().string()) == std::string::npos);
    const StudyImported imported = REQUIRE_OK(other.import(bytes));
    CHECK_EQ(imported.study, "first");
    CHECK(imported.isNew);
    CHECK_EQ(imported.added, 8);
    CHECK(imported.notes.empty());
    CHECK_EQ(other.table(), made.table());
    CHECK_CONTAINS(other.table(), "\"rows\":20");
    // Nothing is trained again, by this study or by another one of equal runs.
    CHECK_EQ(other.queuedBy("first"), 0);
    StudyRequest more = other.request({2, 3});
    more.name = "second";
    RunStore store = other.fixture().store();
    CHECK_EQ(REQUIRE_OK(addStudy(store, other.made(more))), 4);
    // Runs without adapters; their log is short, their loss known at some steps.
    const std::string run = other.study().runs[0].run;
    CHECK(!fs::exists(other.fixture().folder(run) / "adapter"));
    CHECK(!fs::exists(other.fixture().folder(run) / predictionsFile));
    RunReader reader = other.fixture().reader();
    CHECK_EQ(REQUIRE_OK(reader.series(run, "loss")).steps.size(), 16u);
    CHECK_EQ(REQUIRE_OK(reader.run(run)).state, "finished");
    // The record of what was imported is the same file.
    CHECK_EQ(other.record(), bytes);
}

HILO_TEST(importingTwiceChangesNothing)
{
    Workplace made, other;
    made.finishStudy();
    const std::string bytes = made.record();
    REQUIRE_OK(other.import(bytes));
    const std::string before = other.files();
    const StudyImported again = REQUIRE_OK(other.import(bytes));
    CHECK(!again.isNew);
    CHECK_EQ(again.added, 0);
    CHECK_EQ(again.known, 8);
    CHECK_EQ(other.files(), before);
    // Where it was made there is nothing to add either.
    const std::string own = made.files();
    CHECK_EQ(REQUIRE_OK(made.import(bytes)).known, 8);
    CHECK_EQ(made.files(), own);
    // Under another name it is a second study of the same runs.
    StudyImport renamed;
    renamed.name = "copy";
    CHECK_EQ(REQUIRE_OK(other.import(bytes, renamed)).known, 8);
    CHECK_EQ(other.study("copy").runs[0].run, other.study().runs[0].run);
}

HILO_TEST(aDamagedRecordIsRefusedWhole)
{
    Workplace made, other;
    made.finishStudy();
    const std::string bytes = made.record();
    const std::string before = other.files();
    const std::size_t stride = bytes.size() / 200 + 1;
    for (std::size_t place = 0; place < bytes.size(); place += place < 120 ? 1 : stride) {
        std::string changed = bytes;
        changed[place] = static_cast<char>(changed[place] ^ 4);
        CHECK(!other.import(changed));
        CHECK(!other.import(bytes.substr(0, place)));
    }
    CHECK(!other.import(bytes + "x"));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(other.import("PK"))), "This is no record of a study");
    // Whole as a file, but not as a record.
    const StudyRecord record = REQUIRE_OK(parseRecord(bytes, "r"));
    const auto errorOf = [&](const std::function<void(StudyRecord&)>& change) {
        StudyRecord wrong = record;
        change(wrong);
        return describe(REQUIRE_ERROR(other.import(recordBytes(wrong))));
    };
    CHECK_CONTAINS(errorOf([](StudyRecord& r) { r.runs.pop_back(); }), "names a run that is not in the record");
    CHECK_CONTAINS(errorOf([](StudyRecord& r) { r.runs.push_back(r.runs[0]); }), "twice");
    CHECK_CONTAINS(errorOf([](StudyRecord& r) { r.runs[3].id = "../x"; }), "the id of a run");
    CHECK_CONTAINS(errorOf([](StudyRecord& r) { r.study["arms"] = 1; }), "arms");
    CHECK_CONTAINS(errorOf([](StudyRecord& r) { r.runs[0].rows[0].right["accuracy"].clear(); }), "rows");
    CHECK_EQ(other.files(), before);
}

HILO_TEST(thePartsOfAStudyAreJoined)
{
    Workplace whole, first, second;
    whole.finishStudy({1, 2, 3});
    first.finishStudy({1, 3});
    second.finishStudy({2});
    const std::string part = second.record();
    const StudyImported joined = REQUIRE_OK(first.import(part));
    CHECK_EQ(joined.added, 4);
    CHECK_EQ(first.study().seeds, (std::vector<std::int64_t>{1, 3, 2}));
    const Json expected = REQUIRE_OK(parseJson(whole.table(), "whole"));
    const Json found = REQUIRE_OK(parseJson(first.table(), "joined"));
    CHECK_EQ(found["allocations"], expected["allocations"]);
    CHECK_EQ(first.queuedBy("first"), 0);
}

HILO_TEST(whatWasPlannedIsReplacedByWhatHasFinished)
{
    Workplace made, other;
    made.finishStudy();
    RunStore store = other.fixture().store();
    REQUIRE_OK(addStudy(store, other.made(other.request())));
    const Study planned = other.study();
    // One was begun here, and goes on to be an ordinary run.
    const std::string begun = planned.runs[0].run;
    appendText(other.fixture().folder(begun) / "events.ndjson", eventLine("started", {{"steps", 3}}) + "\n");
    const StudyImported imported = REQUIRE_OK(other.import(made.record()));
    CHECK_EQ(imported.added, 8);
    CHECK(REQUIRE_OK(queuedRuns(store.database())).empty());
    CHECK_EQ(REQUIRE_OK(other.project().runIds()).size(), 9u);
    CHECK(other.study().runs[0].run != begun);
    CHECK_EQ(other.study().runs[1].run, planned.runs[1].run);
    CHECK_EQ(other.queuedBy("first"), 0);
    CHECK_EQ(other.study().runs.size(), 8u);
}

HILO_TEST(anotherStudyIsNotJoined)
{
    Workplace made, other;
    made.finishStudy();
    const std::string bytes = made.record();
    const auto refused = [&](const std::function<void(StudyRequest&)>& change) {
        Workplace there;
        StudyRequest request = there.request();
        change(request);
        RunStore store = there.fixture().store();
        REQUIRE_OK(addStudy(store, there.made(request)));
        const std::string before = there.files();
        const std::string error = describe(REQUIRE_ERROR(there.import(bytes)));
        CHECK_EQ(there.files(), before);
        return error;
    };
    CHECK_CONTAINS(refused([](StudyRequest& r) { r.scale = "2"; }), "run spec");
    CHECK_CONTAINS(refused([](StudyRequest& r) { r.joint = true; }), "together");
    CHECK_CONTAINS(refused([](StudyRequest& r) { r.halving = true; }), "halving");
    CHECK_CONTAINS(refused([](StudyRequest& r) { r.rates = {0.1}; }), "learning rates");
    CHECK_CONTAINS(refused([](StudyRequest& r) { r.equal = "total-rank"; }), "in common");
    CHECK_CONTAINS(refused([](StudyRequest& r) { r.strategies[1] = "hilo=mola"; }), "allocation hilo");
    CHECK_CONTAINS(refused([](StudyRequest& r) { r.metrics = {"pairs=loss"}; }), "task pairs");
}

HILO_TEST(modelAndDataAreKnownByTheirContent)
{
    Workplace made;
    made.finishStudy();
    const std::string bytes = made.record();
    const auto changed = [&](const std::string& file) {
        Workplace there;
        writeText(there.folder() / file, "other");
        const std::string before = there.files();
        const std::string error = describe(REQUIRE_ERROR(there.import(bytes)));
        CHECK_EQ(there.files(), before);
        return error;
    };
    CHECK_CONTAINS(changed("base/config.json"), "--model");
    CHECK_CONTAINS(changed("project/pairs/test.jsonl"), "--task");
    CHECK_CONTAINS(changed("project/prompts/own.json"), "template of kinds");
    // What is not here is told, and the table can be shown; it may lie elsewhere.
    Workplace without;
    fs::remove_all(without.folder() / "base");
    fs::rename(without.place("pairs"), without.folder() / "moved");
    const StudyImported told = REQUIRE_OK(without.import(bytes));
    CHECK_EQ(told.notes.size(), 2u);
    CHECK_CONTAINS(told.notes.at(0), "--model");
    CHECK_EQ(without.table(), made.table());
    StudyImport places;
    places.model = (made.folder() / "base").string();
    places.tasks["pairs"] = (without.folder() / "moved").string();
    CHECK(REQUIRE_OK(without.import(bytes, places)).notes.empty());
    CHECK_EQ(without.study().spec.modelPath, places.model);
    CHECK_EQ(without.study().spec.tasks[1].data.path, places.tasks["pairs"]);
    places.tasks["none"] = "x";
    CHECK_CONTAINS(describe(REQUIRE_ERROR(without.import(bytes, places))), "no task \"none\"");
}

HILO_TEST(whatCannotBeRecordedIsSaid)
{
    Workplace made;
    RunStore store = made.fixture().store();
    REQUIRE_OK(addStudy(store, made.made(made.request())));
    RunReader reader = made.fixture().reader();
    CHECK_CONTAINS(describe(REQUIRE_ERROR(recordOf(made.study(), made.project(), reader))), "No run of the study");
    const Study study = made.study();
    made.finish(study.runs[0]);
    made.finish(study.runs[1]);
    REQUIRE_OK(store.scan());
    // A part: the runs that have finished.
    CHECK_EQ(REQUIRE_OK(recordOf(study, made.project(), reader)).runs.size(), 2u);
    Json changed = REQUIRE_OK(readJsonFile(made.fixture().folder(study.runs[0].run) / "run.json"));
    changed["training"]["learning_rate"] = 0.5;
    REQUIRE_OK(writeJsonFile(made.fixture().folder(study.runs[0].run) / "run.json", changed));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(recordOf(study, made.project(), reader))), "not those that the study has");
}

HILO_TEST(aRunIsFoundWhereverItsProjectLies)
{
    Workplace made, moved;
    made.finishStudy();
    // The whole place was copied: project, runs and the base model beside it.
    fs::copy(made.place("runs"), moved.place("runs"), fs::copy_options::recursive);
    StudyRequest request = moved.request({2, 1});
    request.name = "again";
    RunStore store = moved.fixture().store();
    REQUIRE_OK(store.scan());
    CHECK_EQ(REQUIRE_OK(addStudy(store, moved.made(request))), 0);
    CHECK_EQ(moved.study("again").runs.size(), 8u);
    // A model or data of other content make other runs.
    writeText(moved.place("kinds/train.jsonl"), "{\"sentence\": \"x\", \"label\": \"b\"}\n");
    request.name = "data";
    CHECK_EQ(REQUIRE_OK(addStudy(store, moved.made(request))), 4);
    writeText(moved.folder() / "base" / "config.json", "{\"a\": 1}");
    request.name = "model";
    request.tasks.erase(request.tasks.begin());
    CHECK_EQ(REQUIRE_OK(addStudy(store, moved.made(request))), 4);
}
