// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/arrow/flat_buffer.h"

namespace hilo::arrow {
namespace {

bool fits(Bytes bytes, std::size_t position, std::size_t size)
{
    return position <= bytes.size() && size <= bytes.size() - position;
}

template <class T>
T numberAt(Bytes bytes, std::size_t position)
{
    T value;
    std::memcpy(&value, bytes.data() + position, sizeof(T));
    return value;
}

} // namespace

Error damaged(std::string place, std::string what)
{
    return badInput({}, std::move(place), std::move(what),
                    "The file is cut off or damaged; copy or download it again.");
}

Result<FlatTable> FlatTable::root(Bytes bytes, std::string place)
{
    if (!fits(bytes, 0, 4))
        return failure(damaged(place, "The metadata has no root."));
    return at(bytes, numberAt<std::uint32_t>(bytes, 0), place);
}

Result<FlatTable> FlatTable::at(Bytes bytes, std::size_t position, const std::string& place)
{
    FlatTable table(bytes, place);
    table.position_ = position;
    if (!fits(bytes, position, 4))
        return failure(damaged(place, "The metadata leads out of itself."));
    const std::int64_t vtable = static_cast<std::int64_t>(position) - numberAt<std::int32_t>(bytes, position);
    if (vtable < 0 || !fits(bytes, static_cast<std::size_t>(vtable), 4))
        return failure(damaged(place, "The metadata leads out of itself."));
    table.vtable_ = static_cast<std::size_t>(vtable);
    table.vtableBytes_ = numberAt<std::uint16_t>(bytes, table.vtable_);
    if (table.vtableBytes_ < 4 || !fits(bytes, table.vtable_, table.vtableBytes_))
        return failure(damaged(place, "The metadata leads out of itself."));
    return table;
}

Result<std::optional<std::size_t>> FlatTable::fieldAt(std::uint16_t field, std::size_t size) const
{
    const std::size_t entry = 4 + 2 * std::size_t{field};
    if (entry + 2 > vtableBytes_)
        return std::nullopt;
    const auto offset = numberAt<std::uint16_t>(bytes_, vtable_ + entry);
    if (offset == 0)
        return std::nullopt;
    if (!fits(bytes_, position_ + offset, size))
        return failure(damaged(place_, "The metadata leads out of itself."));
    return position_ + offset;
}

Result<std::optional<std::size_t>> FlatTable::target(std::uint16_t field) const
{
    HILO_TRY(const std::optional<std::size_t> position, fieldAt(field, 4));
    if (!position)
        return std::nullopt;
    return *position + numberAt<std::uint32_t>(bytes_, *position);
}

Result<std::optional<FlatTable>> FlatTable::table(std::uint16_t field) const
{
    HILO_TRY(const std::optional<std::size_t> position, target(field));
    if (!position)
        return std::nullopt;
    HILO_TRY(FlatTable found, at(bytes_, *position, place_));
    return found;
}

Result<std::string_view> FlatTable::text(std::uint16_t field) const
{
    HILO_TRY(const FlatVector characters, vector(field, 1));
    if (characters.size() == 0)
        return std::string_view();
    return std::string_view(reinterpret_cast<const char*>(characters.elements_.data()), characters.size());
}

Result<FlatVector> FlatTable::vector(std::uint16_t field, std::size_t elementBytes) const
{
    FlatVector vector;
    vector.bytes_ = bytes_;
    vector.place_ = place_;
    vector.elementBytes_ = elementBytes;
    HILO_TRY(const std::optional<std::size_t> position, target(field));
    if (!position)
        return vector;
    if (!fits(bytes_, *position, 4))
        return failure(damaged(place_, "The metadata leads out of itself."));
    const std::uint64_t size = std::uint64_t{numberAt<std::uint32_t>(bytes_, *position)} * elementBytes;
    if (!fits(bytes_, *position + 4, size))
        return failure(damaged(place_, "A list of the metadata is said to be longer than the metadata."));
    vector.elements_ = bytes_.subspan(*position + 4, size);
    return vector;
}

Result<FlatTable> FlatVector::table(std::size_t index) const
{
    const auto start = static_cast<std::size_t>(elements_.data() - bytes_.data()) + index * elementBytes_;
    return FlatTable::at(bytes_, start + number<std::uint32_t>(index), place_);
}

} // namespace hilo::arrow
