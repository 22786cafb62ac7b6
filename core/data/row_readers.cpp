// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_readers.h"

#include "base/atomic_file.h"
#include "base/table.h"
#include "tokenizer/utf8.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

std::int64_t lineOf(std::string_view text, std::size_t byte)
{
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size())), '\n');
}

Result<std::string> readText(const fs::path& path)
{
    HILO_TRY(std::string text, readFile(path));
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    const std::string repaired = utf8::repaired(text);
    if (repaired != text) {
        const auto different = std::mismatch(text.begin(), text.end(), repaired.begin(), repaired.end()).first;
        const auto byte = static_cast<std::size_t>(different - text.begin());
        return failure(badInput(path.string(), "line " + std::to_string(lineOf(text, byte)),
                                "the text is not UTF-8 at byte " + std::to_string(byte),
                                "convert the file, for example: iconv -f latin1 -t utf8"));
    }
    return text;
}

FileRows jsonLines(const std::string& text, const std::string& file)
{
    FileRows result;
    std::int64_t line = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view content = std::string_view(text).substr(at, end - at);
        at = end + 1;
        ++line;
        if (content.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        const auto record = parseJson(content, file);
        if (!record)
            result.rejected.push_back({file, line, "not JSON: " + record.error().message});
        else if (!record->is_object())
            result.rejected.push_back({file, line, "expected an object in braces"});
        else
            result.rows.push_back(rowFromJson(*record, file, line));
    }
    return result;
}

Result<FileRows> jsonDocument(const std::string& text, const std::string& file)
{
    HILO_TRY(const Json document, parseJson(text, file));
    const Json* list = &document;
    if (document.is_object() && document.contains("data"))
        list = &document["data"];
    if (!list->is_array())
        return failure(badInput(file, {}, "expected an array of objects, or an object with an array \"data\"",
                                "one object a line belongs into a .jsonl file"));
    FileRows result;
    for (std::size_t i = 0; i < list->size(); ++i) {
        // A parsed document has no lines any more; the record's number tells the place.
        const auto number = static_cast<std::int64_t>(i) + 1;
        if ((*list)[i].is_object())
            result.rows.push_back(rowFromJson((*list)[i], file, number));
        else
            result.rejected.push_back({file, number, "expected an object in braces"});
    }
    return result;
}

FileRows table(const std::string& text, const std::string& file, bool isCsv, bool withoutHeader)
{
    FileRows result;
    std::vector<TableRecord> records = parseTable(text, isCsv ? ',' : '\t', isCsv);
    if (records.empty())
        return result;
    std::vector<std::string> names;
    for (std::size_t i = 0; withoutHeader && i < records[0].cells.size(); ++i)
        names.push_back("#" + std::to_string(i));
    if (!withoutHeader) {
        names = records[0].cells;
        records.erase(records.begin());
    }
    for (TableRecord& record : records) {
        if (record.unterminated) {
            result.rejected.push_back({file, record.line, "the quotes do not end"});
            continue;
        }
        if (record.cells.size() != names.size()) {
            result.rejected.push_back({file, record.line,
                                       "expected " + std::to_string(names.size()) + " columns, found " +
                                           std::to_string(record.cells.size())});
            continue;
        }
        Row row;
        row.file = file;
        row.line = record.line;
        for (std::size_t i = 0; i < names.size(); ++i)
            row.fields.emplace_back(names[i], std::move(record.cells[i]));
        result.rows.push_back(std::move(row));
    }
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

} // namespace

Result<FileRows> readRows(const fs::path& path, bool withoutHeader)
{
    std::error_code code;
    if (!fs::is_regular_file(path, code))
        return failure(badInput(path.string(), {}, "There is no such data file."));
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    static constexpr std::string_view known[] = {".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt"};
    if (std::find(std::begin(known), std::end(known), ending) == std::end(known))
        return failure(badInput(path.string(), {}, "Data files end in .jsonl, .json, .csv, .tsv or .txt.",
                                "Rename or convert the file."));
    HILO_TRY(const std::string text, readText(path));
    if (ending == ".jsonl" || ending == ".ndjson")
        return jsonLines(text, path.string());
    if (ending == ".json")
        return jsonDocument(text, path.string());
    if (ending == ".txt")
        return plainLines(text, path.string());
    return table(text, path.string(), ending == ".csv", withoutHeader);
}

} // namespace hilo
