// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/quantised_parts.h"

#include "base/text_format.h"
#include "formats/half.h"
#include "formats/small_floats.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hilo {
namespace {

std::string partPlace(const std::string& name)
{
    return "tensor \"" + name + "\"";
}

bool saysNothing(const Json& value)
{
    return value.is_null() || value == false || value == "" || (value.is_structured() && value.empty());
}

std::int64_t tilesIn(std::int64_t size, std::int64_t tile)
{
    return size / tile + (size % tile != 0);
}

} // namespace

std::vector<std::string> frontsOf(const WeightSource& tensors, std::string_view ending)
{
    std::vector<std::string> fronts;
    for (const TensorInfo& tensor : tensors.tensors())
        if (tensor.name.ends_with(ending) && tensor.name.size() > ending.size())
            fronts.push_back(tensor.name.substr(0, tensor.name.size() - ending.size()));
    return fronts;
}

Error partError(const TensorInfo& part, std::string message, std::string hint)
{
    if (hint.empty())
        hint = "The checkpoint is damaged or was written by another version of its tool; fetch it again, or give the "
               "unquantised model.";
    return badInput(part.file, partPlace(part.name), std::move(message), std::move(hint));
}

Result<TensorView> partOf(const WeightSource& tensors, const std::string& name, const TensorInfo& weight,
                          std::initializer_list<DataType> types)
{
    const auto found = tensors.find(name);
    if (!found)
        return failure(badInput(weight.file, partPlace(name),
                                "The tensor is missing; the codes of " + weight.name + " need it.",
                                "Fetch the checkpoint again, with all its files, or give the unquantised model."));
    const auto view = tensors.view(name);
    if (!view || std::find(types.begin(), types.end(), found->type) == types.end()) {
        std::vector<std::string> names;
        for (const DataType type : types)
            names.push_back(dataTypeName(type));
        return failure(partError(*found, "The type is " + found->typeName() + "; expected is " +
                                             joined(names, names.size() == 2 ? " or " : ", ") + "."));
    }
    return *view;
}

Status checkPartShape(const TensorView& part, const std::vector<std::int64_t>& expected, const std::string& because)
{
    if (part.info.shape == expected)
        return {};
    return failure(partError(part.info, "The shape is " + shapeText(part.info.shape) + "; " + because + " asks for " +
                                            shapeText(expected) + "."));
}

Status checkPartRank(const TensorView& part, std::size_t rank)
{
    const std::vector<std::int64_t>& shape = part.info.shape;
    if (shape.size() == rank && std::find(shape.begin(), shape.end(), 0) == shape.end())
        return {};
    return failure(partError(part.info, "The shape is " + shapeText(shape) + "; expected are " + std::to_string(rank) +
                                            " sizes, none of them 0."));
}

std::size_t elementsOfPart(const TensorView& part)
{
    std::size_t elements = 1;
    for (const std::int64_t size : part.info.shape)
        elements *= static_cast<std::size_t>(size);
    return elements;
}

Result<std::vector<float>> finiteScales(const TensorView& part)
{
    std::vector<float> scales(elementsOfPart(part));
    if (part.info.type == DataType::F8_E8M0 || part.info.type == DataType::U8) {
        for (std::size_t i = 0; i < scales.size(); ++i)
            scales[i] = e8m0ToFloat(std::to_integer<std::uint8_t>(part.bytes[i]));
    } else {
        HILO_CHECK(decodeToFloat32(part, scales));
    }
    const auto broken = std::count_if(scales.begin(), scales.end(), [](float scale) { return !std::isfinite(scale); });
    if (broken > 0)
        return failure(partError(part.info, std::to_string(broken) + " of the " + std::to_string(scales.size()) +
                                                " scales are NaN or infinite."));
    return scales;
}

std::uint32_t wordAt(const TensorView& part, std::size_t index)
{
    std::uint32_t word = 0;
    std::memcpy(&word, part.bytes.data() + 4 * index, 4);
    return word;
}

Result<std::vector<std::int32_t>> groupIndices(const TensorView& part, std::int64_t groups)
{
    std::vector<std::int32_t> indices(elementsOfPart(part));
    for (std::size_t i = 0; i < indices.size(); ++i) {
        indices[i] = static_cast<std::int32_t>(wordAt(part, i));
        if (indices[i] < 0 || indices[i] >= groups)
            return failure(partError(part.info, "Column " + std::to_string(i) + " is said to be of group " +
                                                    std::to_string(indices[i]) + "; there are " +
                                                    std::to_string(groups) + " groups, counted from 0."));
    }
    return indices;
}

ScaleGrid ScaleGrid::of(std::int64_t rows, std::int64_t columns, std::int64_t tileRows, std::int64_t tileColumns)
{
    return {tileRows, tileColumns, tilesIn(rows, tileRows), tilesIn(columns, tileColumns)};
}

std::vector<std::int32_t> ScaleGrid::tilesOfColumns(std::int64_t columns) const
{
    std::vector<std::int32_t> tiles(static_cast<std::size_t>(columns));
    for (std::size_t column = 0; column < tiles.size(); ++column)
        tiles[column] = static_cast<std::int32_t>(static_cast<std::int64_t>(column) / tileColumns);
    return tiles;
}

TensorInfo logicalInfo(const std::string& name, std::vector<std::int64_t> shape, std::string storedAs,
                       const std::vector<TensorView>& parts)
{
    TensorInfo info;
    info.name = name;
    info.shape = std::move(shape);
    info.type = DataType::Codes;
    info.storedAs = std::move(storedAs);
    info.file = parts.front().info.file;
    for (const TensorView& part : parts)
        info.bytes += part.info.bytes;
    return info;
}

std::string unknownKey(const JsonObject& object, std::initializer_list<std::string_view> obeyed,
                       std::initializer_list<std::string_view> recorded)
{
    for (const auto& [key, value] : object.json().items()) {
        const auto is = [&name = key](std::string_view known) { return known == name; };
        if (!saysNothing(value) && std::none_of(obeyed.begin(), obeyed.end(), is) &&
            std::none_of(recorded.begin(), recorded.end(), is))
            return object.placeOf(key) + " = " + shownJson(value) + " is not known here and may change the numbers";
    }
    return {};
}

bool isListed(const std::string& module, const std::vector<std::string>& list)
{
    return std::any_of(list.begin(), list.end(), [&module](const std::string& entry) {
        return !entry.empty() && (module.ends_with(entry) || module.starts_with(entry + "."));
    });
}

Result<std::vector<std::string>> textsOf(const JsonObject& object, const std::string& key)
{
    std::vector<std::string> texts;
    if (!object.has(key))
        return texts;
    HILO_TRY(const Json* list, object.array(key));
    for (const Json& text : *list) {
        if (!text.is_string())
            return failure(
                object.errorAt(key, "A list of texts was expected; this is in it: " + shownJson(text) + "."));
        texts.push_back(text.get<std::string>());
    }
    return texts;
}

} // namespace hilo
