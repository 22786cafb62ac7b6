// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/byte_reader.h"

#include <cstdint>
#include <functional>
#include <string>

namespace hilo::parquet {

/// Reads Thrift's compact protocol, which Parquet's headers are written in, from untrusted bytes. Structures are walked
/// field by field: who knows a field reads its value, everything else is skipped.
class ThriftReader
{
  public:
    enum class Type {
        Stop = 0,
        True = 1,
        False = 2,
        Byte = 3,
        I16 = 4,
        I32 = 5,
        I64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Set = 10,
        Map = 11,
        Struct = 12
    };

    explicit ThriftReader(ByteReader& bytes) : bytes_(bytes) {}

    /// Calls read with the number and type of each field; it returns false for fields that it does not know, which are
    /// skipped then.
    Status structure(const std::function<Result<bool>(std::int16_t field, Type type)>& read);
    /// Calls read for each element of a list.
    Status list(const std::function<Status(Type type, std::uint64_t count)>& read);

    Result<std::int64_t> integer();                               ///< of a Byte, I16, I32 or I64 field
    Result<std::string> binary();                                 ///< at most 16 MiB
    static bool boolean(Type type) { return type == Type::True; } ///< of a field; a list's are bytes
    Status skip(Type type);

  private:
    Result<std::uint64_t> varint();
    ByteReader& bytes_;
    int depth_ = 0;
};

} // namespace hilo::parquet
