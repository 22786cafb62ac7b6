// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/arrow/arrow_file.h"

#include "formats/arrow/column_values.h"

#include <set>

namespace hilo::arrow {
namespace {

constexpr std::string_view magic = "ARROW1";
constexpr std::size_t paddedMagic = 8;

std::string_view textAt(Bytes bytes, std::size_t position, std::size_t size)
{
    return {reinterpret_cast<const char*>(bytes.data()) + position, size};
}

Status checkNames(const Schema& schema)
{
    std::set<std::string> names;
    for (const Field& field : schema.fields)
        if (!names.insert(field.name).second)
            return failure(badInput({}, "schema", "Two columns are called \"" + field.name + "\".",
                                    "Give one of them another name."));
    return {};
}

} // namespace

Error ArrowFile::named(Error error) const
{
    error.file = name_;
    return error;
}

Result<ArrowFile> ArrowFile::open(const std::filesystem::path& path)
{
    HILO_TRY(const std::shared_ptr<const MappedFile> mapping, MappedFile::open(path));
    HILO_TRY(ArrowFile file, fromBytes(mapping->bytes(), path.string()));
    file.mapping_ = mapping;
    return file;
}

Result<ArrowFile> ArrowFile::fromBytes(Bytes bytes, std::string name)
{
    ArrowFile file;
    file.bytes_ = bytes;
    file.name_ = std::move(name);
    const std::string_view first = textAt(bytes, 0, std::min<std::size_t>(bytes.size(), magic.size()));
    if (first.starts_with("FEA1"))
        return failure(badInput(file.name_, {}, "The file is Feather V1, which is not read.",
                                "Write it again by a newer version, or as Parquet."));
    file.isStream_ = first != magic;
    if (const Status read = file.isStream_ ? file.readStreamSchema(0) : file.readFooter(); !read)
        return failure(file.named(read.error()));
    if (const Status checked = checkNames(*file.schema_); !checked)
        return failure(file.named(checked.error()));
    return file;
}

std::string ArrowFile::metadata(const std::string& key) const
{
    for (const auto& [name, text] : schema_->metadata)
        if (name == key)
            return text;
    return {};
}

std::vector<std::string> ArrowFile::columnNames() const
{
    std::vector<std::string> names;
    for (const Field& field : schema_->fields)
        names.push_back(field.name);
    return names;
}

Status ArrowFile::readStreamSchema(std::size_t begin)
{
    position_ = begin;
    const auto isNone = [&] {
        return badInput({}, {}, "Not an Arrow file: it begins neither as a stream nor with \"ARROW1\".",
                        "Is it another format under this name, or a pointer of Git LFS?");
    };
    bool markedEnd = false;
    const auto message = readMessage(bytes_, position_, markedEnd);
    if (!message) {
        // Without the mark in front the first bytes of any file would be a size.
        const bool isMarked = bytes_.size() >= 4 && textAt(bytes_, 0, 4) == "\xff\xff\xff\xff";
        return failure(isMarked ? message.error() : isNone());
    }
    if (!*message || (*message)->kind != Message::Kind::Schema)
        return failure(isNone());
    HILO_TRY(Schema schema, readSchema((*message)->header));
    schema_ = std::make_shared<const Schema>(std::move(schema));
    return {};
}

Result<std::vector<ArrowFile::Block>> ArrowFile::blocksOf(const FlatTable& footer, std::uint16_t field) const
{
    HILO_TRY(const FlatVector vector, footer.vector(field, 24));
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < vector.size(); ++i) {
        const auto offset = vector.number<std::uint64_t>(i);
        if (offset < paddedMagic || offset >= bytes_.size())
            return failure(damaged("footer", "The footer names a place that the file has not."));
        blocks.push_back({static_cast<std::size_t>(offset)});
    }
    return blocks;
}

Status ArrowFile::readFooter()
{
    const std::size_t ending = 4 + magic.size();
    if (bytes_.size() < paddedMagic + ending || textAt(bytes_, bytes_.size() - magic.size(), magic.size()) != magic)
        return failure(damaged("end", "The file does not end as an Arrow file."));
    std::uint32_t size = 0;
    const std::size_t behind = bytes_.size() - ending;
    std::memcpy(&size, bytes_.data() + behind, sizeof size);
    if (size > behind - paddedMagic)
        return failure(damaged("end", "The footer is said to be longer than the file."));
    HILO_TRY(const FlatTable footer, FlatTable::root(bytes_.subspan(behind - size, size), "footer"));
    HILO_TRY(const std::optional<FlatTable> schema, footer.table(1));
    if (!schema)
        return failure(damaged("footer", "The footer has no schema."));
    HILO_TRY(Schema read, readSchema(*schema));
    schema_ = std::make_shared<const Schema>(std::move(read));
    HILO_TRY(const std::vector<Block> dictionaries, blocksOf(footer, 2));
    for (const Block& block : dictionaries) {
        std::size_t position = block.position;
        bool markedEnd = false;
        HILO_TRY(const std::optional<Message> message, readMessage(bytes_, position, markedEnd));
        if (!message || message->kind != Message::Kind::Dictionary)
            return failure(damaged("footer", "The footer names a dictionary where none is."));
        HILO_CHECK(readDictionary(schema_->fields, message->header, message->body, dictionaries_));
    }
    HILO_TRY(blocks_, blocksOf(footer, 3));
    return {};
}

Status ArrowFile::nextBatch(bool& found)
{
    found = false;
    batch_ = {};
    row_ = 0;
    while (!found) {
        if (!isStream_ && block_ == blocks_.size())
            return {};
        bool markedEnd = false;
        if (!isStream_)
            position_ = blocks_[block_++].position;
        HILO_TRY(const std::optional<Message> message, readMessage(bytes_, position_, markedEnd));
        if (!message && !isStream_)
            return failure(damaged("footer", "The footer names a record batch where none is."));
        if (!message) {
            endedWithoutMark_ = !markedEnd;
            if (position_ < bytes_.size())
                return failure(badInput({}, "byte " + std::to_string(position_),
                                        "Something follows behind the end of the stream.",
                                        "Were several streams put into one file? Give each its own."));
            return {};
        }
        if (message->kind == Message::Kind::Dictionary && isStream_) {
            HILO_CHECK(readDictionary(schema_->fields, message->header, message->body, dictionaries_));
            continue;
        }
        if (message->kind != Message::Kind::Batch)
            return failure(damaged(message->header.place(), "A record batch was expected here."));
        HILO_TRY(const BatchLayout layout, readLayout(message->header, message->body));
        HILO_TRY(batch_, readBatch(schema_->fields, layout, dictionaries_));
        found = batch_.rows > 0;
    }
    return {};
}

Result<std::optional<Json>> ArrowFile::next(UnreadCells* unread)
{
    if (row_ == batch_.rows) {
        bool found = false;
        if (const Status read = nextBatch(found); !read)
            return failure(named(read.error()));
        if (!found)
            return std::nullopt;
    }
    if (unread) {
        unread->brokenText.clear();
        unread->bytesOfRow.clear();
    }
    Json values = Json::object();
    for (const Column& column : batch_.columns) {
        auto value = columnValue(column, row_, unread);
        if (!value) {
            Error error = named(value.error());
            error.place += ", row " + std::to_string(rows_ + 1);
            return failure(std::move(error));
        }
        values[column.field->name] = std::move(*value);
    }
    ++row_;
    ++rows_;
    return values;
}

} // namespace hilo::arrow
