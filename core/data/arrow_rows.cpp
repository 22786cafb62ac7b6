// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/arrow_rows.h"

#include "data/row_place.h"
#include "formats/arrow/arrow_file.h"

namespace hilo {
namespace {

class ArrowRowSource : public RowSource
{
  public:
    /// bytes: what the file looks at, where it is in memory.
    ArrowRowSource(arrow::ArrowFile file, std::string name, std::shared_ptr<const std::string> bytes)
        : bytes_(std::move(bytes)), file_(std::move(file)), name_(std::move(name))
    {
    }

    Result<bool> next(FileRows& batch) override
    {
        for (std::size_t rows = 0; rows < batchRows; ++rows) {
            HILO_TRY(const std::optional<Json> values, file_.next(&unread_));
            if (!values) {
                tell(batch);
                return rows > 0;
            }
            addTypedRecord(*values, unread_, name_, recordPlace(++row_), batch);
        }
        return true;
    }

    ClassNames classNames() const override { return classNamesOfMetadata(file_.metadata("huggingface")); }

  private:
    void tell(FileRows& batch)
    {
        if (!told_ && file_.endedWithoutMark())
            batch.notes.emplace_back("it ends without the mark that ends an Arrow stream; was its writer stopped?");
        for (const std::string& column : unread_.bytesColumns)
            batch.notes.push_back("its column \"" + column + "\" holds bytes that are no text, which are left out");
        unread_.bytesColumns.clear();
        told_ = true;
    }

    std::shared_ptr<const std::string> bytes_;
    arrow::ArrowFile file_;
    std::string name_;
    UnreadCells unread_;
    std::int64_t row_ = 0;
    bool told_ = false;
};

} // namespace

Result<std::unique_ptr<RowSource>> openArrowRows(const std::filesystem::path& path)
{
    HILO_TRY(arrow::ArrowFile file, arrow::ArrowFile::open(path));
    return std::make_unique<ArrowRowSource>(std::move(file), path.string(), nullptr);
}

Result<std::unique_ptr<RowSource>> openArrowRowsOfBytes(std::string bytes, const std::string& name)
{
    auto kept = std::make_shared<const std::string>(std::move(bytes));
    HILO_TRY(arrow::ArrowFile file, arrow::ArrowFile::fromBytes(std::as_bytes(std::span(*kept)), name));
    return std::make_unique<ArrowRowSource>(std::move(file), name, kept);
}

} // namespace hilo
