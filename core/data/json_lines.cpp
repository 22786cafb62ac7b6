// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_lines.h"

#include "data/json_document.h"

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

/// More than one line, and the first one that is not blank, which begins at begin, is a value by itself.
Result<bool> looksLikeLines(TextReader& text, std::size_t begin)
{
    // A document may be one long line, of which no more than this is looked at.
    constexpr std::size_t longestFirstLine = std::size_t{16} << 20;
    HILO_TRY(const std::optional<std::size_t> end, endOfJsonValue(text, begin, longestFirstLine));
    if (!end)
        return false;
    const std::string_view value = text.buffered().substr(begin, *end - begin);
    if (value.find('\n') != std::string_view::npos || !parseJson(value, text.file(), pythonJson))
        return false;
    std::size_t next = *end;
    for (;; ++next) {
        if (next == text.buffered().size()) {
            HILO_TRY(const bool grown, text.more());
            if (!grown)
                return false;
        }
        if (std::string_view(jsonBlanks).find(text.buffered()[next]) == std::string_view::npos)
            break;
    }
    return text.buffered().substr(*end, next - *end).find('\n') != std::string_view::npos;
}

std::unique_ptr<RowSource> linesOf(TextReader text, std::vector<std::string> notes = {})
{
    return std::make_unique<JsonLineSource>(std::move(text), std::move(notes));
}

} // namespace

Result<std::unique_ptr<RowSource>> openJsonRows(TextReader text, bool isNamedLines)
{
    HILO_TRY(const std::optional<std::size_t> begin, firstByte(text));
    const char first = begin ? text.buffered()[*begin] : '\0';
    if (isNamedLines && first != '[')
        return linesOf(std::move(text));
    if (isNamedLines || first == '{') {
        HILO_TRY(const bool isLines, looksLikeLines(text, *begin));
        if (isLines && isNamedLines)
            return linesOf(std::move(text));
        if (isLines)
            return linesOf(std::move(text),
                           {"it holds one JSON object a line and is read so; .jsonl is the usual ending"});
    }
    return openJsonDocument(std::move(text),
                            isNamedLines ? "it holds one JSON array and is read so; .json is the usual ending" : "");
}

} // namespace hilo
