// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_fixture.h"

#include "base/atomic_file.h"
#include "index/series.h"
#include "run/checkpoints.h"
#include "run/event_time.h"

#include <fstream>

namespace hilo::testing {
namespace fs = std::filesystem;

Json runDocument(const std::string& name, const Json& training, const std::vector<int>& ranks,
                 const std::string& strategy)
{
    Json settings = {{"steps", 10}, {"learning_rate", 0.001}, {"seed", 1}, {"device", "auto"}};
    settings.update(training);
    const Json module = {{"ranks", ranks}, {"top_k", 1}, {"alpha", 16}};
    Json layers = Json::array();
    for (int layer = 0; layer < 2; ++layer)
        layers.push_back({{"layer", layer}, {"modules", {{"q_proj", module}, {"down_proj", module}}}});
    const Json map = {{"format", "hilo.allocation/1"},
                      {"name", strategy},
                      {"strategy", {{"name", strategy}, {"settings", Json::object()}}},
                      {"model", {{"architecture", "llama"}, {"layers", 2}}},
                      {"layers", layers}};
    return {{"format", "hilo.run/1"},
            {"name", name},
            {"model", {{"path", "model"}}},
            {"data", {{"path", "data"}, {"template", "gloss"}}},
            {"map", map},
            {"training", settings},
            {"evaluation", {{"protocol", "label-logit"}}}};
}

ProjectFixture::ProjectFixture() : project_(REQUIRE_OK(Project::create(temporary_ / "project", "Test"))) {}

ProjectFixture::ProjectFixture(const fs::path& folder) : project_(REQUIRE_OK(Project::create(folder, "Test"))) {}

void ProjectFixture::addRun(const std::string& id, const Json& document)
{
    fs::create_directories(folder(id));
    REQUIRE_OK(writeJsonFile(folder(id) / "run.json", document));
}

void ProjectFixture::addFinishedRun(const std::string& id, const Json& document, double accuracy,
                                    std::int64_t trainable, int steps)
{
    addRun(id, document);
    std::string log = eventLine("started", {{"steps", steps}}) + "\n";
    for (int step = 1; step <= steps; ++step)
        log += stepLine(step, 2.0 / step) + "\n";
    log += eventLine("evaluation", {{"step", steps},
                                    {"split", "test"},
                                    {"protocol", "label-logit"},
                                    {"accuracy", accuracy},
                                    {"interval", {accuracy - 0.05, accuracy + 0.05}},
                                    {"correct", static_cast<int>(accuracy * 100)},
                                    {"total", 100}}) +
           "\n";
    log += eventLine("finished", {{"accuracy", accuracy},
                                  {"trainable_parameters", trainable},
                                  {"active_parameters", trainable / 2},
                                  {"seconds", 12.5},
                                  {"peak_memory_bytes", 1 << 20}}) +
           "\n";
    appendText(folder(id) / "events.ndjson", log);
}

void ProjectFixture::addRunOfTasks(const std::string& id, const Json& document, const Json& tasks,
                                   std::int64_t trainable)
{
    addRun(id, document);
    std::string log = eventLine("started", {{"steps", 3}}) + "\n";
    for (int step = 1; step <= 3; ++step)
        log += stepLine(step, 2.0 / step) + "\n";
    for (const auto& [task, score] : tasks.items()) {
        Json fields = {{"step", 3}, {"split", "test"}, {"protocol", "auto"}, {"final", true}};
        if (!task.empty())
            fields["task"] = task;
        fields.update(score);
        log += eventLine("evaluation", fields) + "\n";
    }
    log += eventLine("finished", {{"step", 3},
                                  {"trainable_parameters", trainable},
                                  {"active_parameters", trainable / 2},
                                  {"seconds", 12.5}}) +
           "\n";
    appendText(folder(id) / "events.ndjson", log);
}

std::string eventLine(const std::string& name, const Json& fields, int second)
{
    Json event = {{"t", formatTime(1767225600000 + second * 1000)}, {"event", name}};
    event.update(fields);
    return event.dump();
}

std::string stepLine(int step, double loss)
{
    return eventLine("step", {{"step", step}, {"loss", loss}, {"lr", 0.001}}, step);
}

void appendText(const fs::path& path, const std::string& text)
{
    std::ofstream stream(path, std::ios::binary | std::ios::app);
    stream << text;
    if (!stream.flush())
        fail("cannot append to " + path.string(), __FILE__, __LINE__);
}

fs::path makeCheckpoint(const fs::path& runFolder, std::int64_t step, const std::string& content)
{
    const fs::path folder = runFolder / "checkpoints" / ("step-" + std::to_string(step));
    writeText(folder / "adapter" / "weights.bin", content);
    REQUIRE_OK(writeManifest(folder, step));
    return folder;
}

namespace {

std::string rowsOf(SQLite::Database& connection, const std::string& title, const std::string& sql)
{
    std::string text = title + "\n";
    SQLite::Statement query(connection, sql);
    while (query.executeStep()) {
        for (int column = 0; column < query.getColumnCount(); ++column)
            text += (column > 0 ? " | " : "") +
                    (query.isColumnNull(column) ? std::string("-") : query.getColumn(column).getString());
        text += "\n";
    }
    return text;
}

std::string pointsOf(SQLite::Database& connection)
{
    std::string text = "points\n";
    SQLite::Statement query(connection,
                            "SELECT r.id, k.name, c.first_step, c.points, c.data FROM chunks c JOIN series s "
                            "USING (series) JOIN keys k USING (key) JOIN runs r USING (run) ORDER BY 1, 2, 3");
    while (query.executeStep()) {
        Series series;
        REQUIRE_OK(decodeChunk(query.getColumn(4).getString(), series));
        for (int column = 0; column < 4; ++column)
            text += query.getColumn(column).getString() + " | ";
        text += printed(series.steps) + printed(series.values) + "\n";
    }
    return text;
}

} // namespace

std::string contentOf(Database& database)
{
    std::string text;
    REQUIRE_OK(database.read([&](SQLite::Database& connection) -> Status {
        text += rowsOf(
            connection, "runs",
            "SELECT id, name, state, lifecycle, spec_sha256, seed, repeat_group, started_at, ended_at, last_event_at, "
            "last_step, total_steps, accuracy, interval_low, interval_high, trainable_parameters, active_parameters, "
            "seconds, peak_memory_bytes, error_code, error_message, error_hint, problem, offset, head_print, "
            "tail_print, events, skipped FROM runs JOIN cursors USING (run) ORDER BY id");
        text += rowsOf(connection, "settings",
                       "SELECT r.id, k.name, s.number, s.text FROM settings s JOIN keys k USING (key) JOIN runs r "
                       "USING (run) ORDER BY 1, 2");
        text += rowsOf(connection, "series",
                       "SELECT r.id, k.name, s.points, s.last_step, s.last, s.lowest, s.highest FROM series s JOIN "
                       "keys k USING (key) JOIN runs r USING (run) ORDER BY 1, 2");
        text += pointsOf(connection);
        text += rowsOf(connection, "documents",
                       "SELECT r.id, number, event, step, document FROM documents JOIN runs r USING (run) ORDER BY 1, "
                       "2");
        text +=
            rowsOf(connection, "evaluations",
                   "SELECT r.id, e.number, e.step, e.task, e.split, e.protocol, e.final, e.accuracy, e.interval_low, "
                   "e.interval_high, e.correct, e.total, e.unparsable, e.loss, e.perplexity, e.tokens, e.metrics "
                   "FROM evaluations e JOIN runs r USING (run) ORDER BY 1, 2");
        text += rowsOf(connection, "intervals",
                       "SELECT r.id, e.number, e.intervals FROM evaluations e JOIN runs r USING (run) "
                       "WHERE e.intervals <> '' ORDER BY 1, 2");
        text += rowsOf(connection, "scores",
                       "SELECT r.id, s.task, s.metric, s.value, s.interval_low, s.interval_high FROM scores s "
                       "JOIN runs r USING (run) ORDER BY 1, 2, 3");
        text += rowsOf(connection, "queue",
                       "SELECT r.id, q.position, q.maximum_attempts, q.attempts, q.checkpoint FROM queue q JOIN runs "
                       "r USING (run) ORDER BY 1");
        return {};
    }));
    return text;
}

} // namespace hilo::testing
