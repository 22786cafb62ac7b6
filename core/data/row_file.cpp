// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_file.h"

#include "base/copy_bytes.h"
#include "base/hexadecimal.h"
#include "data/checksum.h"
#include "data/row_digest.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include <sys/mman.h>

namespace hilo {
namespace {

constexpr std::string_view rowFileMark = "HILOROWS"; ///< at the beginning and at the end
constexpr std::uint32_t rowFileVersion = 1;
constexpr std::uint64_t headBytes = 16; ///< mark, version, zero
constexpr std::size_t digestBytes = 32;
constexpr std::uint64_t tableBytes = 8 + 4 + 4 + digestBytes; ///< a row's part of a block's tables
constexpr std::size_t mostRowsOfBlock = 65'536;
constexpr std::size_t mostRecordBytes = std::size_t{16} << 20; ///< of a block, unless one record is longer
constexpr JsonLimits factsLimits{std::size_t{1} << 31, 64, true};

/// The last bytes of a file.
struct RowFileEnd
{
    std::uint64_t directory = 0; ///< where it begins; the facts stand behind it
    std::uint64_t blocks = 0;
    std::uint64_t rows = 0;
    std::uint64_t factsBytes = 0;
    std::uint64_t checksum = 0; ///< of directory and facts
    std::uint32_t version = rowFileVersion;
    std::uint32_t zero = 0;
    std::array<char, 8> mark{};
};
static_assert(sizeof(RowFileEnd) == 56);

template <class T>
std::string_view rowFileBytes(const T& value)
{
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

template <class T>
std::string_view rowFileBytes(const std::vector<T>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

unsigned hexValue(char digit)
{
    return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

std::uint32_t asTokenCount(std::size_t tokens)
{
    return static_cast<std::uint32_t>(std::min<std::size_t>(tokens, std::numeric_limits<std::uint32_t>::max()));
}

} // namespace

Error RowFile::damagedAt(std::uint64_t position, const std::string& what) const
{
    return badInput(name_, "byte " + std::to_string(position), what, "Remove the file; it is made again.");
}

template <class T>
T RowFile::at(std::uint64_t position) const
{
    T value;
    std::memcpy(&value, mapping_->bytes().data() + position, sizeof value);
    return value;
}

Result<std::shared_ptr<const RowFile>> RowFile::open(const std::filesystem::path& path, const std::string& key,
                                                     const Progress& progress)
{
    std::shared_ptr<RowFile> file(new RowFile);
    file->name_ = path.string();
    HILO_TRY(file->mapping_, MappedFile::open(path));
    HILO_CHECK(file->readEnd(key));
    HILO_CHECK(file->checkBlocks(progress));
    return std::shared_ptr<const RowFile>(std::move(file));
}

Status RowFile::readEnd(const std::string& key)
{
    const std::span<const std::byte> bytes = mapping_->bytes();
    const auto isMark = [&](std::uint64_t position) {
        return std::memcmp(bytes.data() + position, rowFileMark.data(), rowFileMark.size()) == 0;
    };
    if (bytes.size() < headBytes + sizeof(RowFileEnd) || !isMark(0))
        return failure(damagedAt(0, "It is no file of tokenised rows."));
    const std::uint64_t endAt = bytes.size() - sizeof(RowFileEnd);
    const auto end = at<RowFileEnd>(endAt);
    if (std::memcmp(end.mark.data(), rowFileMark.data(), rowFileMark.size()) != 0)
        return failure(damagedAt(endAt, "The file does not end as it should: it is cut off."));
    if (end.version != rowFileVersion || at<std::uint32_t>(rowFileMark.size()) != rowFileVersion || end.zero != 0 ||
        at<std::uint32_t>(rowFileMark.size() + 4) != 0)
        return failure(damagedAt(rowFileMark.size(), "The file is of version " + std::to_string(end.version) +
                                                         "; this program reads " + std::to_string(rowFileVersion) +
                                                         "."));
    // Compared by subtraction, so that no sum can overflow.
    if (end.directory < headBytes || end.directory > endAt || end.blocks > (endAt - end.directory) / sizeof(Block) ||
        endAt - end.directory - end.blocks * sizeof(Block) != end.factsBytes)
        return failure(damagedAt(endAt, "The places at its end are none of the file."));
    const auto tail = bytes.subspan(end.directory, endAt - end.directory);
    if (checksumOf(tail) != end.checksum)
        return failure(damagedAt(end.directory, "The checksum of what stands at its end is another."));
    rows_ = end.rows;
    blocks_.resize(end.blocks);
    copyBytes(blocks_.data(), tail.first(end.blocks * sizeof(Block)));
    std::uint64_t row = 0, position = headBytes;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const Block& block = blocks_[i];
        const std::uint64_t next = i + 1 < blocks_.size() ? blocks_[i + 1].firstRow : rows_;
        const bool fits = block.firstRow == row && next > row && block.begin == position &&
                          block.tables >= block.begin && block.end >= block.tables && block.end <= end.directory &&
                          next - row <= mostRowsOfBlock && block.end - block.tables == (next - row) * tableBytes;
        if (!fits)
            return failure(damagedAt(end.directory + i * sizeof(Block), "A block's places make no sense."));
        row = next;
        position = block.end;
    }
    if (row != rows_ || position != end.directory)
        return failure(damagedAt(endAt, "Its blocks do not hold its rows."));
    const std::string_view text(reinterpret_cast<const char*>(tail.data()) + end.blocks * sizeof(Block),
                                end.factsBytes);
    HILO_TRY(const Json all, parseJson(text, name_, factsLimits));
    if (!all.is_object() || !all.contains("key") || all["key"] != key || !all.contains("facts"))
        return failure(damagedAt(end.directory, "It was made for other rows."));
    facts_ = all["facts"];
    return {};
}

Status RowFile::checkBlocks(const Progress& progress) const
{
    const std::span<const std::byte> bytes = mapping_->bytes();
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const Block& block = blocks_[i];
        if (progress.isCancelled())
            return failure(cancelled());
        if (checksumOf(bytes.subspan(block.begin, block.end - block.begin)) != block.checksum)
            return failure(damagedAt(block.begin, "The checksum of a block is another."));
        const std::uint64_t rows = (block.end - block.tables) / tableBytes;
        std::uint64_t before = block.begin;
        for (std::uint64_t row = 0; row < rows; ++row) {
            const auto begin = at<std::uint64_t>(block.tables + row * 8);
            if (begin < before || begin > block.tables)
                return failure(damagedAt(block.tables, "A record's place makes no sense."));
            before = begin;
        }
        progress.report({"Checking the tokenised rows", static_cast<std::int64_t>(i) + 1,
                         static_cast<std::int64_t>(blocks_.size()), std::to_string(rows_) + " rows"});
    }
    // What was read to be compared need not stay in this process' memory.
    ::madvise(const_cast<std::byte*>(bytes.data()), bytes.size(), MADV_DONTNEED);
    ::madvise(const_cast<std::byte*>(bytes.data()), bytes.size(), MADV_RANDOM);
    return {};
}

RowFile::Place RowFile::placeOf(std::size_t index) const
{
    const auto behind =
        std::upper_bound(blocks_.begin(), blocks_.end(), static_cast<std::uint64_t>(index),
                         [](std::uint64_t wanted, const Block& block) { return wanted < block.firstRow; });
    const Block& block = *(behind - 1);
    return {&block, (block.end - block.tables) / tableBytes, index - block.firstRow};
}

Result<DecodedRow> RowFile::row(std::size_t index) const
{
    const Place place = placeOf(index);
    const auto begin = at<std::uint64_t>(place.block->tables + place.index * 8);
    const std::uint64_t end = place.index + 1 < place.rows
                                  ? at<std::uint64_t>(place.block->tables + (place.index + 1) * 8)
                                  : place.block->tables;
    if (begin > end || begin < place.block->begin || end > place.block->tables)
        return failure(damagedAt(place.block->tables, "The file was written over while it was in use."));
    auto row = decodeRow(mapping_->bytes().subspan(begin, end - begin));
    if (!row)
        return failure(damagedAt(begin, "The file was written over while it was in use."));
    return row;
}

std::int64_t RowFile::tokens(std::size_t index) const
{
    const Place place = placeOf(index);
    return at<std::uint32_t>(place.block->tables + place.rows * 8 + place.index * 4);
}

std::int64_t RowFile::tokensOfAll(std::size_t index) const
{
    const Place place = placeOf(index);
    return at<std::uint32_t>(place.block->tables + place.rows * 12 + place.index * 4);
}

std::string RowFile::digest(std::size_t index) const
{
    const Place place = placeOf(index);
    const auto bytes =
        at<std::array<unsigned char, digestBytes>>(place.block->tables + place.rows * 16 + place.index * digestBytes);
    return hexadecimalText(bytes);
}

Result<RowFileWriter> RowFileWriter::create(const std::filesystem::path& path, const std::string& key)
{
    HILO_TRY(AtomicFileWriter file, AtomicFileWriter::create(path));
    RowFileWriter writer(std::move(file), key);
    const std::array<std::uint32_t, 2> version{rowFileVersion, 0};
    HILO_CHECK(writer.write(rowFileMark));
    HILO_CHECK(writer.write(rowFileBytes(version)));
    return writer;
}

Status RowFileWriter::write(std::string_view bytes)
{
    HILO_CHECK(file_.write(std::as_bytes(std::span(bytes))));
    written_ += bytes.size();
    return {};
}

Status RowFileWriter::add(const TokenisedExample& row, const Example* example)
{
    if (begins_.size() == mostRowsOfBlock || records_.size() >= mostRecordBytes)
        HILO_CHECK(endBlock());
    begins_.push_back(written_ + records_.size());
    appendRow(row, records_);
    if (example)
        appendExample(*example, records_);
    std::size_t all = row.tokens.size();
    for (const TokenisedExample& rejected : row.rejected)
        all += rejected.tokens.size();
    tokens_.push_back(asTokenCount(row.tokens.size()));
    tokensOfAll_.push_back(asTokenCount(all));
    const std::string digest = rowDigest(row);
    for (std::size_t i = 0; i < digest.size(); i += 2)
        digests_ += static_cast<char>(hexValue(digest[i]) << 4 | hexValue(digest[i + 1]));
    ++rows_;
    return {};
}

Status RowFileWriter::endBlock()
{
    if (begins_.empty())
        return {};
    RowFile::Block block;
    block.firstRow = rows_ - begins_.size();
    block.begin = written_;
    block.tables = written_ + records_.size();
    std::string bytes = std::move(records_);
    for (const std::string_view table :
         {rowFileBytes(begins_), rowFileBytes(tokens_), rowFileBytes(tokensOfAll_), std::string_view(digests_)})
        bytes += table;
    block.checksum = checksumOf(std::as_bytes(std::span(bytes)));
    HILO_CHECK(write(bytes));
    block.end = written_;
    blocks_.push_back(block);
    records_.clear();
    begins_.clear();
    tokens_.clear();
    tokensOfAll_.clear();
    digests_.clear();
    return {};
}

Status RowFileWriter::finish(const Json& facts)
{
    HILO_CHECK(endBlock());
    const Json all = {{"key", key_}, {"facts", facts}};
    std::string tail(rowFileBytes(blocks_));
    const std::string text = all.dump(-1, ' ', false, Json::error_handler_t::replace);
    RowFileEnd end;
    end.directory = written_;
    end.blocks = blocks_.size();
    end.rows = rows_;
    end.factsBytes = text.size();
    tail += text;
    end.checksum = checksumOf(std::as_bytes(std::span(tail)));
    std::copy(rowFileMark.begin(), rowFileMark.end(), end.mark.begin());
    HILO_CHECK(write(tail));
    HILO_CHECK(write(rowFileBytes(end)));
    return file_.commit();
}

} // namespace hilo
