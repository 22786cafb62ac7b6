// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_source.h"

#include "data/arrow_rows.h"
#include "data/data_endings.h"
#include "data/formed_rows.h"
#include "data/json_document.h"
#include "data/json_lines.h"
#include "data/json_row.h"
#include "data/parquet_rows.h"
#include "data/table_rows.h"
#include "data/text_rows.h"
#include "formats/compressed_source.h"

#include <algorithm>
#include <fstream>
#include <utility>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Status checkName(const std::string& name)
{
    const std::string ending = dataEnding(name);
    if (ending.empty())
        return failure(badInput(name, {}, "Data files end in .parquet, .arrow, .jsonl, .json, .csv, .tsv, .txt or .md.",
                                "Rename or convert the file."));
    if (isBinaryEnding(ending) && withoutCompressionEnding(name) != name)
        return failure(
            badInput(name, {}, "A " + ending + " file is compressed inside, not as a whole.", "Unpack the file."));
    return {};
}

constexpr std::string_view parquetMark = "PAR1"; ///< at a file's beginning and end
constexpr std::string_view arrowMark = "ARROW1"; ///< of a file of Arrow; a stream of it has none

/// What a file's first bytes say it is, whatever it is called; else what its ending says.
std::string kindOf(std::string_view begin, const std::string& ending)
{
    if (begin.starts_with(parquetMark))
        return ".parquet";
    return begin.starts_with(arrowMark) ? ".arrow" : ending;
}

/// Rows with a note before them.
class NotedRows : public RowSource
{
  public:
    NotedRows(std::unique_ptr<RowSource> rows, std::string note) : rows_(std::move(rows)), note_(std::move(note)) {}

    Result<bool> next(FileRows& batch) override
    {
        if (!note_.empty())
            batch.notes.push_back(std::exchange(note_, {}));
        return rows_->next(batch);
    }

    ClassNames classNames() const override { return rows_->classNames(); }

  private:
    std::unique_ptr<RowSource> rows_;
    std::string note_;
};

/// Rows whose classes are named.
class ClassNamedRows : public RowSource
{
  public:
    ClassNamedRows(std::unique_ptr<RowSource> rows, ClassNames names) : rows_(std::move(rows)), names_(std::move(names))
    {
    }

    Result<bool> next(FileRows& batch) override
    {
        const std::size_t before = batch.rows.size();
        HILO_TRY(const bool more, rows_->next(batch));
        for (std::size_t i = before; i < batch.rows.size(); ++i) {
            nameClasses(names_, batch.rows[i]);
            isUsed_ = isUsed_ || !batch.rows[i].classNames.empty();
        }
        if (isUsed_ && !isTold_)
            batch.notes.push_back(noteOfClasses(names_));
        isTold_ = isUsed_;
        return more;
    }

    ClassNames classNames() const override { return names_; }

  private:
    std::unique_ptr<RowSource> rows_;
    ClassNames names_;
    bool isUsed_ = false, isTold_ = false;
};

/// The file's own word counts more than the folder's.
Result<std::unique_ptr<RowSource>> withClassNames(Result<std::unique_ptr<RowSource>> rows, const RowReading& reading)
{
    if (!rows)
        return rows;
    ClassNames names = (*rows)->classNames();
    if (names.empty() && reading.classNames)
        names = *reading.classNames;
    if (names.empty())
        return rows;
    return std::make_unique<ClassNamedRows>(std::move(*rows), std::move(names));
}

/// A name that says something else is told.
Result<std::unique_ptr<RowSource>> named(Result<std::unique_ptr<RowSource>> rows, const std::string& kind,
                                         const std::string& ending)
{
    if (!rows || isBinaryEnding(ending))
        return rows;
    return std::make_unique<NotedRows>(std::move(*rows), std::string("it is ") +
                                                             (kind == ".parquet" ? "a Parquet" : "an Arrow") +
                                                             " file and is read so; " + kind + " is the usual ending");
}

Result<std::unique_ptr<RowSource>> openText(std::unique_ptr<ByteSource> bytes, const std::string& name,
                                            const RowReading& reading)
{
    HILO_TRY(std::unique_ptr<ByteSource> unpacked, unpackedSource(std::move(bytes), name));
    TextReader text(std::move(unpacked), name);
    const std::string ending = reading.form && !reading.form->ending.empty() ? reading.form->ending : dataEnding(name);
    if (reading.form && !reading.form->keyColumn.empty())
        return openKeyedJson(std::move(text), reading.form->keyColumn);
    if (ending == ".jsonl" || ending == ".ndjson" || ending == ".json")
        return openJsonRows(std::move(text), ending != ".json");
    if (ending == ".txt" || ending == ".md")
        return openTextRows(std::move(text), reading.isDocument.value_or(ending == ".md"));
    return openTableRows(std::move(text), ending == ".csv", reading);
}

/// The rows of a file, their classes named.
Result<std::unique_ptr<RowSource>> openNamedRows(const fs::path& path, const RowReading& reading)
{
    const std::string ending = dataEnding(path.string());
    std::string begin(arrowMark.size(), '\0');
    std::ifstream(path, std::ios::binary).read(begin.data(), static_cast<std::streamsize>(begin.size()));
    const std::string kind = kindOf(begin, ending);
    // Mapped, not read: such files are large, and of all columns only a page is in memory at a time.
    if (kind == ".parquet")
        return withClassNames(named(openParquetRows(path), kind, ending), reading);
    if (isBinaryEnding(kind))
        return withClassNames(named(openArrowRows(path), kind, ending), reading);
    HILO_TRY(std::unique_ptr<ByteSource> bytes, fileSource(path));
    return withClassNames(openText(std::move(bytes), path.string(), reading), reading);
}

} // namespace

std::string dataEnding(const std::string& name)
{
    std::string ending = fs::path(withoutCompressionEnding(name)).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto known = dataEndings();
    return std::find(known.begin(), known.end(), ending) != known.end() ? ending : std::string();
}

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

void addTypedRecord(const Json& record, const UnreadCells& unread, const std::string& file, std::int64_t line,
                    FileRows& result)
{
    if (!unread.brokenText.empty()) {
        result.rejected.push_back({file, line, "the text in the column \"" + unread.brokenText + "\" is not UTF-8"});
        return;
    }
    const std::size_t before = result.rows.size();
    addRecord(record, file, line, result);
    if (result.rows.size() > before)
        result.rows.back().unread.assign(unread.bytesOfRow.begin(), unread.bytesOfRow.end());
}

Result<std::unique_ptr<RowSource>> openRowsOfBytes(std::string bytes, const std::string& name,
                                                   const RowReading& reading)
{
    HILO_CHECK(checkName(name));
    const std::string ending = dataEnding(name);
    const std::string kind = kindOf(bytes, ending);
    if (kind == ".parquet")
        return withClassNames(named(openParquetRowsOfBytes(std::move(bytes), name), kind, ending), reading);
    if (isBinaryEnding(kind))
        return withClassNames(named(openArrowRowsOfBytes(std::move(bytes), name), kind, ending), reading);
    return withClassNames(openText(memorySource(std::move(bytes)), name, reading), reading);
}

Result<std::unique_ptr<RowSource>> openRows(const fs::path& path, const RowReading& reading)
{
    std::error_code code;
    if (!fs::is_regular_file(path, code))
        return failure(
            badInput(path.string(), {}, "There is no such data file.",
                     "Check its path; a data set of the Hugging Face hub is fetched by hilo fetch --dataset NAME"));
    HILO_CHECK(checkName(path.string()));
    HILO_TRY(std::unique_ptr<RowSource> rows, openNamedRows(path, reading));
    if (!reading.form)
        return rows;
    return openFormedRows(std::move(rows), reading.form, path, reading.split);
}

} // namespace hilo
