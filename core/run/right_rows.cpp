// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/right_rows.h"

#include "base/base64.h"
#include "base/sha256.h"
#include "metrics/metric.h"
#include "run/predictions.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* rightRowsFormat = "hilo.right-rows/1";
constexpr std::size_t bitsOfByte = 8;

std::string packed(const std::vector<bool>& bits)
{
    std::string bytes((bits.size() + bitsOfByte - 1) / bitsOfByte, '\0');
    for (std::size_t i = 0; i < bits.size(); ++i)
        if (bits[i])
            bytes[i / bitsOfByte] =
                static_cast<char>(static_cast<unsigned char>(bytes[i / bitsOfByte]) | 1u << i % bitsOfByte);
    return bytes;
}

/// Nothing where the bytes hold other than so many bits, or bits behind them.
std::optional<std::vector<bool>> unpacked(const std::string& bytes, std::size_t count)
{
    if (bytes.size() != (count + bitsOfByte - 1) / bitsOfByte)
        return std::nullopt;
    std::vector<bool> bits(bytes.size() * bitsOfByte);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        bits[i] = (static_cast<unsigned char>(bytes[i / bitsOfByte]) >> i % bitsOfByte & 1u) != 0;
        if (bits[i] && i >= count)
            return std::nullopt;
    }
    bits.resize(count);
    return bits;
}

std::vector<RightRows> ofPredictions(const std::vector<Prediction>& predictions)
{
    std::vector<std::string> tasks;
    std::map<std::string, std::vector<Prediction>> byTask;
    for (const Prediction& row : predictions) {
        if (!byTask.contains(row.task))
            tasks.push_back(row.task);
        byTask[row.task].push_back(row);
    }
    std::vector<RightRows> all;
    for (const std::string& task : tasks) {
        const std::vector<Prediction>& own = byTask[task];
        RightRows rows{task, {}, {}};
        std::string identities;
        for (const Prediction& row : own)
            identities += row.identity() + "\n";
        rows.rowsSha256 = sha256(identities);
        for (const Metric* metric : metrics())
            if (auto right = rightRows(own, metric->name))
                rows.right[metric->name] = std::move(*right);
        all.push_back(std::move(rows));
    }
    return all;
}

} // namespace

Result<std::vector<RightRows>> readRightRows(const fs::path& runFolder)
{
    std::error_code code;
    const fs::path file = runFolder / rightRowsFile;
    if (fs::exists(runFolder / predictionsFile, code) || !fs::exists(file, code)) {
        HILO_TRY(const std::vector<Prediction> predictions, readPredictions(runFolder));
        return ofPredictions(predictions);
    }
    HILO_TRY(const Json document, readJsonFile(file));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != rightRowsFormat)
        return failure(root.errorAt("format",
                                    std::string("expected \"") + rightRowsFormat + "\", found \"" + format + "\"",
                                    "The file may be of a newer version of this program."));
    HILO_TRY(const Json* list, root.array("tasks"));
    std::vector<RightRows> tasks;
    for (std::size_t index = 0; index < list->size(); ++index) {
        HILO_TRY(const JsonObject object,
                 JsonObject::of((*list)[index], file.string(), "tasks[" + std::to_string(index) + "]"));
        HILO_TRY(tasks.emplace_back(), parseRightRows(object));
    }
    return tasks;
}

Json toJson(const RightRows& rows)
{
    Json right = Json::object();
    for (const auto& [metric, bits] : rows.right)
        right[metric] = {{"rows", bits.size()}, {"bits", base64Encoded(packed(bits))}};
    return {{"task", rows.task}, {"rows_sha256", rows.rowsSha256}, {"right", std::move(right)}};
}

Result<RightRows> parseRightRows(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"task", "rows_sha256", "right"}));
    RightRows rows;
    HILO_TRY(rows.task, object.text("task"));
    HILO_TRY(rows.rowsSha256, object.text("rows_sha256"));
    HILO_TRY(const JsonObject right, object.object("right"));
    for (const auto& [metric, unused] : right.json().items()) {
        HILO_TRY(const JsonObject one, right.object(metric));
        HILO_TRY(const std::int64_t count, one.integer("rows", 1, std::int64_t{1} << 40));
        HILO_TRY(const std::string text, one.text("bits"));
        const auto bytes = base64Decoded(text);
        auto bits = bytes ? unpacked(*bytes, static_cast<std::size_t>(count)) : std::nullopt;
        if (!bits)
            return failure(one.errorAt("bits", "expected base64 of " + std::to_string(count) + " bits"));
        rows.right[metric] = std::move(*bits);
    }
    return rows;
}

Json rightRowsDocument(const std::vector<RightRows>& tasks)
{
    Json list = Json::array();
    for (const RightRows& rows : tasks)
        list.push_back(toJson(rows));
    return {{"format", rightRowsFormat}, {"tasks", std::move(list)}};
}

} // namespace hilo
