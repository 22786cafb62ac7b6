// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/row_comparison.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "metrics/metric.h"
#include "run/run_spec.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <unordered_map>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largestFile = std::size_t{64} << 20;

/// Whether a row was answered rightly; nothing where it has no right answer.
std::optional<bool> isRight(const Prediction& row)
{
    if (row.right)
        return row.given == row.right;
    if (row.wanted && row.written)
        if (const Metric* exact = findMetric("exact_match"); exact && exact->ofTexts)
            if (const auto value = exact->ofTexts(*row.wanted, *row.written))
                return *value == 1;
    return {};
}

std::string answerOf(const Prediction& row)
{
    return row.right ? row.given.value_or("") : row.written.value_or("");
}

std::string keyOf(const Prediction& row)
{
    return row.task + '\n' + row.split + '\n' + row.identity();
}

Result<std::vector<Prediction>> predictionsOf(const fs::path& folder, const std::string& task)
{
    HILO_TRY(std::vector<Prediction> rows, readPredictions(folder, task));
    std::erase_if(rows, [](const Prediction& row) { return !isRight(row); });
    if (rows.empty())
        return failure(badInput((folder / predictionsFile).string(), task,
                                "The run kept no answers of single rows" +
                                    (task.empty() ? std::string() : " of the task \"" + task + "\"") + ".",
                                "Runs keep them since predictions.ndjson exists, and where rows have a right answer; "
                                "train or evaluate it again."));
    return rows;
}

/// The lines of a file, without their ends; nothing where it cannot be shown line by line.
std::optional<std::vector<std::string>> linesOf(const fs::path& file)
{
    std::error_code code;
    const auto size = fs::file_size(file, code);
    if (code || size > largestFile)
        return {};
    const std::string ending = file.extension().string();
    if (ending != ".jsonl" && ending != ".json" && ending != ".csv" && ending != ".tsv" && ending != ".txt")
        return {};
    const auto text = readFile(file, largestFile);
    if (!text)
        return {};
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text->size();) {
        const std::size_t end = std::min(text->find('\n', start), text->size());
        lines.push_back(text->substr(start, end - start));
        if (!lines.back().empty() && lines.back().back() == '\r')
            lines.back().pop_back();
        start = end + 1;
    }
    return lines;
}

/// "text: …; label: …" of a line that is a JSON object, else the line.
std::string shownLine(const std::string& line)
{
    const auto document = parseJson(line, {});
    if (!document || !document->is_object())
        return line;
    std::string shown;
    for (const auto& [key, value] : document->items())
        shown +=
            (shown.empty() ? "" : "; ") + key + ": " +
            (value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace));
    return shown;
}

std::size_t lineNumber(const std::string& place)
{
    constexpr std::string_view word = "line ";
    std::size_t number = 0;
    if (place.starts_with(word))
        std::from_chars(place.data() + word.size(), place.data() + place.size(), number);
    return number;
}

} // namespace

Result<RowComparison> compareRows(const fs::path& first, const fs::path& second, const std::string& task)
{
    HILO_TRY(const std::vector<Prediction> left, predictionsOf(first, task));
    HILO_TRY(const std::vector<Prediction> right, predictionsOf(second, task));
    std::unordered_map<std::string, const Prediction*> others;
    others.reserve(right.size());
    for (const Prediction& row : right)
        others.emplace(keyOf(row), &row);
    RowComparison comparison;
    std::vector<int> differences;
    for (const Prediction& row : left) {
        const auto found = others.find(keyOf(row));
        if (found == others.end()) {
            ++comparison.unshared;
            continue;
        }
        const Prediction& other = *found->second;
        RowPair pair{row.task,
                     row.file,
                     row.place,
                     {},
                     row.right ? *row.right : row.wanted.value_or(""),
                     answerOf(row),
                     answerOf(other),
                     *isRight(row),
                     *isRight(other)};
        if (row.window > 0)
            pair.place += " (" + std::to_string(row.window) + ")";
        ++(pair.firstRight ? (pair.secondRight ? comparison.bothRight : comparison.onlyFirst)
                           : (pair.secondRight ? comparison.onlySecond : comparison.bothWrong));
        differences.push_back((pair.firstRight ? 1 : 0) - (pair.secondRight ? 1 : 0));
        comparison.rows.push_back(std::move(pair));
        others.erase(found);
    }
    comparison.unshared += static_cast<std::int64_t>(others.size());
    if (comparison.rows.empty())
        return failure(badInput((second / predictionsFile).string(), task, "The runs have answered no row in common.",
                                "Compare runs that were scored on the same rows."));
    comparison.test = mcnemarOfRows(differences);
    return comparison;
}

void readRowTexts(RowComparison& comparison, const fs::path& runFolder)
{
    const auto spec = readRunSpec(runFolder / "run.json");
    if (!spec)
        return;
    std::map<std::pair<std::string, std::string>, std::optional<std::vector<std::string>>> files;
    for (RowPair& row : comparison.rows) {
        const std::size_t line = lineNumber(row.place);
        if (line == 0)
            continue;
        const auto [entry, isNew] = files.try_emplace({row.task, row.file});
        if (isNew)
            for (const TaskSpec& task : spec->tasks) {
                if (spec->tasks.size() > 1 && nameOfTask(task) != row.task)
                    continue;
                const fs::path path = task.data.path;
                std::error_code code;
                const fs::path file = fs::is_directory(path, code) ? path / row.file : path;
                if (file.filename() == fs::path(row.file).filename())
                    entry->second = linesOf(file);
            }
        if (entry->second && line <= entry->second->size())
            row.text = shownLine((*entry->second)[line - 1]);
    }
}

} // namespace hilo
