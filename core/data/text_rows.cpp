// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/text_rows.h"

namespace hilo {
namespace {

Row textRow(std::string text, const std::string& file, std::int64_t line)
{
    Row row;
    row.fields.emplace_back("text", std::move(text));
    row.file = file;
    row.line = line;
    return row;
}

class TextLineSource : public RowSource
{
  public:
    explicit TextLineSource(TextReader text) : text_(std::move(text)) {}

    Result<bool> next(FileRows& batch) override
    {
        bool any = false;
        for (std::size_t rows = 0; rows < batchRows; ++rows) {
            const std::int64_t line = text_.line();
            HILO_TRY(std::optional<std::string_view> content, text_.nextLine());
            if (!content)
                return any;
            any = true;
            if (content->ends_with('\r'))
                content->remove_suffix(1);
            if (!content->empty())
                batch.rows.push_back(textRow(std::string(*content), text_.file(), line));
        }
        return true;
    }

  private:
    TextReader text_;
};

class DocumentSource : public RowSource
{
  public:
    explicit DocumentSource(TextReader text) : text_(std::move(text)) {}

    Result<bool> next(FileRows& batch) override
    {
        if (given_)
            return false;
        given_ = true;
        HILO_TRY(std::string content, text_.rest());
        if (content.find_first_not_of(" \t\r\n") == std::string::npos)
            batch.rejected.push_back({text_.file(), 1, "the document has no text"});
        else
            batch.rows.push_back(textRow(std::move(content), text_.file(), 1));
        return true;
    }

  private:
    TextReader text_;
    bool given_ = false;
};

} // namespace

Result<std::unique_ptr<RowSource>> openTextRows(TextReader text, bool isDocument)
{
    if (isDocument)
        return std::make_unique<DocumentSource>(std::move(text));
    return std::make_unique<TextLineSource>(std::move(text));
}

} // namespace hilo
