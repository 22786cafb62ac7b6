// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/encodings.h"

#include "base/copy_bytes.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace hilo::parquet {
namespace {

Error tooShort(const std::string& what)
{
    return badInput({}, {}, "A page ends inside of its " + what + ".", "Copy or download the file again.");
}

Error wrong(const std::string& what)
{
    return badInput({}, {}, "A page is damaged: " + what + ".", "Copy or download the file again.");
}

Result<std::uint64_t> varint(Bytes& bytes, const std::string& what)
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (bytes.empty())
            return failure(tooShort(what));
        const auto byte = std::to_integer<std::uint64_t>(bytes[0]);
        bytes = bytes.subspan(1);
        value |= (byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return value;
    }
    return failure(wrong("a number of more than 64 bits in its " + what));
}

Result<std::int64_t> zigzag(Bytes& bytes, const std::string& what)
{
    HILO_TRY(const std::uint64_t value, varint(bytes, what));
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// The number at a bit of little-endian packed numbers; the bytes must reach.
std::uint64_t bitsAt(Bytes bytes, std::size_t bit, int width)
{
    std::uint64_t value = 0;
    for (int done = 0; done < width;) {
        const auto byte = std::to_integer<std::uint64_t>(bytes[bit / 8]);
        const int offset = static_cast<int>(bit % 8), take = std::min(8 - offset, width - done);
        value |= (byte >> offset & ((std::uint64_t{1} << take) - 1)) << done;
        done += take;
        bit += static_cast<std::size_t>(take);
    }
    return value;
}

template <class T>
Result<std::vector<T>> fixedValues(Bytes bytes, std::size_t count)
{
    if (bytes.size() / sizeof(T) < count)
        return failure(tooShort("values"));
    std::vector<T> values(count);
    copyBytes(values.data(), bytes.first(count * sizeof(T)));
    return values;
}

Result<RawValues> plainTexts(Bytes bytes, std::size_t count)
{
    RawValues values;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t size = 0;
        if (bytes.size() < sizeof size)
            return failure(tooShort("texts"));
        std::memcpy(&size, bytes.data(), sizeof size);
        bytes = bytes.subspan(sizeof size);
        if (size > bytes.size())
            return failure(tooShort("texts"));
        values.texts.emplace_back(reinterpret_cast<const char*>(bytes.data()), size);
        bytes = bytes.subspan(size);
    }
    return values;
}

Result<RawValues> fixedTexts(Bytes bytes, std::size_t length, std::size_t count)
{
    if (length == 0 || bytes.size() / length < count)
        return failure(tooShort("values"));
    RawValues values;
    for (std::size_t i = 0; i < count; ++i)
        values.texts.emplace_back(reinterpret_cast<const char*>(bytes.data()) + i * length, length);
    return values;
}

template <class From, class To>
Result<RawValues> converted(Bytes bytes, std::size_t count, std::vector<To> RawValues::*list)
{
    HILO_TRY(const std::vector<From> read, fixedValues<From>(bytes, count));
    RawValues values;
    (values.*list).assign(read.begin(), read.end());
    return values;
}

Result<RawValues> plain(PhysicalType type, int length, Bytes bytes, std::size_t count)
{
    switch (type) {
    case PhysicalType::Boolean: {
        if (bytes.size() * 8 < count)
            return failure(tooShort("values"));
        RawValues values;
        for (std::size_t i = 0; i < count; ++i)
            values.integers.push_back(static_cast<std::int64_t>(bitsAt(bytes, i, 1)));
        return values;
    }
    case PhysicalType::Int32:
        return converted<std::int32_t>(bytes, count, &RawValues::integers);
    case PhysicalType::Int64:
        return converted<std::int64_t>(bytes, count, &RawValues::integers);
    case PhysicalType::Float:
        return converted<float>(bytes, count, &RawValues::numbers);
    case PhysicalType::Double:
        return converted<double>(bytes, count, &RawValues::numbers);
    case PhysicalType::ByteArray:
        return plainTexts(bytes, count);
    case PhysicalType::Int96:
        return fixedTexts(bytes, 12, count);
    case PhysicalType::FixedLengthByteArray:
        return fixedTexts(bytes, static_cast<std::size_t>(std::max(length, 0)), count);
    }
    return failure(wrong("an unknown type"));
}

/// The bytes of values stand apart by their place, first all first bytes, and so on.
Result<RawValues> byteStreamSplit(PhysicalType type, int length, Bytes bytes, std::size_t count)
{
    const std::size_t width = type == PhysicalType::Int32 || type == PhysicalType::Float    ? 4
                              : type == PhysicalType::Int64 || type == PhysicalType::Double ? 8
                              : type == PhysicalType::FixedLengthByteArray
                                  ? static_cast<std::size_t>(std::max(length, 0))
                                  : 0;
    if (width == 0)
        return failure(wrong("BYTE_STREAM_SPLIT of a type that it is not for"));
    if (bytes.size() / width < count)
        return failure(tooShort("values"));
    std::vector<std::byte> together(width * count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = 0; k < width; ++k)
            together[i * width + k] = bytes[k * count + i];
    return plain(type, length, together, count);
}

Result<std::vector<std::string>> deltaLengths(Bytes& bytes, std::size_t count)
{
    HILO_TRY(const std::vector<std::int64_t> lengths, deltaBinaryPacked(bytes, count));
    if (lengths.size() != count)
        return failure(wrong("another number of lengths than of values"));
    std::vector<std::string> texts;
    for (const std::int64_t length : lengths) {
        if (length < 0 || static_cast<std::uint64_t>(length) > bytes.size())
            return failure(tooShort("texts"));
        texts.emplace_back(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
        bytes = bytes.subspan(static_cast<std::size_t>(length));
    }
    return texts;
}

Result<RawValues> deltaTexts(Bytes bytes, std::size_t count)
{
    HILO_TRY(const std::vector<std::int64_t> prefixes, deltaBinaryPacked(bytes, count));
    HILO_TRY(std::vector<std::string> suffixes, deltaLengths(bytes, count));
    if (prefixes.size() != count)
        return failure(wrong("another number of prefixes than of values"));
    RawValues values;
    std::string last;
    std::size_t total = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (prefixes[i] < 0 || static_cast<std::uint64_t>(prefixes[i]) > last.size())
            return failure(wrong("a prefix that is longer than the text before it"));
        last.resize(static_cast<std::size_t>(prefixes[i]));
        last += suffixes[i];
        // Prefixes can make much of few bytes.
        total += last.size();
        if (total > (std::size_t{1} << 30))
            return failure(wrong("more than 1 GiB of texts in one page"));
        values.texts.push_back(last);
    }
    return values;
}

} // namespace

std::string encodingName(int encoding)
{
    static const char* const names[] = {
        "PLAIN",          "GROUP_VAR_INT",       "PLAIN_DICTIONARY",        "RLE",
        "BIT_PACKED",     "DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY",
        "RLE_DICTIONARY", "BYTE_STREAM_SPLIT"};
    return encoding >= 0 && encoding < 10 ? names[encoding] : "number " + std::to_string(encoding);
}

int bitWidthOf(std::uint32_t most)
{
    return static_cast<int>(std::bit_width(most));
}

Result<std::vector<std::uint32_t>> runLengths(Bytes& bytes, int bitWidth, std::size_t count)
{
    if (bitWidth < 0 || bitWidth > 32)
        return failure(wrong("numbers of " + std::to_string(bitWidth) + " bits"));
    std::vector<std::uint32_t> values;
    const std::size_t valueBytes = static_cast<std::size_t>(bitWidth + 7) / 8;
    while (values.size() < count) {
        HILO_TRY(const std::uint64_t head, varint(bytes, "runs"));
        const std::uint64_t length = head >> 1;
        if (head & 1) {
            // Groups of eight; the last one may be longer than what is wanted.
            if (length > (std::uint64_t{1} << 32) || bytes.size() < length * static_cast<std::uint64_t>(bitWidth))
                return failure(tooShort("packed runs"));
            const std::size_t wanted = std::min<std::size_t>(length * 8, count - values.size());
            for (std::size_t i = 0; i < wanted; ++i)
                values.push_back(
                    static_cast<std::uint32_t>(bitsAt(bytes, i * static_cast<std::size_t>(bitWidth), bitWidth)));
            bytes = bytes.subspan(length * static_cast<std::uint64_t>(bitWidth));
            if (length == 0)
                return failure(wrong("an empty run"));
            continue;
        }
        if (length == 0 || length > count - values.size())
            return failure(wrong("a run that is longer than the page"));
        if (bytes.size() < valueBytes)
            return failure(tooShort("runs"));
        std::uint32_t value = 0;
        if (valueBytes > 0)
            std::memcpy(&value, bytes.data(), valueBytes);
        bytes = bytes.subspan(valueBytes);
        values.insert(values.end(), length, value);
    }
    return values;
}

Result<std::vector<std::uint32_t>> bitPackedLevels(Bytes& bytes, int bitWidth, std::size_t count)
{
    const std::size_t size = (count * static_cast<std::size_t>(bitWidth) + 7) / 8;
    if (bytes.size() < size)
        return failure(tooShort("levels"));
    std::vector<std::uint32_t> values(count);
    for (std::size_t i = 0, bit = 0; i < count; ++i)
        for (int k = 0; k < bitWidth; ++k, ++bit)
            values[i] = values[i] << 1 | (std::to_integer<std::uint32_t>(bytes[bit / 8]) >> (7 - bit % 8) & 1);
    bytes = bytes.subspan(size);
    return values;
}

Result<std::vector<std::int64_t>> deltaBinaryPacked(Bytes& bytes, std::size_t count)
{
    const std::string what = "deltas";
    HILO_TRY(const std::uint64_t blockSize, varint(bytes, what));
    HILO_TRY(const std::uint64_t miniBlocks, varint(bytes, what));
    HILO_TRY(const std::uint64_t total, varint(bytes, what));
    HILO_TRY(std::int64_t value, zigzag(bytes, what));
    if (blockSize == 0 || blockSize > (1u << 20) || miniBlocks == 0 || miniBlocks > blockSize ||
        blockSize % miniBlocks != 0 || total > count)
        return failure(wrong("impossible sizes of its deltas"));
    const std::size_t perBlock = blockSize / miniBlocks;
    std::vector<std::int64_t> values;
    if (total > 0)
        values.push_back(value);
    while (values.size() < total) {
        HILO_TRY(const std::int64_t lowest, zigzag(bytes, what));
        if (bytes.size() < miniBlocks)
            return failure(tooShort(what));
        const Bytes widths = bytes.first(miniBlocks);
        bytes = bytes.subspan(miniBlocks);
        for (std::size_t block = 0; block < miniBlocks && values.size() < total; ++block) {
            const int width = std::to_integer<int>(widths[block]);
            if (width > 64)
                return failure(wrong("deltas of more than 64 bits"));
            const std::size_t size = (perBlock * static_cast<std::size_t>(width) + 7) / 8;
            if (bytes.size() < size)
                return failure(tooShort(what));
            for (std::size_t i = 0; i < perBlock && values.size() < total; ++i) {
                // Sums wrap around, as the format says.
                const std::uint64_t delta = bitsAt(bytes, i * static_cast<std::size_t>(width), width);
                value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) +
                                                  static_cast<std::uint64_t>(lowest) + delta);
                values.push_back(value);
            }
            bytes = bytes.subspan(size);
        }
    }
    return values;
}

Result<RawValues> decodeValues(int encoding, PhysicalType type, int length, Bytes bytes, std::size_t count)
{
    RawValues values;
    switch (encoding) {
    case 0:
        return plain(type, length, bytes, count);
    case 3: {
        if (type != PhysicalType::Boolean)
            return failure(wrong("run lengths of something else than booleans"));
        if (bytes.size() < 4)
            return failure(tooShort("values"));
        bytes = bytes.subspan(4);
        HILO_TRY(const std::vector<std::uint32_t> flags, runLengths(bytes, 1, count));
        values.integers.assign(flags.begin(), flags.end());
        return values;
    }
    case 5: {
        if (type != PhysicalType::Int32 && type != PhysicalType::Int64)
            return failure(wrong("deltas of something else than integers"));
        HILO_TRY(values.integers, deltaBinaryPacked(bytes, count));
        if (values.integers.size() != count)
            return failure(wrong("another number of deltas than of values"));
        if (type == PhysicalType::Int32)
            for (std::int64_t& value : values.integers)
                value = static_cast<std::int32_t>(value);
        return values;
    }
    case 6: {
        HILO_TRY(values.texts, deltaLengths(bytes, count));
        return values;
    }
    case 7:
        return deltaTexts(bytes, count);
    case 9:
        return byteStreamSplit(type, length, bytes, count);
    default:
        return failure(badInput({}, {}, "The encoding " + encodingName(encoding) + " is not known here."));
    }
}

} // namespace hilo::parquet
