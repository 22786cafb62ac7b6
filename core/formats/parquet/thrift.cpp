// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/thrift.h"

namespace hilo::parquet {
namespace {

constexpr int mostDepth = 32;
constexpr std::uint64_t mostBytes = std::uint64_t{16} << 20;

} // namespace

Result<std::uint64_t> ThriftReader::varint()
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        HILO_TRY(const auto byte, bytes_.read<std::uint8_t>("a number of a header"));
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if (!(byte & 0x80))
            return value;
    }
    return failure(bytes_.error("A number of a header has more than 64 bits."));
}

Result<std::int64_t> ThriftReader::integer()
{
    HILO_TRY(const std::uint64_t value, varint());
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

Result<std::string> ThriftReader::binary()
{
    HILO_TRY(const std::uint64_t size, varint());
    if (size > mostBytes)
        return failure(bytes_.error("A text of a header has more than 16 MiB."));
    HILO_TRY(const std::string_view text, bytes_.takeText(size, "a text of a header"));
    return std::string(text);
}

Status ThriftReader::structure(const std::function<Result<bool>(std::int16_t, Type)>& read)
{
    if (++depth_ > mostDepth)
        return failure(bytes_.error("Headers are nested more than 32 deep."));
    std::int64_t field = 0;
    for (;;) {
        HILO_TRY(const auto head, bytes_.read<std::uint8_t>("a field of a header"));
        const int kind = head & 15;
        if (kind == static_cast<int>(Type::Stop))
            break;
        if (kind > static_cast<int>(Type::Struct))
            return failure(bytes_.error("A header has a field of an unknown type."));
        if (head >> 4) {
            field += head >> 4;
        } else {
            HILO_TRY(field, integer());
        }
        if (field < 0 || field > INT16_MAX)
            return failure(bytes_.error("A header has a field of an impossible number."));
        const Type type = static_cast<Type>(kind);
        HILO_TRY(const bool known, read(static_cast<std::int16_t>(field), type));
        if (!known)
            HILO_CHECK(skip(type));
    }
    --depth_;
    return {};
}

Status ThriftReader::list(const std::function<Status(Type, std::uint64_t)>& read)
{
    HILO_TRY(const auto head, bytes_.read<std::uint8_t>("a list of a header"));
    const int kind = head & 15;
    if (kind == 0 || kind > static_cast<int>(Type::Struct))
        return failure(bytes_.error("A header has a list of an unknown type."));
    std::uint64_t count = head >> 4;
    if (count == 15) {
        HILO_TRY(count, varint());
    }
    // Every element takes a byte at least.
    if (count > bytes_.remaining())
        return failure(bytes_.error("A list of a header has more elements than the file has bytes."));
    if (++depth_ > mostDepth)
        return failure(bytes_.error("Headers are nested more than 32 deep."));
    HILO_CHECK(read(static_cast<Type>(kind), count));
    --depth_;
    return {};
}

Status ThriftReader::skip(Type type)
{
    switch (type) {
    case Type::True:
    case Type::False:
    case Type::Stop:
        return {};
    case Type::Byte: {
        HILO_TRY([[maybe_unused]] const auto byte, bytes_.read<std::uint8_t>("a byte of a header"));
        return {};
    }
    case Type::I16:
    case Type::I32:
    case Type::I64: {
        HILO_TRY([[maybe_unused]] const auto number, varint());
        return {};
    }
    case Type::Double: {
        HILO_TRY([[maybe_unused]] const auto number, bytes_.read<double>("a number of a header"));
        return {};
    }
    case Type::Binary: {
        HILO_TRY(const std::uint64_t size, varint());
        HILO_TRY([[maybe_unused]] const auto text, bytes_.take(size, "a text of a header"));
        return {};
    }
    case Type::List:
    case Type::Set:
        return list([this](Type element, std::uint64_t count) -> Status {
            for (std::uint64_t i = 0; i < count; ++i) {
                // Booleans of a list are bytes.
                const bool isBoolean = element == Type::True || element == Type::False;
                HILO_CHECK(skip(isBoolean ? Type::Byte : element));
            }
            return {};
        });
    case Type::Map: {
        HILO_TRY(const std::uint64_t count, varint());
        if (count == 0)
            return {};
        HILO_TRY(const auto kinds, bytes_.read<std::uint8_t>("a map of a header"));
        if (count > bytes_.remaining() || ++depth_ > mostDepth)
            return failure(bytes_.error("A map of a header is too large."));
        for (std::uint64_t i = 0; i < count; ++i)
            for (const int kind : {kinds >> 4, kinds & 15}) {
                if (kind == 0 || kind > static_cast<int>(Type::Struct))
                    return failure(bytes_.error("A header has a map of an unknown type."));
                HILO_CHECK(skip(kind <= 2 ? Type::Byte : static_cast<Type>(kind)));
            }
        --depth_;
        return {};
    }
    case Type::Struct:
        return structure([](std::int16_t, Type) -> Result<bool> { return false; });
    }
    return {};
}

} // namespace hilo::parquet
