// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_lines.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr const char* jsonBlanks = " \t\r\n";

class JsonLineSource : public RowSource
{
  public:
    JsonLineSource(TextReader text, std::vector<std::string> notes) : text_(std::move(text)), notes_(std::move(notes))
    {
    }

    Result<bool> next(FileRows& batch) override
    {
        std::move(notes_.begin(), notes_.end(), std::back_inserter(batch.notes));
        notes_.clear();
        bool any = false;
        for (std::size_t rows = 0; rows < batchRows; ++rows) {
            const std::int64_t line = text_.line();
            HILO_TRY(const std::optional<std::string_view> content, text_.nextLine());
            if (!content)
                return any;
            any = true;
            if (content->find_first_not_of(jsonBlanks) == std::string_view::npos)
                continue;
            if (const auto record = parseJson(*content, text_.file(), pythonJson))
                addRecord(*record, text_.file(), line, batch);
            else
                batch.rejected.push_back({text_.file(), line, "not JSON: " + record.error().message});
        }
        return true;
    }

  private:
    TextReader text_;
    std::vector<std::string> notes_;
};

/// A document's records, which are in memory as a whole.
class JsonDocumentSource : public RowSource
{
  public:
    explicit JsonDocumentSource(FileRows rows) : rows_(std::move(rows)) {}

    Result<bool> next(FileRows& batch) override
    {
        if (given_)
            return false;
        given_ = true;
        std::move(rows_.rows.begin(), rows_.rows.end(), std::back_inserter(batch.rows));
        std::move(rows_.rejected.begin(), rows_.rejected.end(), std::back_inserter(batch.rejected));
        std::move(rows_.notes.begin(), rows_.notes.end(), std::back_inserter(batch.notes));
        rows_ = {};
        return true;
    }

  private:
    FileRows rows_;
    bool given_ = false;
};

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

/// Reads until the first byte that is no blank is buffered; nothing when there is none.
Result<std::optional<std::size_t>> firstByte(TextReader& text)
{
    for (;;) {
        const std::size_t at = text.buffered().find_first_not_of(jsonBlanks);
        if (at != std::string_view::npos)
            return at;
        HILO_TRY(const bool grown, text.more());
        if (!grown)
            return std::nullopt;
    }
}

/// More than one line, and the first one that is not blank, which begins at begin, is an object by itself.
Result<bool> looksLikeLines(TextReader& text, std::size_t begin)
{
    if (text.buffered()[begin] != '{')
        return false;
    std::size_t end = text.buffered().find('\n', begin);
    while (end == std::string_view::npos) {
        HILO_TRY(const bool grown, text.more());
        if (!grown)
            return false;
        end = text.buffered().find('\n', begin);
    }
    if (!parseJson(text.buffered().substr(begin, end - begin), text.file(), pythonJson))
        return false;
    while (text.buffered().find_first_not_of(jsonBlanks, end) == std::string_view::npos) {
        HILO_TRY(const bool grown, text.more());
        if (!grown)
            return false;
    }
    return true;
}

std::unique_ptr<RowSource> linesOf(TextReader text, std::vector<std::string> notes = {})
{
    return std::make_unique<JsonLineSource>(std::move(text), std::move(notes));
}

} // namespace

Result<std::unique_ptr<RowSource>> openJsonRows(TextReader text, bool isNamedLines)
{
    HILO_TRY(const std::optional<std::size_t> begin, firstByte(text));
    if (isNamedLines && !(begin && text.buffered()[*begin] == '['))
        return linesOf(std::move(text));
    if (!isNamedLines && begin) {
        HILO_TRY(const bool isLines, looksLikeLines(text, *begin));
        if (isLines)
            return linesOf(std::move(text),
                           {"it holds one JSON object a line and is read so; .jsonl is the usual ending"});
    }
    const std::string file = text.file();
    HILO_TRY(std::string whole, text.rest());
    const auto document = parseJson(whole, file, pythonJson);
    if (!document && isNamedLines)
        return linesOf(TextReader(memorySource(std::move(whole)), file));
    HILO_CHECK(document);
    HILO_TRY(FileRows result, rowsOfDocument(*document, whole, file));
    if (isNamedLines)
        result.notes.emplace_back("it holds one JSON array and is read so; .json is the usual ending");
    return std::make_unique<JsonDocumentSource>(std::move(result));
}

} // namespace hilo
