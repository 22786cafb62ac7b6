// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace hilo::arrow {

using Bytes = std::span<const std::byte>;

/// The error of bytes that make no sense, at a place of the file.
Error damaged(std::string place, std::string what);

class FlatVector;

/// A table of a FlatBuffers message (flatbuffers.dev/internals), read in place from untrusted bytes: every position is
/// checked before it is read. Fields have the numbers of the schema's order, from 0; one that is not there has the
/// schema's default. Sharing is allowed by the format, so that who walks tables must bound how many it visits.
class FlatTable
{
  public:
    /// The root table of a message. place: where the message stands in the file, for errors.
    static Result<FlatTable> root(Bytes bytes, std::string place);

    template <class T>
    Result<T> scalar(std::uint16_t field, T fallback) const
    {
        static_assert(std::is_arithmetic_v<T>);
        HILO_TRY(const std::optional<std::size_t> at, fieldAt(field, sizeof(T)));
        T value = fallback;
        if (at)
            std::memcpy(&value, bytes_.data() + *at, sizeof(T));
        return value;
    }
    Result<std::optional<FlatTable>> table(std::uint16_t field) const;
    /// Empty where there is none.
    Result<std::string_view> text(std::uint16_t field) const;
    /// A vector of elements of so many bytes; an empty one where there is none.
    Result<FlatVector> vector(std::uint16_t field, std::size_t elementBytes) const;
    const std::string& place() const { return place_; }

  private:
    friend class FlatVector;
    FlatTable(Bytes bytes, std::string place) : bytes_(bytes), place_(std::move(place)) {}
    static Result<FlatTable> at(Bytes bytes, std::size_t position, const std::string& place);
    /// Where the field's value stands; nothing when it is left out.
    Result<std::optional<std::size_t>> fieldAt(std::uint16_t field, std::size_t size) const;
    /// Where the field's offset leads.
    Result<std::optional<std::size_t>> target(std::uint16_t field) const;

    Bytes bytes_;
    std::string place_;
    std::size_t position_ = 0;
    std::size_t vtable_ = 0;
    std::uint16_t vtableBytes_ = 0;
};

/// A vector of structs or numbers, or of tables (elements of 4 bytes).
class FlatVector
{
  public:
    std::size_t size() const { return elementBytes_ == 0 ? 0 : elements_.size() / elementBytes_; }
    Bytes element(std::size_t index) const { return elements_.subspan(index * elementBytes_, elementBytes_); }
    /// A number at an offset in a struct.
    template <class T>
    T number(std::size_t index, std::size_t offset = 0) const
    {
        T value;
        std::memcpy(&value, element(index).data() + offset, sizeof(T));
        return value;
    }
    Result<FlatTable> table(std::size_t index) const;

  private:
    friend class FlatTable;
    Bytes bytes_, elements_;
    std::size_t elementBytes_ = 0;
    std::string place_;
};

} // namespace hilo::arrow
