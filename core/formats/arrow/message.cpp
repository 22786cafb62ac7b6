// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/arrow/message.h"

namespace hilo::arrow {
namespace {

std::optional<std::uint32_t> wordAt(Bytes file, std::size_t position)
{
    if (file.size() < 4 || position > file.size() - 4)
        return std::nullopt;
    std::uint32_t value = 0;
    std::memcpy(&value, file.data() + position, sizeof value);
    return value;
}

Error cutOff(const std::string& place)
{
    return damaged(place, "The file ends inside of a message.");
}

} // namespace

Result<std::optional<Message>> readMessage(Bytes file, std::size_t& position, bool& markedEnd)
{
    constexpr std::uint32_t mark = 0xffffffff;
    const std::string place = "byte " + std::to_string(position);
    markedEnd = false;
    if (position >= file.size())
        return std::nullopt;
    std::optional<std::uint32_t> size = wordAt(file, position);
    std::size_t at = position + 4;
    if (size && *size == mark) {
        size = wordAt(file, at);
        at += 4;
    }
    if (!size)
        return failure(cutOff(place));
    if (*size == 0) {
        position = at;
        markedEnd = true;
        return std::nullopt;
    }
    if (*size > file.size() - at)
        return failure(cutOff(place));
    HILO_TRY(const FlatTable table, FlatTable::root(file.subspan(at, *size), place));
    at += *size;
    HILO_TRY(const auto kind, table.scalar<std::uint8_t>(1, 0));
    HILO_TRY(const std::optional<FlatTable> header, table.table(2));
    HILO_TRY(const auto bodyBytes, table.scalar<std::int64_t>(3, 0));
    if (kind < 1 || kind > 3 || !header)
        return failure(damaged(place, "A message is neither a schema, a dictionary nor a record batch."));
    if (bodyBytes < 0 || static_cast<std::uint64_t>(bodyBytes) > file.size() - at)
        return failure(cutOff(place));
    const auto bytes = static_cast<std::size_t>(bodyBytes);
    position = at + bytes;
    return Message{static_cast<Message::Kind>(kind), *header, file.subspan(at, bytes), position};
}

Result<BatchLayout> readLayout(const FlatTable& recordBatch, Bytes body)
{
    BatchLayout layout;
    layout.place = recordBatch.place();
    HILO_TRY(layout.rows, recordBatch.scalar<std::int64_t>(0, 0));
    if (layout.rows < 0)
        return failure(damaged(layout.place, "A record batch has a negative number of rows."));
    HILO_TRY(const FlatVector nodes, recordBatch.vector(1, 16));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const BatchLayout::Node node{nodes.number<std::int64_t>(i), nodes.number<std::int64_t>(i, 8)};
        if (node.length < 0 || node.nulls < 0 || node.nulls > node.length)
            return failure(damaged(layout.place, "A column has an impossible number of values."));
        layout.nodes.push_back(node);
    }
    HILO_TRY(const FlatVector buffers, recordBatch.vector(2, 16));
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        const auto offset = buffers.number<std::uint64_t>(i);
        const auto length = buffers.number<std::uint64_t>(i, 8);
        if (offset > body.size() || length > body.size() - offset)
            return failure(damaged(layout.place, "A column's bytes are said to lie outside of the record batch."));
        layout.buffers.push_back(body.subspan(offset, length));
    }
    HILO_TRY(const std::optional<FlatTable> compression, recordBatch.table(3));
    if (compression) {
        HILO_TRY(const auto codec, compression->scalar<std::int8_t>(0, 0));
        HILO_TRY(const auto method, compression->scalar<std::int8_t>(1, 0));
        if (codec < 0 || codec > 1 || method != 0)
            return failure(badInput({}, layout.place,
                                    "The compression number " + std::to_string(codec) + " is not known here.",
                                    "Write the file with LZ4, zstd or without compression."));
        layout.codec = codec == 0 ? BatchLayout::Codec::Lz4Frame : BatchLayout::Codec::Zstd;
    }
    HILO_TRY(const FlatVector variadic, recordBatch.vector(4, 8));
    for (std::size_t i = 0; i < variadic.size(); ++i)
        layout.variadicBuffers.push_back(variadic.number<std::int64_t>(i));
    return layout;
}

} // namespace hilo::arrow
