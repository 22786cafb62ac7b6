// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/column_reader.h"

#include "base/text_format.h"
#include "formats/parquet/codec.h"
#include "formats/parquet/logical_value.h"

#include <algorithm>
#include <cstring>

namespace hilo::parquet {
namespace {

/// A run of one level takes three bytes whatever its length, so that the number must have a bound.
constexpr std::int64_t mostEntries = std::int64_t{1} << 25;

Error damaged(const std::string& what)
{
    return badInput({}, {}, what, "Copy or download the file again.");
}

/// The levels in front of a page V1's values, with their size before them.
Result<std::vector<std::uint32_t>> sizedLevels(Bytes& bytes, int encoding, int most, std::size_t count)
{
    if (most == 0)
        return std::vector<std::uint32_t>();
    const int width = bitWidthOf(static_cast<std::uint32_t>(most));
    if (encoding == 4)
        return bitPackedLevels(bytes, width, count);
    std::uint32_t size = 0;
    if (bytes.size() < sizeof size)
        return failure(damaged("A page ends inside of its levels."));
    std::memcpy(&size, bytes.data(), sizeof size);
    bytes = bytes.subspan(sizeof size);
    if (size > bytes.size())
        return failure(damaged("A page ends inside of its levels."));
    Bytes levels = bytes.first(size);
    bytes = bytes.subspan(size);
    return runLengths(levels, width, count);
}

Result<std::vector<std::uint32_t>> plainLevels(Bytes levels, int most, std::size_t count)
{
    if (most == 0)
        return std::vector<std::uint32_t>();
    return runLengths(levels, bitWidthOf(static_cast<std::uint32_t>(most)), count);
}

} // namespace

ColumnReader::ColumnReader(const Node& leaf, const ColumnChunk& chunk, Bytes file, std::string name)
    : leaf_(leaf), chunk_(chunk), file_(file), name_(std::move(name)), left_(chunk.values)
{
    std::int64_t begin = chunk.dataPage;
    // Some writers put a zero where there is no dictionary.
    if (chunk.dictionaryPage && *chunk.dictionaryPage > 0)
        begin = std::min(begin, *chunk.dictionaryPage);
    position_ = begin < 0 ? file.size() : static_cast<std::size_t>(begin);
}

Error ColumnReader::errorHere(Error error) const
{
    error.file = name_;
    const std::string place = "column " + joined(chunk_.path, ".");
    error.place = error.place.empty() ? place : place + ", " + error.place;
    return error;
}

Result<bool> ColumnReader::hasNext()
{
    while (at_ == entries_) {
        if (left_ <= 0)
            return false;
        if (auto read = nextPage(); !read)
            return failure(errorHere(read.error()));
    }
    return true;
}

Result<Json> ColumnReader::take()
{
    const bool present = isPresent();
    ++at_;
    if (!present)
        return Json();
    const std::size_t index = valueAt_++;
    if (!usesDictionary_)
        return index < values_.size() ? Result<Json>(logicalValue(values_, index, leaf_.element))
                                      : failure(errorHere(damaged("A page has fewer values than its levels say.")));
    if (index >= indices_.size() || indices_[index] >= dictionary_.size())
        return failure(errorHere(damaged("A page names a value that the dictionary has not.")));
    return logicalValue(dictionary_, indices_[index], leaf_.element);
}

Status ColumnReader::nextPage()
{
    if (position_ >= file_.size())
        return failure(damaged("A page would begin behind the end of the file."));
    const Bytes rest = file_.subspan(position_);
    HILO_TRY(const PageHeader header, readPageHeader(rest, name_));
    if (header.compressedBytes < 0 ||
        static_cast<std::uint64_t>(header.compressedBytes) > rest.size() - header.headerBytes)
        return failure(damaged("A page is said to be longer than the file."));
    const Bytes body = rest.subspan(header.headerBytes, static_cast<std::size_t>(header.compressedBytes));
    position_ += header.headerBytes + body.size();
    switch (static_cast<PageHeader::Kind>(header.kind)) {
    case PageHeader::Kind::Dictionary:
        return readDictionary(header, body);
    case PageHeader::Kind::Data:
    case PageHeader::Kind::DataV2:
        return readData(header, body);
    default:
        // An index page; nothing is needed of it.
        return {};
    }
}

Status ColumnReader::readDictionary(const PageHeader& header, Bytes body)
{
    if (header.values < 0 || header.values > mostEntries)
        return failure(damaged("A dictionary has an impossible number of values."));
    HILO_TRY(const std::vector<std::byte> bytes, decompress(chunk_.codec, body, header.uncompressedBytes));
    HILO_TRY(dictionary_,
             decodeValues(0, chunk_.type, leaf_.element.typeLength, bytes, static_cast<std::size_t>(header.values)));
    return {};
}

Status ColumnReader::readData(const PageHeader& header, Bytes body)
{
    if (header.values < 0 || header.values > mostEntries || header.values > left_)
        return failure(damaged("A page has an impossible number of values."));
    const auto count = static_cast<std::size_t>(header.values);
    std::vector<std::byte> unpacked;
    Bytes bytes;
    if (header.kind == static_cast<int>(PageHeader::Kind::DataV2)) {
        if (header.definitionBytes < 0 || header.repetitionBytes < 0 ||
            static_cast<std::uint64_t>(header.definitionBytes) + static_cast<std::uint64_t>(header.repetitionBytes) >
                body.size())
            return failure(damaged("A page's levels are said to be longer than the page."));
        const auto definitionBytes = static_cast<std::size_t>(header.definitionBytes);
        const auto repetitionBytes = static_cast<std::size_t>(header.repetitionBytes);
        HILO_TRY(repetitions_, plainLevels(body.first(repetitionBytes), leaf_.repetition, count));
        HILO_TRY(definitions_, plainLevels(body.subspan(repetitionBytes, definitionBytes), leaf_.definition, count));
        bytes = body.subspan(repetitionBytes + definitionBytes);
        if (header.compressed) {
            HILO_TRY(unpacked, decompress(chunk_.codec, bytes,
                                          header.uncompressedBytes - header.definitionBytes - header.repetitionBytes));
            bytes = unpacked;
        }
    } else {
        HILO_TRY(unpacked, decompress(chunk_.codec, body, header.uncompressedBytes));
        bytes = unpacked;
        HILO_TRY(repetitions_, sizedLevels(bytes, header.repetitionEncoding, leaf_.repetition, count));
        HILO_TRY(definitions_, sizedLevels(bytes, header.definitionEncoding, leaf_.definition, count));
    }
    const auto within = [](const std::vector<std::uint32_t>& levels, int most) {
        return std::all_of(levels.begin(), levels.end(),
                           [most](std::uint32_t level) { return static_cast<int>(level) <= most; });
    };
    if (!within(definitions_, leaf_.definition) || !within(repetitions_, leaf_.repetition))
        return failure(damaged("A page has a level that the schema has not."));
    entries_ = count;
    at_ = 0;
    left_ -= header.values;
    return readValues(header.encoding, bytes);
}

Status ColumnReader::readValues(int encoding, Bytes bytes)
{
    valueAt_ = 0;
    const std::size_t present =
        definitions_.empty() ? entries_
                             : static_cast<std::size_t>(std::count(definitions_.begin(), definitions_.end(),
                                                                   static_cast<std::uint32_t>(leaf_.definition)));
    usesDictionary_ = encoding == 2 || encoding == 8;
    if (!usesDictionary_) {
        HILO_TRY(values_, decodeValues(encoding, chunk_.type, leaf_.element.typeLength, bytes, present));
        return {};
    }
    indices_.clear();
    if (present == 0)
        return {};
    if (bytes.empty())
        return failure(damaged("A page ends inside of its values."));
    const int width = std::to_integer<int>(bytes[0]);
    bytes = bytes.subspan(1);
    HILO_TRY(indices_, runLengths(bytes, width, present));
    return {};
}

} // namespace hilo::parquet
