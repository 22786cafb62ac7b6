// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/byte_reader.h"
#include "formats/gguf.h"

#include <algorithm>
#include <cmath>
#include <cstring>

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

} // namespace

const GgufTensor* GgufFile::find(std::string_view tensor) const
{
    const auto found = std::find_if(tensors.begin(), tensors.end(),
                                    [&](const GgufTensor& entry) { return entry.info.name == tensor; });
    return found == tensors.end() ? nullptr : &*found;
}

Error GgufFile::errorAt(const std::string& key, std::string message, std::string hint) const
{
    return badInput(name, "metadata \"" + key + "\"", std::move(message), std::move(hint));
}

Result<std::optional<std::int64_t>> GgufFile::integer(const std::string& key, std::int64_t lowest,
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

Result<std::optional<double>> GgufFile::number(const std::string& key) const
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return std::nullopt;
    const auto* value = std::get_if<double>(&found->second);
    if (!value || !std::isfinite(*value))
        return failure(errorAt(key, "A finite floating-point number was expected."));
    return *value;
}

Result<std::optional<bool>> GgufFile::flag(const std::string& key) const
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return std::nullopt;
    const auto* value = std::get_if<bool>(&found->second);
    if (!value)
        return failure(errorAt(key, "True or false was expected."));
    return *value;
}

Result<std::optional<std::string>> GgufFile::text(const std::string& key) const
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return std::nullopt;
    const auto* value = std::get_if<std::string_view>(&found->second);
    if (!value)
        return failure(errorAt(key, "A text was expected."));
    return std::string(*value);
}

Result<std::vector<std::string>> GgufFile::texts(const std::string& key) const
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

Result<std::vector<double>> GgufFile::numbers(const std::string& key) const
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
