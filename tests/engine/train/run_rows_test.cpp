// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_run.h"

#include "data/rejected_rows.h"
#include "engine/data/run_data.h"
#include "engine/train/train_run.h"

#include <atomic>
#include <fstream>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

RunOutcome start(const TinyRun& tiny, const std::string& name, const Progress& progress = {})
{
    return REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run(name), progress));
}

void append(const fs::path& file, const std::string& lines)
{
    std::ofstream(file, std::ios::app) << lines;
}

/// Starts a run and stops it at the third step.
void stopEarly(const TinyRun& tiny, const std::string& name)
{
    std::atomic<bool> flag{false};
    const Progress progress(
        [&flag](const ProgressReport& report) {
            if (report.what == "Training" && report.done >= 3)
                flag = true;
        },
        &flag);
    CHECK(!start(tiny, name, progress).finished);
}

std::vector<Json> rejectedOf(const fs::path& run)
{
    std::vector<Json> rows;
    std::ifstream stream(run / rejectedRowsFile);
    for (std::string line; std::getline(stream, line);)
        rows.push_back(REQUIRE_OK(parseJson(line, "rejected")));
    return rows;
}

std::shared_ptr<const Tokenizer> tokenizerOf(const TinyRun& tiny, bool withBos)
{
    const fs::path model = tiny.folder() / "model";
    if (!withBos) {
        Json tokenizer = REQUIRE_OK(readJsonFile(model / "tokenizer.json"));
        tokenizer["post_processor"] = nullptr;
        REQUIRE_OK(writeJsonFile(model / "tokenizer.json", tokenizer));
        Json config = REQUIRE_OK(readJsonFile(model / "tokenizer_config.json"));
        config["add_bos_token"] = false;
        REQUIRE_OK(writeJsonFile(model / "tokenizer_config.json", config));
    }
    return REQUIRE_OK(Tokenizer::load(model));
}

} // namespace

HILO_TEST(anEpochTrainsOnEveryTokenOnce)
{
    std::int64_t tokens = 0;
    std::string single;
    for (const int accumulation : {1, 5, 24, 64}) {
        const TinyRun tiny(Json{
            {"steps", 0}, {"epochs", 1}, {"batch_size", 4}, {"accumulation", accumulation}, {"auxiliary_loss", 0.01}});
        const RunOutcome outcome = start(tiny, "run");
        CHECK_EQ(outcome.steps, (24 + accumulation - 1) / accumulation);
        tokens = tokens == 0 ? outcome.tokens : tokens;
        CHECK_EQ(outcome.tokens, tokens);
        // 24 micro-batches in one step are that step, however many more it could have taken.
        if (accumulation == 24)
            single = adapterBytes(tiny.run("run"));
        if (accumulation == 64)
            CHECK(adapterBytes(tiny.run("run")) == single);
    }
}

HILO_TEST(everyRejectedRowIsListedInTheRunFolder)
{
    const TinyRun tiny;
    std::string lines;
    for (int i = 0; i < 12; ++i)
        lines += "{\"text\": \"no label\"}\n";
    append(tiny.folder() / "data/train.jsonl", lines + "{broken\n");
    append(tiny.folder() / "data/test.jsonl", "{\"text\": \"a\", \"label\": \"unseen\"}\n");
    const RunOutcome outcome = start(tiny, "run");
    CHECK_EQ(outcome.rejectedRows, 14);
    CHECK_EQ(eventsOf(tiny.run("run"), "started").at(0)["rejected_rows"].get<int>(), 14);
    const std::vector<Json> rows = rejectedOf(tiny.run("run"));
    CHECK_EQ(rows.size(), 14u);
    std::vector<std::int64_t> found;
    for (const Json& row : rows) {
        CHECK(!row["reason"].get<std::string>().empty());
        if (row["file"].get<std::string>().ends_with("train.jsonl"))
            found.push_back(row["line"].get<std::int64_t>());
    }
    std::sort(found.begin(), found.end());
    std::vector<std::int64_t> expected;
    for (std::int64_t line = 97; line <= 109; ++line)
        expected.push_back(line);
    CHECK_EQ(found, expected);
    CHECK(!fs::exists(TinyRun().run("run") / rejectedRowsFile));
}

HILO_TEST(cutRowsAreCounted)
{
    const TinyRun tiny(Json{{"max_length", 10}});
    const RunOutcome outcome = start(tiny, "run");
    CHECK(outcome.truncatedRows > 0);
    CHECK(outcome.truncatedEvaluationRows > 0);
    const Json started = eventsOf(tiny.run("run"), "started").at(0);
    CHECK_EQ(started["truncated_rows"].get<std::int64_t>(), outcome.truncatedRows);
    CHECK_EQ(started["truncated_evaluation_rows"].get<std::int64_t>(), outcome.truncatedEvaluationRows);
    // A place for BOS alone: nothing can be learnt, and that is said before anything is written.
    RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    spec.training.maxLength = 1;
    const Error error = REQUIRE_ERROR(startRun(spec, tiny.run("none"), {}));
    CHECK_CONTAINS(error.message, "max_length 1");
    CHECK(!fs::exists(tiny.run("none")));
}

HILO_TEST(rowsBeyondTheModelsPositionsAreCounted)
{
    const TinyRun tiny;
    CHECK_EQ(start(tiny, "short").rowsBeyondPositions, 0);
    const fs::path file = tiny.folder() / "model/config.json";
    Json config = REQUIRE_OK(readJsonFile(file));
    config["max_position_embeddings"] = 6;
    REQUIRE_OK(writeJsonFile(file, config));
    const RunOutcome outcome = start(tiny, "long");
    CHECK(outcome.rowsBeyondPositions > 96);
    CHECK_EQ(eventsOf(tiny.run("long"), "started").at(0)["rows_beyond_positions"].get<std::int64_t>(),
             outcome.rowsBeyondPositions);
}

HILO_TEST(aResumeOverChangedRowsIsRefused)
{
    const TinyRun tiny;
    const fs::path train = tiny.folder() / "data/train.jsonl";
    stopEarly(tiny, "run");
    const std::string before = readText(train);
    const auto refused = [&](const std::string& content) {
        writeText(train, content);
        const Error error = REQUIRE_ERROR(continueRun(tiny.run("run"), {}));
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_CONTAINS(error.message, "not those that the run was begun with");
        CHECK_CONTAINS(error.hint, "--changed-data");
        writeText(train, before);
        return error.message;
    };
    CHECK_CONTAINS(refused(before + "{\"text\": \"one more\", \"label\": \"act\"}\n"),
                   "it had 96 to train on, now there are 97");
    // One letter at the end of the first row's text, where nothing cuts it off.
    std::string other = before;
    other.insert(other.find("\", \"label\""), "s");
    CHECK_CONTAINS(refused(other), "tokens or labels differ");
    // The same rows in another file, beside files that are not read, are the same rows.
    fs::rename(train, tiny.folder() / "data/my_train.jsonl");
    writeText(tiny.folder() / "data/notes.txt", "nothing");
    stopEarly(tiny, "again");
    CHECK(REQUIRE_OK(continueRun(tiny.run("run"), {})).finished);
    // Whoever says so goes on with other rows.
    append(tiny.folder() / "data/my_train.jsonl", "{\"text\": \"one more\", \"label\": \"act\"}\n");
    CHECK(REQUIRE_OK(continueRun(tiny.run("again"), {}, true)).finished);
}

HILO_TEST(blankRowsAreRejectedByLineWithAndWithoutBos)
{
    for (const bool withBos : {true, false}) {
        const TinyRun tiny;
        const fs::path file = tiny.folder() / "blank.jsonl";
        writeText(file, "{\"text\": \"\"}\n{\"text\": \"a tree with leaves\"}\n{\"text\": \"\"}\n");
        PromptTemplate prompt = REQUIRE_OK(loadTemplate("text"));
        CHECK(prompt.kind == TemplateKind::Text);
        writeText(
            tiny.folder() / "bare.json",
            R"({"format": "hilo.prompt/1", "kind": "text", "prompt": "", "answer": "{text}", "end_of_text": false})");
        DataSpec spec;
        spec.path = file.string();
        spec.template_ = (tiny.folder() / "bare.json").string();
        for (const LossOn lossOn : {LossOn::Answer, LossOn::WholeText}) {
            RunData data = REQUIRE_OK(RunData::load(tokenizerOf(tiny, withBos), spec));
            CHECK_EQ(REQUIRE_OK(data.training("train", 64, {}, lossOn)).size(), 1u);
            CHECK_EQ(data.rejected().size(), 2u);
            CHECK_EQ(data.rejected().at(0).line, 1);
            CHECK_EQ(data.rejected().at(1).line, 3);
            CHECK_CONTAINS(data.rejected().at(0).reason, "blank");
            // Asking again rejects nothing twice.
            REQUIRE_OK(data.training("train", 64, {}, lossOn));
            CHECK_EQ(data.rejected().size(), 2u);
        }
        writeText(file, "{\"text\": \"\"}\n");
        RunData nothing = REQUIRE_OK(RunData::load(tokenizerOf(tiny, withBos), spec));
        const Error error = REQUIRE_ERROR(nothing.training("train", 64));
        CHECK_EQ(error.place, "line 1");
        CHECK_CONTAINS(error.message, "blank");
    }
}

HILO_TEST(rowsAreCutAtLearnedPositions)
{
    ModelConfig model;
    model.maximumPositions = 64;
    CHECK_EQ(withinPositions(model, 100), 100);
    model.learnedPositions = true;
    CHECK_EQ(withinPositions(model, 100), 64);
    CHECK_EQ(withinPositions(model, 0), 64);
    CHECK_EQ(withinPositions(model, 50), 50);
}
