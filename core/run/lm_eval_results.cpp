// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/lm_eval_results.h"

#include "base/file_lock.h"
#include "base/sha256.h"
#include "base/text_format.h"
#include "run/event_time.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t longestName = 512;
constexpr const char* otherForm = "This is no results file of lm-evaluation-harness 0.4 or later.";
constexpr const char* whereFromHint = "lm_eval --output_path FOLDER writes it as FOLDER/MODEL/results_DATE.json.";

/// A text or a number as text; empty where there is none.
std::string textOf(const Json& object, const std::string& key)
{
    if (!object.is_object())
        return {};
    const auto found = object.find(key);
    if (found == object.end() || found->is_null())
        return {};
    if (*found == "N/A")
        return {};
    return found->is_string() ? found->get<std::string>() : found->is_number() ? found->dump() : std::string();
}

const Json& child(const Json& object, const std::string& key)
{
    static const Json nothing;
    if (!object.is_object())
        return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

bool isName(const std::string& name)
{
    return !name.empty() && name.size() <= longestName &&
           std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// "acc,none" in two; nothing where there is no comma.
std::optional<std::pair<std::string, std::string>> metricAndFilter(const std::string& key)
{
    const auto comma = key.find(',');
    if (comma == std::string::npos)
        return {};
    return std::pair(key.substr(0, comma), key.substr(comma + 1));
}

class ResultsReading
{
  public:
    ResultsReading(const Json& document, std::string file) : document_(document), file_(std::move(file)) {}

    Result<LmEvalResults> read()
    {
        const Json& results = child(document_, "results");
        if (!results.is_object() || results.empty() || !child(document_, "configs").is_object() ||
            !child(document_, "versions").is_object())
            return failure(badInput(file_, "results", otherForm, whereFromHint));
        for (const auto& [task, values] : results.items())
            HILO_CHECK(readTask(task, values));
        if (found_.scores.empty())
            return failure(badInput(
                file_, "results",
                found_.skipped.empty() ? otherForm : "None of its metrics can be taken. " + found_.skipped.front(),
                whereFromHint));
        return std::move(found_);
    }

  private:
    Status readTask(const std::string& task, const Json& values)
    {
        if (!isName(task) || !values.is_object())
            return failure(badInput(file_, "results", otherForm, whereFromHint));
        for (const auto& [key, value] : values.items()) {
            const auto parts = metricAndFilter(key);
            // "alias", and how many samples there were.
            if (!parts || parts->first.ends_with("_stderr"))
                continue;
            HILO_CHECK(readMetric(task, values, *parts, value));
        }
        return {};
    }

    Status readMetric(const std::string& task, const Json& values, const std::pair<std::string, std::string>& parts,
                      const Json& value)
    {
        const auto& [metric, filter] = parts;
        const std::string place = "results." + task + "." + metric + "," + filter;
        if (!isName(metric) || !isName(filter) || metric.find_first_of("@.") != std::string::npos ||
            filter.find('@') != std::string::npos)
            return skip(metric, task, "its name cannot be written in a filter");
        if (metric == "bypass")
            return skip(metric, task, "it is no measurement");
        // Of groups that are not aggregated there is a space instead of numbers.
        if (value.is_string())
            return skip(metric, task, "it has no value: \"" + value.get<std::string>() + "\"");
        if (!value.is_number() || !std::isfinite(value.get<double>()))
            return failure(badInput(file_, place, "expected a finite number, found " + shownJson(value)));
        ImportedScore score;
        score.tool = "lm_eval";
        score.version = textOf(document_, "lm_eval_version");
        score.task = task;
        score.taskVersion = textOf(child(document_, "versions"), task);
        score.metric = metric;
        score.filter = filter;
        score.value = value.get<double>();
        score.model = textOf(document_, "model_name");
        score.isGroup = isGroup(task);
        const ScoreRange range = rangeOfImported(metric);
        if (!(score.value >= range.low && score.value <= range.high))
            return failure(badInput(file_, place,
                                    printed("%g is out of the range of ", score.value) + metric +
                                        printed(", which is %g to %g", range.low, range.high)));
        HILO_CHECK(readStandardError(score, child(values, metric + "_stderr," + filter), place));
        HILO_CHECK(readCounts(score, child(values, "sample_len")));
        const auto known = importedMetric(score.key());
        const Json& higher = child(child(child(document_, "higher_is_better"), task), metric);
        if (higher.is_boolean() && known && higher.get<bool>() == known->lowerIsBetter)
            return skip(metric, task,
                        std::string("the file says that ") + (higher.get<bool>() ? "higher" : "lower") +
                            " is better, which is not what is known here of this metric");
        found_.scores.push_back(std::move(score));
        return {};
    }

    Status readStandardError(ImportedScore& score, const Json& value, const std::string& place) const
    {
        // "N/A", NaN of a single row, or nothing.
        if (!value.is_number() || std::isnan(value.get<double>()))
            return {};
        score.standardError = value.get<double>();
        if (!(*score.standardError >= 0) || !std::isfinite(*score.standardError))
            return failure(badInput(file_, place, "its standard error is " + shownJson(value)));
        return {};
    }

    /// ofTask: how many rows the task has, where n-samples does not say it, as of groups.
    Status readCounts(ImportedScore& score, const Json& ofTask) const
    {
        const Json& samples = child(child(document_, "n-samples"), score.task);
        const Json& effective = child(samples, "effective");
        const Json& original = child(samples, "original");
        if (effective.is_number_integer())
            score.rows = effective.get<std::int64_t>();
        else if (ofTask.is_number_integer())
            score.rows = ofTask.get<std::int64_t>();
        if (score.rows &&
            (*score.rows < 1 || (original.is_number_integer() && *score.rows > original.get<std::int64_t>())))
            return failure(badInput(file_, "n-samples." + score.task,
                                    shownJson(effective) + " rows of " + shownJson(original) + " cannot be"));
        if (const Json& shots = child(child(document_, "n-shot"), score.task);
            shots.is_number_integer() && shots.get<std::int64_t>() >= 0)
            score.shots = shots.get<std::int64_t>();
        return {};
    }

    bool isGroup(const std::string& task) const
    {
        const Json& subtasks = child(child(document_, "group_subtasks"), task);
        return child(child(document_, "groups"), task).is_object() || (subtasks.is_array() && !subtasks.empty());
    }

    Status skip(const std::string& metric, const std::string& task, const std::string& reason)
    {
        found_.skipped.push_back(metric + " of " + task + ": " + reason);
        return {};
    }

    const Json& document_;
    std::string file_;
    LmEvalResults found_;
};

} // namespace

Result<LmEvalResults> readLmEvalResults(const fs::path& file)
{
    HILO_TRY(const Json document, readJsonFile(file, pythonJson));
    if (!document.is_object())
        return failure(badInput(file.string(), {}, otherForm, whereFromHint));
    return ResultsReading(document, file.string()).read();
}

Result<ScoreImport> importLmEvalScores(const fs::path& runFolder, const fs::path& file, bool replace)
{
    std::error_code code;
    if (!fs::exists(runFolder / "run.json", code))
        return failure(
            badInput(runFolder.string(), {}, "This is no run's folder.", "A run's folder has run.json in it."));
    HILO_TRY(LmEvalResults found, readLmEvalResults(file));
    HILO_TRY(const std::string hash, sha256File(file));
    // Two imports at once: the second one sees what the first has written.
    HILO_TRY(const FileLock lock, FileLock::acquire(runFolder / "run.json"));
    HILO_TRY(std::vector<ImportedScore> scores, readImportedScores(runFolder));
    const std::int64_t now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    ScoreImport result;
    result.skipped = std::move(found.skipped);
    for (ImportedScore& score : found.scores) {
        score.sha256 = hash;
        score.imported = formatTime(now);
        const auto before = std::find_if(scores.begin(), scores.end(), [&score](const ImportedScore& one) {
            return one.task == score.task && one.key() == score.key();
        });
        if (before == scores.end()) {
            scores.push_back(score);
        } else if (before->value == score.value && before->standardError == score.standardError &&
                   before->rows == score.rows && before->shots == score.shots) {
            ++result.same;
            continue;
        } else if (!replace) {
            return failure(badInput(file.string(), "results." + score.task,
                                    "The run has " + score.metric + " of " + score.task +
                                        printed(" = %.6g", before->value) + " already, imported " + before->imported +
                                        printed("; here it is %.6g", score.value) +
                                        (before->value == score.value ? " of other rows or shots." : "."),
                                    "--replace takes the new one; nothing was changed."));
        } else {
            *before = score;
            ++result.replaced;
        }
        result.added.push_back(score);
    }
    if (!result.added.empty())
        HILO_CHECK(writeImportedScores(runFolder, scores));
    return result;
}

} // namespace hilo
