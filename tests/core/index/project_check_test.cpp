// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/project_check.h"
#include "index/run_archive.h"

#include "base/atomic_file.h"
#include "core/project/project_fixture.h"
#include "project/archive.h"
#include "queue/run_queue.h"
#include "run/provenance.h"

#include <functional>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A project with a finished, a waiting and an archived run: nothing is wrong with it.
class SoundFixture : public ProjectFixture
{
  public:
    SoundFixture()
    {
        writeText(project().folder() / "base/model.safetensors", "weights");
        writeText(project().folder() / "data/train.jsonl", "{}");
        Json document = runDocument("done");
        document["model"]["path"] = "../../base";
        document["data"]["path"] = "../../data";
        addFinishedRun("done", document, 0.75, 1000, 50);
        makeCheckpoint(folder("done"), 25);
        makeCheckpoint(folder("done"), 50);
        REQUIRE_OK(recordProvenance(folder("done"), "1.13.1"));
        addRun("waiting");
        addFinishedRun("packed", runDocument("packed"), 0.5, 10);
        RunStore store = ProjectFixture::store();
        REQUIRE_OK(enqueue(store, "waiting"));
        REQUIRE_OK(archiveRun(store, "packed"));
    }

    std::vector<Finding> check(bool hashes = true)
    {
        RunStore store = ProjectFixture::store();
        CheckOptions options;
        options.hashes = hashes;
        return REQUIRE_OK(checkProject(store, options));
    }
};

struct Damage
{
    const char* name;
    std::function<void(SoundFixture&)> make;
    const char* run;
    const char* said;
};

const std::vector<Damage>& damages()
{
    static const std::vector<Damage> all = {
        {"zero-filled run.json",
         [](SoundFixture& fixture) { writeText(fixture.folder("waiting") / "run.json", std::string(99, '\0')); },
         "waiting", "run.json"},
        {"zero-filled weights",
         [](SoundFixture& fixture) {
             writeText(fixture.folder("done") / "checkpoints/step-50/adapter/weights.bin", std::string(7, '\0'));
         },
         "done", "step 50 is damaged"},
        {"truncated weights",
         [](SoundFixture& fixture) {
             fs::resize_file(fixture.folder("done") / "checkpoints/step-50/adapter/weights.bin", 2);
         },
         "done", "step 50 is damaged"},
        {"truncated events",
         [](SoundFixture& fixture) { fs::resize_file(fixture.folder("done") / "events.ndjson", 700); }, "done",
         "was cut"},
        {"no events", [](SoundFixture& fixture) { fs::remove(fixture.folder("done") / "events.ndjson"); }, "done",
         "events.ndjson is missing"},
        {"a database and a log that were both lost",
         [](SoundFixture& fixture) {
             fs::resize_file(fixture.folder("done") / "events.ndjson", 0);
             fs::remove(fixture.project().databaseFile());
         },
         "done", "its log holds no event"},
        {"a damaged line",
         [](SoundFixture& fixture) { appendText(fixture.folder("done") / "events.ndjson", "garbage\n"); }, "done",
         "Damaged lines that were left out: 1 (events.ndjson, line 54: not JSON)."},
        {"many damaged lines, in two parts of the log",
         [](SoundFixture& fixture) {
             const fs::path log = fixture.folder("done") / "events.ndjson";
             fs::rename(log, log.string() + ".1");
             appendText(log.string() + ".1", "[1]\n");
             appendText(log, "\n" + stepLine(-7, 1.0) + "\n" + stepLine(51, 1.0) + "\n");
             for (int i = 0; i < 5; ++i)
                 appendText(log, "{\"event\": 3}\n");
         },
         "done",
         "Damaged lines that were left out: 7 (events.ndjson.1, line 54: no object with a text \"event\"; "
         "events.ndjson, line 2: no step of a run; events.ndjson, line 4: no object with a text \"event\"; "
         "events.ndjson, line 5: no object with a text \"event\"; events.ndjson, line 6: no object with a text "
         "\"event\"; …)."},
        {"values that are no numbers",
         [](SoundFixture& fixture) {
             appendText(fixture.folder("done") / "events.ndjson",
                        "{\"event\": \"step\", \"step\": 51, \"loss\": \"not a number\", \"lr\": 0.1}\n" +
                            stepLine(52, 1.0) +
                            "\n{\"event\": \"step\", \"step\": 53, \"a\": [1], \"b\": {}, \"c\": "
                            "true, \"d\": \"\", \"e\": null}\n" +
                            "{\"event\": \"evaluation\", \"step\": 53, \"accuracy\": 80, \"loss\": -1}\n");
         },
         "done",
         "Lines with values that were left out: 3 (events.ndjson, line 54: \"loss\" is no number; events.ndjson, line "
         "56: \"a\" is no number, \"b\" is no number, \"c\" is no number and 1 more; events.ndjson, line 57: "
         "\"accuracy\" is more than 1, \"loss\" is negative)."},
        {"a damaged ticket", [](SoundFixture& fixture) { writeText(fixture.folder("waiting") / "queue.json", "{"); },
         "waiting", "queue.json"},
        {"a deleted folder", [](SoundFixture& fixture) { fs::remove_all(fixture.folder("done")); }, "done", "is gone"},
        {"a truncated archive",
         [](SoundFixture& fixture) {
             const fs::path archive = archiveFile(fixture.project(), "packed");
             fs::resize_file(archive, fs::file_size(archive) / 2);
         },
         "packed", "archive is damaged"},
        {"a damaged metric",
         [](SoundFixture& fixture) {
             RunStore store = fixture.store();
             REQUIRE_OK(store.database().change(Durability::Full, [](SQLite::Database& connection) -> Status {
                 connection.exec("UPDATE chunks SET data = zeroblob(length(data))");
                 return {};
             }));
         },
         "done", "are damaged"},
        {"an event that the database misses",
         [](SoundFixture& fixture) {
             RunStore store = fixture.store();
             REQUIRE_OK(store.database().change(Durability::Full, [](SQLite::Database& connection) -> Status {
                 connection.exec("UPDATE cursors SET events = events - 1 WHERE run = "
                                 "(SELECT run FROM runs WHERE id = 'done')");
                 return {};
             }));
         },
         "done", "misses 1 events"},
    };
    return all;
}

} // namespace

HILO_TEST(nothingIsFoundInASoundProject)
{
    SoundFixture fixture;
    for (const Finding& finding : fixture.check())
        fail(finding.run + ": " + finding.message, __FILE__, __LINE__);
}

HILO_TEST(everyDamageIsFoundAndSaidWhatToDo)
{
    for (const Damage& damage : damages()) {
        SoundFixture fixture;
        damage.make(fixture);
        const std::vector<Finding> findings = fixture.check();
        const bool found = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
            return finding.kind == Finding::Kind::Damage && finding.run == damage.run &&
                   finding.message.find(damage.said) != std::string::npos;
        });
        std::string all;
        for (const Finding& finding : findings)
            all += finding.run + ": " + finding.message + "\n";
        if (!found)
            fail(std::string(damage.name) + " was not found in:\n" + all, __FILE__, __LINE__);
    }
}

HILO_TEST(aChangedModelIsNoDamage)
{
    SoundFixture fixture;
    writeText(fixture.project().folder() / "base/model.safetensors", "other");
    const std::vector<Finding> findings = fixture.check();
    CHECK_EQ(findings.size(), 1u);
    CHECK(findings.front().kind == Finding::Kind::Change);
    CHECK_CONTAINS(findings.front().message, "the model's files");
    CHECK(fixture.check(false).empty());
}
