// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/predictions.h"

#include "base/atomic_file.h"
#include "metrics/metric.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

Result<std::optional<std::string>> optionalText(const JsonObject& object, const std::string& key)
{
    if (!object.has(key))
        return std::optional<std::string>();
    HILO_TRY(std::string text, object.text(key));
    return std::optional(std::move(text));
}

Result<Prediction> parsePrediction(const Json& document, const std::string& file, const std::string& place)
{
    HILO_TRY(const JsonObject object, JsonObject::of(document, file, place));
    Prediction row;
    HILO_TRY(row.task, object.text("task"));
    HILO_TRY(row.split, object.text("split"));
    HILO_TRY(row.file, object.text("file"));
    HILO_TRY(row.place, object.text("place"));
    HILO_TRY(row.window, object.integerOr("window", 0, 0, std::int64_t{1} << 60));
    HILO_TRY(row.right, optionalText(object, "right"));
    HILO_TRY(row.given, optionalText(object, "given"));
    HILO_TRY(row.givenNormalised, optionalText(object, "given_normalised"));
    HILO_TRY(row.wanted, optionalText(object, "wanted"));
    HILO_TRY(row.written, optionalText(object, "written"));
    return row;
}

} // namespace

Result<std::vector<Prediction>> readPredictions(const fs::path& runFolder, const std::string& task)
{
    const fs::path path = runFolder / predictionsFile;
    std::vector<Prediction> rows;
    std::error_code code;
    if (!fs::exists(path, code))
        return rows;
    HILO_TRY(const std::string text, readFile(path));
    std::int64_t number = 0;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        const std::string place = "line " + std::to_string(++number);
        auto document = parseJson(std::string_view(text).substr(start, end - start), path.string());
        if (!document)
            return failure(badInput(path.string(), place, document.error().message,
                                    "Remove the file: the run's result does not need it."));
        HILO_TRY(Prediction row, parsePrediction(*document, path.string(), place));
        if (task.empty() || row.task == task)
            rows.push_back(std::move(row));
        start = end + 1;
    }
    return rows;
}

std::optional<std::vector<bool>> rightRows(const std::vector<Prediction>& rows, const std::string& metric)
{
    const Metric* const known = findMetric(metric);
    const bool byLabel = metric == "accuracy";
    const bool byLength = metric == "accuracy_normalised";
    if (!known || !(byLabel || byLength || (known->ofTexts && known->countsRows)))
        return std::nullopt;
    std::vector<bool> right;
    for (const Prediction& row : rows) {
        if (byLabel || byLength) {
            if (row.right)
                right.push_back((byLabel ? row.given : row.givenNormalised) == row.right);
        } else if (row.wanted && row.written) {
            if (const auto value = known->ofTexts(*row.wanted, *row.written))
                right.push_back(*value == 1);
        }
    }
    return right.empty() ? std::nullopt : std::optional(std::move(right));
}

} // namespace hilo
