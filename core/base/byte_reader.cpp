// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/byte_reader.h"

namespace hilo {

Result<std::span<const std::byte>> ByteReader::take(std::uint64_t count, std::string_view what)
{
    if (remaining() < count)
        return failure(tooShort(what, count));
    const auto part = bytes_.subspan(position_, static_cast<std::size_t>(count));
    position_ += static_cast<std::size_t>(count);
    return part;
}

Result<std::string_view> ByteReader::takeText(std::uint64_t count, std::string_view what)
{
    HILO_TRY(const auto part, take(count, what));
    return std::string_view(reinterpret_cast<const char*>(part.data()), part.size());
}

Error ByteReader::error(std::string message, std::string hint) const
{
    return badInput(file_, "byte " + std::to_string(position_), std::move(message), std::move(hint));
}

Error ByteReader::tooShort(std::string_view what, std::uint64_t wanted) const
{
    return error("The file ends inside " + std::string(what) + ": " + std::to_string(wanted) + " bytes expected, " +
                     std::to_string(remaining()) + " left.",
                 "The file is cut off or damaged; fetch it again.");
}

bool checkedMultiply(std::uint64_t a, std::uint64_t b, std::uint64_t& product)
{
    return !__builtin_mul_overflow(a, b, &product);
}

bool checkedAdd(std::uint64_t a, std::uint64_t b, std::uint64_t& sum)
{
    return !__builtin_add_overflow(a, b, &sum);
}

} // namespace hilo
