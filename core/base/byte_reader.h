// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace hilo {

/// Reads little-endian values from untrusted bytes. Never reads past the end, never allocates by a size that the bytes
/// claim before it is checked against the bytes that remain.
class ByteReader
{
  public:
    ByteReader(std::span<const std::byte> bytes, std::string file) : bytes_(bytes), file_(std::move(file)) {}

    template <class T>
    Result<T> read(std::string_view what)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        if (remaining() < sizeof(T))
            return failure(tooShort(what, sizeof(T)));
        T value;
        std::memcpy(&value, bytes_.data() + position_, sizeof(T));
        position_ += sizeof(T);
        return value;
    }
    Result<std::span<const std::byte>> take(std::uint64_t count, std::string_view what);
    Result<std::string_view> takeText(std::uint64_t count, std::string_view what);

    std::size_t position() const { return position_; }
    std::size_t remaining() const { return bytes_.size() - position_; }
    const std::string& file() const { return file_; }
    /// An error at the current byte.
    Error error(std::string message, std::string hint = {}) const;

  private:
    Error tooShort(std::string_view what, std::uint64_t wanted) const;
    std::span<const std::byte> bytes_;
    std::string file_;
    std::size_t position_ = 0;
};

/// False when the product or sum does not fit 64 bits.
bool checkedMultiply(std::uint64_t a, std::uint64_t b, std::uint64_t& product);
bool checkedAdd(std::uint64_t a, std::uint64_t b, std::uint64_t& sum);

} // namespace hilo
