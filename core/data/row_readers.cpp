// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_readers.h"

#include "base/atomic_file.h"
#include "data/json_row.h"
#include "data/parquet_rows.h"
#include "data/table_rows.h"
#include "data/text_encoding.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 7> endings = {".parquet", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt"};
constexpr std::string_view parquetEnding = ".parquet";
constexpr std::string_view parquetMark = "PAR1"; ///< at a file's beginning and end
constexpr const char* jsonBlanks = " \t\r\n";

FileRows jsonLines(std::string_view text, const std::string& file)
{
    FileRows result;
    std::int64_t line = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view content = text.substr(at, end - at);
        at = end + 1;
        ++line;
        if (content.find_first_not_of(jsonBlanks) == std::string_view::npos)
            continue;
        if (const auto record = parseJson(content, file, pythonJson))
            addRecord(*record, file, line, result);
        else
            result.rejected.push_back({file, line, "not JSON: " + record.error().message});
    }
    return result;
}

/// The lines on which the elements of the document's list begin: elements of depth 1 for an array, of depth 2 for an
/// object that holds the array. The text is known to be JSON.
std::vector<std::int64_t> linesOfRecords(std::string_view text, std::size_t depthOfRecords, std::string_view key)
{
    std::vector<std::int64_t> lines;
    std::size_t depth = 0;
    std::int64_t line = 1;
    bool isOurs = key.empty();
    bool expectsElement = false;
    std::string_view lastKey;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n')
            ++line;
        if (std::string_view(jsonBlanks).find(c) != std::string_view::npos)
            continue;
        if (isOurs && depth == depthOfRecords && expectsElement && c != ']') {
            lines.push_back(line);
            expectsElement = false;
        }
        if (c == '"') {
            const std::size_t begin = at + 1;
            while (text[++at] != '"')
                at += text[at] == '\\';
            if (depth == 1 && !key.empty())
                lastKey = text.substr(begin, at - begin);
        } else if (c == '[' || c == '{') {
            ++depth;
            if (depth == depthOfRecords) {
                isOurs = key.empty() || (c == '[' && lastKey == key);
                expectsElement = isOurs;
            }
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && depth == depthOfRecords) {
            expectsElement = isOurs;
        }
    }
    return lines;
}

Result<FileRows> rowsOfDocument(const Json& document, std::string_view text, const std::string& file)
{
    const bool isWrapped = document.is_object() && document.contains("data");
    const Json& list = isWrapped ? document["data"] : document;
    if (!list.is_array())
        return failure(badInput(file, {}, "expected an array of objects, or an object with an array \"data\"",
                                "one object a line belongs into a .jsonl file"));
    const std::vector<std::int64_t> lines = linesOfRecords(text, isWrapped ? 2 : 1, isWrapped ? "data" : "");
    FileRows result;
    for (std::size_t i = 0; i < list.size(); ++i)
        addRecord(list[i], file, i < lines.size() ? lines[i] : static_cast<std::int64_t>(i) + 1, result);
    return result;
}

/// More than one line, and the first one that is not blank is an object by itself.
bool looksLikeLines(std::string_view text, const std::string& file)
{
    const std::size_t begin = text.find_first_not_of(jsonBlanks);
    if (begin == std::string_view::npos || text[begin] != '{')
        return false;
    const std::size_t end = text.find('\n', begin);
    return end != std::string_view::npos && text.find_first_not_of(jsonBlanks, end) != std::string_view::npos &&
           parseJson(text.substr(begin, end - begin), file, pythonJson).has_value();
}

Result<FileRows> jsonRows(const std::string& text, const std::string& file, bool isNamedLines)
{
    const std::size_t begin = text.find_first_not_of(jsonBlanks);
    const bool isArray = begin != std::string::npos && text[begin] == '[';
    if (isNamedLines && !isArray)
        return jsonLines(text, file);
    if (!isNamedLines && looksLikeLines(text, file)) {
        FileRows result = jsonLines(text, file);
        result.notes.emplace_back("it holds one JSON object a line and is read so; .jsonl is the usual ending");
        return result;
    }
    const auto document = parseJson(text, file, pythonJson);
    if (!document && isNamedLines)
        return jsonLines(text, file);
    HILO_CHECK(document);
    HILO_TRY(FileRows result, rowsOfDocument(*document, text, file));
    if (isNamedLines)
        result.notes.emplace_back("it holds one JSON array and is read so; .json is the usual ending");
    return result;
}

FileRows plainLines(const std::string& text, const std::string& file)
{
    FileRows result;
    std::int64_t line = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string content = text.substr(at, end - at);
        at = end + 1;
        ++line;
        if (content.ends_with('\r'))
            content.pop_back();
        if (content.empty())
            continue;
        Row row;
        row.fields.emplace_back("text", std::move(content));
        row.file = file;
        row.line = line;
        result.rows.push_back(std::move(row));
    }
    return result;
}

std::string endingOf(const std::string& name)
{
    std::string ending = fs::path(name).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    return ending;
}

/// A name that says something else is told.
Result<FileRows> namedParquet(Result<FileRows> rows, const std::string& name)
{
    if (rows && endingOf(name) != parquetEnding)
        rows->notes.emplace_back("it is a Parquet file and is read so; .parquet is the usual ending");
    return rows;
}

Status checkEnding(const std::string& name)
{
    if (std::find(endings.begin(), endings.end(), endingOf(name)) != endings.end())
        return {};
    return failure(badInput(name, {}, "Data files end in .parquet, .jsonl, .json, .csv, .tsv or .txt.",
                            "Rename or convert the file."));
}

} // namespace

void addRecord(const Json& record, const std::string& file, std::int64_t line, FileRows& result)
{
    if (!record.is_object()) {
        result.rejected.push_back({file, line, "expected an object in braces"});
        return;
    }
    auto row = rowFromJson(record, file, line);
    if (row)
        result.rows.push_back(std::move(*row));
    else
        result.rejected.push_back({file, line, row.error()});
}

Result<FileRows> rowsOfBytes(std::string bytes, const std::string& name, bool withoutHeader)
{
    HILO_CHECK(checkEnding(name));
    if (endingOf(name) == parquetEnding || bytes.starts_with(parquetMark))
        return namedParquet(parquetRowsOfBytes(std::as_bytes(std::span(bytes)), name), name);
    HILO_TRY(const std::string text, textOfBytes(std::move(bytes), name));
    const std::string ending = endingOf(name);
    if (ending == ".jsonl" || ending == ".ndjson" || ending == ".json")
        return jsonRows(text, name, ending != ".json");
    if (ending == ".txt")
        return plainLines(text, name);
    return tableRows(text, name, ending == ".csv", withoutHeader);
}

Result<FileRows> readRows(const fs::path& path, bool withoutHeader)
{
    std::error_code code;
    if (!fs::is_regular_file(path, code))
        return failure(badInput(path.string(), {}, "There is no such data file."));
    HILO_CHECK(checkEnding(path.string()));
    // Mapped, not read: such files are large, and of all columns only a page is in memory at a time.
    std::string first(parquetMark.size(), '\0');
    std::ifstream(path, std::ios::binary).read(first.data(), static_cast<std::streamsize>(first.size()));
    if (endingOf(path.string()) == parquetEnding || first == parquetMark)
        return namedParquet(parquetRows(path), path.string());
    HILO_TRY(std::string bytes, readFile(path));
    return rowsOfBytes(std::move(bytes), path.string(), withoutHeader);
}

} // namespace hilo
