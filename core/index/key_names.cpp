// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/key_names.h"

#include "base/text_format.h"
#include "index/imported_score_rows.h"
#include "metrics/metric.h"
#include "run/run_settings.h"

#include <algorithm>
#include <array>
#include <optional>

namespace hilo {
namespace {

/// A key that every run has: a column of the table runs.
struct OwnKey
{
    const char* name;
    const char* column;
    bool isText;
};
constexpr std::array<OwnKey, 19> ownKeyTable{{{"id", "r.id", true},
                                              {"run_name", "r.name", true},
                                              {"state", "r.state", true},
                                              {"seed", "r.seed", false},
                                              {"accuracy", "r.accuracy", false},
                                              {"interval_low", "r.interval_low", false},
                                              {"interval_high", "r.interval_high", false},
                                              {"trainable_parameters", "r.trainable_parameters", false},
                                              {"active_parameters", "r.active_parameters", false},
                                              {"seconds", "r.seconds", false},
                                              {"peak_memory_bytes", "r.peak_memory_bytes", false},
                                              {"last_step", "r.last_step", false},
                                              {"total_steps", "r.total_steps", false},
                                              {"error_code", "r.error_code", false},
                                              {"error_message", "nullif(r.error_message, '')", true},
                                              {"problem", "nullif(r.problem, '')", true},
                                              {"tags", "nullif(r.tags, '')", true},
                                              {"note", "nullif(r.note, '')", true},
                                              {"starred", "nullif(r.starred, 0)", false}}};

constexpr std::string_view evaluationPrefix = "evaluation.";
constexpr std::string_view finalPrefix = "result.";

/// Whether a result holds this metric; task empty: of any task.
bool isMeasured(Database& database, const std::string& metric, const std::string& task)
{
    const ScoreTable table = tableOfMetric(metric);
    auto& query = database.statement("SELECT 1 FROM " + table.name + " WHERE metric = ?1 AND ((?2 = '' AND " +
                                     table.countsInMean + ") OR task = ?2) LIMIT 1");
    query.bind(1, metric);
    query.bind(2, task);
    const bool found = query.executeStep();
    query.reset();
    return found;
}

/// "result.METRIC" and "METRIC@TASK", split; empty metric: it is no such name.
std::pair<std::string, std::string> finalNameOf(const std::string& name)
{
    if (name.starts_with(finalPrefix))
        return {name.substr(finalPrefix.size()), {}};
    const auto at = name.find('@');
    return at == std::string::npos || at == 0 || at + 1 == name.size()
               ? std::pair<std::string, std::string>()
               : std::pair(name.substr(0, at), name.substr(at + 1));
}

Error noSuchResult(const std::string& name, const std::string& file, const std::string& place)
{
    return badInput(file, place, "No run has a result \"" + name + "\".",
                    "\"hilo compare DIR --list-metrics\" lists what results hold, as METRIC@TASK.");
}

std::optional<std::int64_t> keyNamed(Database& database, const std::string& name)
{
    auto& query = database.statement("SELECT key FROM keys WHERE name = ?");
    query.bind(1, name);
    return query.executeStep() ? std::optional<std::int64_t>(query.getColumn(0).getInt64()) : std::nullopt;
}

/// The whole name, or the end of exactly one.
Result<std::int64_t> findKey(Database& database, const std::string& name, const std::string& file,
                             const std::string& place)
{
    if (const auto key = keyNamed(database, name))
        return *key;
    std::vector<std::pair<std::int64_t, std::string>> found;
    auto& query =
        database.statement("SELECT key, name FROM keys WHERE substr(name, -length(?1) - 1) = '.' || ?1 ORDER BY name");
    query.bind(1, name);
    while (query.executeStep())
        found.emplace_back(query.getColumn(0).getInt64(), query.getColumn(1).getString());
    if (found.size() == 1)
        return found.front().first;
    std::vector<std::string> names;
    for (const auto& [key, whole] : found)
        names.push_back(whole);
    return failure(badInput(file, place,
                            found.empty() ? "No run has a setting or metric \"" + name + "\"."
                                          : "\"" + name + "\" may mean " + joined(names) + ".",
                            found.empty() ? "\"hilo compare DIR --keys\" lists the names." : "Write the whole name."));
}

/// Run id, number, text.
std::string queryFor(const KeyMeaning& meaning)
{
    switch (meaning.kind) {
    case KeyMeaning::Kind::Own:
        return "SELECT r.id, " + (meaning.isText ? "NULL, " + meaning.column : meaning.column + ", NULL") +
               " FROM runs r WHERE " + meaning.column + " IS NOT NULL";
    case KeyMeaning::Kind::Evaluation:
        return "SELECT id, accuracy, NULL FROM (SELECT r.id AS id, (SELECT e.accuracy FROM evaluations e "
               "WHERE e.run = r.run AND e.split = ? ORDER BY e.step DESC LIMIT 1) AS accuracy FROM runs r) "
               "WHERE accuracy IS NOT NULL";
    case KeyMeaning::Kind::Final:
        return "SELECT r.id, avg(s.value), NULL FROM " + tableOfMetric(meaning.metric).name +
               " s JOIN runs r USING (run) WHERE s.metric = ?1 AND ((?2 = '' AND " +
               tableOfMetric(meaning.metric).countsInMean + ") OR s.task = ?2) GROUP BY r.run";
    case KeyMeaning::Kind::Metric:
        return "SELECT r.id, s." + meaning.column +
               ", NULL FROM series s JOIN runs r USING (run) WHERE s.key = ? AND s." + meaning.column + " IS NOT NULL";
    case KeyMeaning::Kind::Stored:
        // A setting goes before a metric of the same name.
        return "SELECT r.id, s.last, NULL FROM series s JOIN runs r USING (run) WHERE s.key = ?1 AND s.last IS NOT "
               "NULL "
               "UNION ALL SELECT r.id, s.number, s.text FROM settings s JOIN runs r USING (run) WHERE s.key = ?1";
    }
    return {};
}

} // namespace

Result<KeyMeaning> meaningOf(Database& database, const std::string& name, const std::string& file,
                             const std::string& place)
{
    const auto own =
        std::find_if(ownKeyTable.begin(), ownKeyTable.end(), [&](const OwnKey& key) { return name == key.name; });
    KeyMeaning meaning;
    if (own != ownKeyTable.end()) {
        meaning.kind = KeyMeaning::Kind::Own;
        meaning.column = own->column;
        meaning.isText = own->isText;
        return meaning;
    }
    if (name.starts_with(evaluationPrefix) && !keyNamed(database, name)) {
        meaning.kind = KeyMeaning::Kind::Evaluation;
        meaning.split = name.substr(evaluationPrefix.size());
        return meaning;
    }
    const auto asFinal = [&meaning](const std::string& metric, const std::string& task) {
        meaning.kind = KeyMeaning::Kind::Final;
        meaning.metric = metric;
        meaning.task = task;
        return meaning;
    };
    if (const auto [metric, task] = finalNameOf(name); !metric.empty() && !keyNamed(database, name)) {
        if (isMeasured(database, metric, task) || (task.empty() && findMetric(metric)))
            return asFinal(metric, task);
        return failure(noSuchResult(name, file, place));
    }
    for (const auto& [ending, column] : {std::pair{".min", "lowest"}, {".max", "highest"}, {".last", "last"}}) {
        if (!name.ends_with(ending))
            continue;
        const auto key = keyNamed(database, name.substr(0, name.size() - std::string_view(ending).size()));
        if (!key)
            continue;
        meaning.kind = KeyMeaning::Kind::Metric;
        meaning.column = column;
        meaning.key = *key;
        return meaning;
    }
    meaning.column = "last";
    auto key = findKey(database, name, file, place);
    // What no step and no setting is called may be a metric of results: matthews, rouge_l.
    if (!key && isMeasured(database, name, {}))
        return asFinal(name, {});
    HILO_TRY(meaning.key, std::move(key));
    return meaning;
}

std::string finalKey(const std::string& metric, const std::string& task)
{
    return task.empty() ? std::string(finalPrefix) + metric : metric + "@" + task;
}

std::vector<std::string> ownKeys()
{
    std::vector<std::string> names;
    for (const OwnKey& key : ownKeyTable)
        names.push_back(key.name);
    return names;
}

Result<std::map<std::string, std::string>> columnValues(Database& database, const std::string& name)
{
    std::map<std::string, std::string> values;
    const Status read = database.read([&](SQLite::Database&) -> Status {
        HILO_TRY(const KeyMeaning meaning, meaningOf(database, name, "columns", {}));
        auto& query = database.statement(queryFor(meaning));
        if (meaning.kind == KeyMeaning::Kind::Evaluation)
            query.bind(1, meaning.split);
        else if (meaning.kind == KeyMeaning::Kind::Final) {
            query.bind(1, meaning.metric);
            query.bind(2, meaning.task);
        } else if (meaning.kind != KeyMeaning::Kind::Own)
            query.bind(1, meaning.key);
        while (query.executeStep()) {
            Setting value;
            if (!query.isColumnNull(1))
                value.number = query.getColumn(1).getDouble();
            if (!query.isColumnNull(2))
                value.text = query.getColumn(2).getString();
            values[query.getColumn(0).getString()] = shownValue(value);
        }
        return {};
    });
    HILO_CHECK(read);
    return values;
}

} // namespace hilo
