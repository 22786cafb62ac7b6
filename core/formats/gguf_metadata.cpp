// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_metadata.h"

#include "base/byte_reader.h"
#include "base/counted.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace hilo {
namespace {

template <class Stored>
double numberAt(std::span<const std::byte> bytes, std::size_t index)
{
    Stored value;
    std::memcpy(&value, bytes.data() + index * sizeof(Stored), sizeof(Stored));
    return static_cast<double>(value);
}

double elementAt(const GgufArray& array, std::size_t index)
{
    switch (array.kind) {
    case GgufArray::Kind::Float:
        return array.elementBytes == 4 ? numberAt<float>(array.bytes, index) : numberAt<double>(array.bytes, index);
    case GgufArray::Kind::Signed:
        return array.elementBytes == 1   ? numberAt<std::int8_t>(array.bytes, index)
               : array.elementBytes == 2 ? numberAt<std::int16_t>(array.bytes, index)
               : array.elementBytes == 4 ? numberAt<std::int32_t>(array.bytes, index)
                                         : numberAt<std::int64_t>(array.bytes, index);
    default:
        return array.elementBytes == 1   ? numberAt<std::uint8_t>(array.bytes, index)
               : array.elementBytes == 2 ? numberAt<std::uint16_t>(array.bytes, index)
               : array.elementBytes == 4 ? numberAt<std::uint32_t>(array.bytes, index)
                                         : numberAt<std::uint64_t>(array.bytes, index);
    }
}

std::string shownNumber(double whole)
{
    return std::abs(whole) < 9e15 ? std::to_string(static_cast<std::int64_t>(whole)) : std::to_string(whole);
}

} // namespace

Error GgufMetadata::errorAt(const std::string& key, std::string message, std::string hint) const
{
    return badInput(name, "metadata \"" + key + "\"", std::move(message), std::move(hint));
}

Result<std::optional<std::int64_t>> GgufMetadata::integer(const std::string& key, std::int64_t lowest,
                                                          std::int64_t highest) const
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return std::nullopt;
    std::int64_t value = 0;
    if (const auto* positive = std::get_if<std::uint64_t>(&found->second)) {
        value = *positive > static_cast<std::uint64_t>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(*positive);
    } else if (const auto* number = std::get_if<std::int64_t>(&found->second)) {
        value = *number;
    } else {
        return failure(errorAt(key, "One whole number was expected."));
    }
    if (value < lowest || value > highest)
        return failure(errorAt(key, "A whole number from " + std::to_string(lowest) + " to " + std::to_string(highest) +
                                        " was expected, not " + std::to_string(value) + "."));
    return value;
}

Result<std::optional<std::int64_t>> GgufMetadata::integerOfLayers(const std::string& key, std::int64_t layers,
                                                                  std::int64_t lowest, std::int64_t highest) const
{
    const auto found = metadata.find(key);
    if (found == metadata.end() || !std::holds_alternative<GgufArray>(found->second))
        return integer(key, lowest, highest);
    const GgufArray& list = std::get<GgufArray>(found->second);
    if (list.kind != GgufArray::Kind::Unsigned && list.kind != GgufArray::Kind::Signed)
        return failure(errorAt(key, "A list of whole numbers was expected."));
    if (list.count != static_cast<std::uint64_t>(layers))
        return failure(errorAt(key, "The list has " + std::to_string(list.count) + " numbers, but the model has " +
                                        counted(layers, "layer") + "."));
    const double first = layers > 0 ? elementAt(list, 0) : 0;
    for (std::size_t layer = 1; layer < list.count; ++layer)
        if (elementAt(list, layer) != first)
            return failure(errorAt(key,
                                   "Layer " + std::to_string(layer) + " has " + shownNumber(elementAt(list, layer)) +
                                       ", layer 0 has " + shownNumber(first) + ".",
                                   "Only models whose layers are alike are supported."));
    if (!(first >= static_cast<double>(lowest) && first <= static_cast<double>(highest)))
        return failure(errorAt(key, "Numbers from " + std::to_string(lowest) + " to " + std::to_string(highest) +
                                        " were expected, not " + shownNumber(first) + "."));
    return static_cast<std::int64_t>(first);
}

Result<std::optional<double>> GgufMetadata::number(const std::string& key) const
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return std::nullopt;
    double value = std::numeric_limits<double>::quiet_NaN();
    if (const auto* real = std::get_if<double>(&found->second))
        value = *real;
    else if (const auto* positive = std::get_if<std::uint64_t>(&found->second))
        value = static_cast<double>(*positive);
    else if (const auto* whole = std::get_if<std::int64_t>(&found->second))
        value = static_cast<double>(*whole);
    if (!std::isfinite(value))
        return failure(errorAt(key, "A finite number was expected."));
    return value;
}

Result<std::optional<bool>> GgufMetadata::flag(const std::string& key) const
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return std::nullopt;
    const auto* value = std::get_if<bool>(&found->second);
    if (!value)
        return failure(errorAt(key, "True or false was expected."));
    return *value;
}

Result<std::optional<std::string>> GgufMetadata::text(const std::string& key) const
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return std::nullopt;
    const auto* value = std::get_if<std::string_view>(&found->second);
    if (!value)
        return failure(errorAt(key, "A text was expected."));
    return std::string(*value);
}

Result<std::vector<std::string>> GgufMetadata::texts(const std::string& key) const
{
    std::vector<std::string> result;
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return result;
    const auto* array = std::get_if<GgufArray>(&found->second);
    if (!array || array->kind != GgufArray::Kind::Text)
        return failure(errorAt(key, "A list of texts was expected."));
    ByteReader reader(array->bytes, name);
    result.reserve(static_cast<std::size_t>(array->count));
    for (std::uint64_t i = 0; i < array->count; ++i) {
        HILO_TRY(const auto length, reader.read<std::uint64_t>(key));
        HILO_TRY(const std::string_view entry, reader.takeText(length, key));
        result.emplace_back(entry);
    }
    return result;
}

Result<std::vector<double>> GgufMetadata::numbers(const std::string& key) const
{
    std::vector<double> result;
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return result;
    const auto* array = std::get_if<GgufArray>(&found->second);
    if (!array || array->kind == GgufArray::Kind::Text)
        return failure(errorAt(key, "A list of numbers was expected."));
    result.resize(static_cast<std::size_t>(array->count));
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = elementAt(*array, i);
    return result;
}

} // namespace hilo
