// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/imported_scores.h"

#include <algorithm>
#include <array>
#include <limits>

namespace hilo {
namespace {

constexpr const char* formatOfScores = "hilo.imported-scores/1";
constexpr std::string_view toolPrefix = "lm_eval.";
constexpr std::string_view noFilter = "none";
constexpr std::size_t mostScores = 100'000;
constexpr double endless = std::numeric_limits<double>::infinity();

/// Metrics of lm-evaluation-harness (lm_eval/api/metrics.py) of which a lower value is better.
constexpr std::array<std::string_view, 7> lowerBetter{
    "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "brier_score", "mae", "ter"};
/// Those that are a share of rows.
constexpr std::array<std::string_view, 9> shares{
    "acc", "acc_norm", "acc_bytes", "acc_mutual_info", "acc_all", "exact_match", "pass@1", "mc1", "mc2"};

template <std::size_t n>
bool isAmong(const std::array<std::string_view, n>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// "acc" of "lm_eval.acc" and of "lm_eval.acc.strict-match".
std::string nameInTool(const std::string& metric)
{
    const std::string rest = metric.substr(toolPrefix.size(), metric.find('@') - toolPrefix.size());
    return rest.substr(0, rest.find('.'));
}

Json asJson(const ImportedScore& score)
{
    Json json = {{"tool", score.tool},
                 {"version", score.version},
                 {"task", score.task},
                 {"task_version", score.taskVersion},
                 {"metric", score.metric},
                 {"filter", score.filter},
                 {"value", score.value},
                 {"stderr", score.standardError ? Json(*score.standardError) : Json()},
                 {"n", score.rows ? Json(*score.rows) : Json()},
                 {"shots", score.shots ? Json(*score.shots) : Json()},
                 {"group", score.isGroup},
                 {"model", score.model},
                 {"imported", score.imported},
                 {"sha256", score.sha256}};
    return json;
}

Result<std::optional<std::int64_t>> optionalCount(const JsonObject& object, const std::string& key)
{
    if (!object.has(key) || object.json()[key].is_null())
        return std::optional<std::int64_t>();
    HILO_TRY(const std::int64_t value, object.integer(key, 0, std::int64_t{1} << 60));
    return std::optional(value);
}

Result<ImportedScore> parseScore(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"tool", "version", "task", "task_version", "metric", "filter", "value", "stderr", "n",
                                "shots", "group", "model", "imported", "sha256"}));
    ImportedScore score;
    HILO_TRY(score.tool, object.text("tool"));
    HILO_TRY(score.version, object.textOr("version", ""));
    HILO_TRY(score.task, object.text("task"));
    HILO_TRY(score.taskVersion, object.textOr("task_version", ""));
    HILO_TRY(score.metric, object.text("metric"));
    HILO_TRY(score.filter, object.textOr("filter", std::string(noFilter)));
    if (score.tool != "lm_eval" || score.task.empty() || score.metric.empty() || score.filter.empty())
        return failure(object.errorAt("metric", "expected a task and a metric of lm_eval"));
    const ScoreRange range = rangeOfImported(score.metric);
    HILO_TRY(score.value, object.number("value", range.low, range.high));
    if (object.has("stderr") && !object.json()["stderr"].is_null()) {
        HILO_TRY(score.standardError, object.number("stderr", 0, endless));
    }
    HILO_TRY(score.rows, optionalCount(object, "n"));
    HILO_TRY(score.shots, optionalCount(object, "shots"));
    HILO_TRY(score.isGroup, object.flagOr("group", false));
    HILO_TRY(score.model, object.textOr("model", ""));
    HILO_TRY(score.imported, object.textOr("imported", ""));
    HILO_TRY(score.sha256, object.textOr("sha256", ""));
    return score;
}

} // namespace

std::string ImportedScore::key() const
{
    return std::string(toolPrefix) + metric + (filter == noFilter ? std::string() : "." + filter);
}

Result<std::vector<ImportedScore>> readImportedScores(const std::filesystem::path& runFolder)
{
    std::vector<ImportedScore> scores;
    const std::filesystem::path path = runFolder / importedScoresFile;
    std::error_code code;
    if (!std::filesystem::exists(path, code))
        return scores;
    HILO_TRY(const Json document, readJsonFile(path));
    HILO_TRY(const JsonObject root, JsonObject::of(document, path.string()));
    HILO_CHECK(root.onlyKeys({"format", "scores"}));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != formatOfScores)
        return failure(root.errorAt("format", "expected \"" + std::string(formatOfScores) + "\""));
    HILO_TRY(const Json* list, root.array("scores"));
    if (list->size() > mostScores)
        return failure(root.errorAt("scores", "more than " + std::to_string(mostScores) + " scores"));
    for (std::size_t i = 0; i < list->size(); ++i) {
        HILO_TRY(const JsonObject object,
                 JsonObject::of((*list)[i], path.string(), "scores[" + std::to_string(i) + "]"));
        HILO_TRY(ImportedScore score, parseScore(object));
        for (const ImportedScore& other : scores)
            if (other.task == score.task && other.key() == score.key())
                return failure(object.errorAt("metric", score.metric + " of " + score.task + " is there twice"));
        scores.push_back(std::move(score));
    }
    return scores;
}

Status writeImportedScores(const std::filesystem::path& runFolder, const std::vector<ImportedScore>& scores)
{
    Json list = Json::array();
    for (const ImportedScore& score : scores)
        list.push_back(asJson(score));
    return writeJsonFile(runFolder / importedScoresFile, {{"format", formatOfScores}, {"scores", std::move(list)}});
}

bool isImportedMetric(const std::string& metric)
{
    return metric.starts_with(toolPrefix) && metric.size() > toolPrefix.size();
}

std::optional<ImportedMetric> importedMetric(const std::string& metric)
{
    if (!isImportedMetric(metric))
        return {};
    const std::string name = nameInTool(metric);
    const std::string rest = metric.substr(toolPrefix.size());
    const std::string filter = rest.size() > name.size() ? ", " + rest.substr(name.size() + 1) : std::string();
    return ImportedMetric{name + filter + " (lm-evaluation-harness)", isAmong(lowerBetter, name),
                          isAmong(shares, name)};
}

ScoreRange rangeOfImported(const std::string& nameInTool)
{
    if (isAmong(shares, nameInTool))
        return {0, 1};
    if (nameInTool == "mcc")
        return {-1, 1};
    if (nameInTool.ends_with("perplexity"))
        return {1, endless};
    if (nameInTool == "brier_score")
        return {0, 2};
    if (isAmong(lowerBetter, nameInTool))
        return {0, endless};
    return {-endless, endless};
}

std::optional<ScoreRange> importedRange(const std::string& metric)
{
    return isImportedMetric(metric) ? std::optional(rangeOfImported(nameInTool(metric))) : std::nullopt;
}

std::optional<ScoreRange> intervalOf(const ImportedScore& score)
{
    if (!score.standardError)
        return {};
    constexpr double quantile = 1.959963984540054; // of the normal distribution at 97.5 %
    const ScoreRange range = rangeOfImported(score.metric);
    return ScoreRange{std::max(range.low, score.value - quantile * *score.standardError),
                      std::min(range.high, score.value + quantile * *score.standardError)};
}

} // namespace hilo
