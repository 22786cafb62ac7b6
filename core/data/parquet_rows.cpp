// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/parquet_rows.h"

#include "data/row_place.h"
#include "formats/parquet/parquet_file.h"

namespace hilo {
namespace {

class ParquetRowSource : public RowSource
{
  public:
    /// bytes: what the file looks at, where it is in memory.
    ParquetRowSource(parquet::ParquetFile file, std::string name, std::shared_ptr<const std::string> bytes)
        : bytes_(std::move(bytes)), file_(std::move(file)), name_(std::move(name))
    {
    }

    Result<bool> next(FileRows& batch) override
    {
        std::size_t rows = 0;
        while (rows < batchRows) {
            if (!cursor_ && group_ == file_.rowGroups()) {
                tellBytesColumns(batch);
                return rows > 0;
            }
            if (!cursor_)
                cursor_.emplace(file_.openRowGroup(group_++, &unread_));
            HILO_TRY(std::optional<Json> values, cursor_->next());
            if (!values) {
                cursor_.reset();
                continue;
            }
            addTypedRecord(*values, unread_, name_, recordPlace(++row_), batch);
            ++rows;
        }
        return true;
    }

    ClassNames classNames() const override { return classNamesOfMetadata(file_.metadata("huggingface")); }

  private:
    void tellBytesColumns(FileRows& batch)
    {
        for (const std::string& column : unread_.bytesColumns)
            batch.notes.push_back("its column \"" + column + "\" holds bytes that are no text, which are left out");
        unread_.bytesColumns.clear();
    }

    std::shared_ptr<const std::string> bytes_;
    parquet::ParquetFile file_;
    std::string name_;
    UnreadCells unread_;
    std::optional<parquet::RowCursor> cursor_;
    std::size_t group_ = 0;
    std::int64_t row_ = 0;
};

} // namespace

Result<std::unique_ptr<RowSource>> openParquetRows(const std::filesystem::path& path)
{
    HILO_TRY(parquet::ParquetFile file, parquet::ParquetFile::open(path));
    return std::make_unique<ParquetRowSource>(std::move(file), path.string(), nullptr);
}

Result<std::unique_ptr<RowSource>> openParquetRowsOfBytes(std::string bytes, const std::string& name)
{
    auto kept = std::make_shared<const std::string>(std::move(bytes));
    HILO_TRY(parquet::ParquetFile file, parquet::ParquetFile::fromBytes(std::as_bytes(std::span(*kept)), name));
    return std::make_unique<ParquetRowSource>(std::move(file), name, kept);
}

} // namespace hilo
