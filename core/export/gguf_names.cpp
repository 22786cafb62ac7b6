// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_names.h"

#include "formats/gguf_families.h"
#include "formats/module_grid.h"
#include "formats/tensor_layout.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

std::string layerStem(std::int64_t layer, const GgufPlace& place)
{
    return "blk." + std::to_string(layer) + "." + place.stem;
}

} // namespace

bool ggufKnows(const ModelConfig& model)
{
    return ggufFamilyOf(model) != nullptr;
}

std::string ggufArchitecture(const ModelConfig& model)
{
    const GgufFamily* family = ggufFamilyOf(model);
    return family ? family->architecture : model.architecture;
}

std::vector<GgufStored> ggufModule(const ModelConfig& model, const ModuleShape& module, std::int64_t layer)
{
    std::vector<GgufStored> stored;
    for (const GgufPlace& place : ggufLayerPlaces(model, layer))
        if (place.path == module.path)
            stored.push_back({layerStem(layer, place) + ".weight", place});
    return stored;
}

std::map<std::string, std::vector<GgufStored>> ggufTensorNames(const ModelConfig& model)
{
    std::map<std::string, std::vector<GgufStored>> names;
    const auto add = [&](const std::string& stem, const std::string& path, const GgufPlace& place) {
        if (place.isBare) {
            names[path].push_back({stem + place.bareEnding, place});
            return;
        }
        for (const char* kind : {".weight", ".bias"})
            names[path + kind].push_back({stem + kind, place});
    };
    for (const GgufPlace& place : ggufModelPlaces(model))
        add(place.stem, place.path, place);
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const GgufPlace& place : ggufLayerPlaces(model, layer))
            add(layerStem(layer, place), layerPrefix(model, layer) + place.path, place);
    return names;
}

std::vector<float> ggufRows(const std::vector<float>& values, std::int64_t width, const GgufPlace& place,
                            const ModelConfig& model)
{
    const std::int64_t rows = static_cast<std::int64_t>(values.size()) / width / place.parts;
    const auto first = values.begin() + place.part * rows * width;
    std::vector<float> stored(static_cast<std::size_t>(rows * width));
    for (std::int64_t row = 0; row < rows; ++row)
        std::copy_n(first + rowOfStored(place.order, row, model) * width, width, stored.begin() + row * width);
    return stored;
}

std::vector<float> trainedRows(const std::vector<float>& stored, std::int64_t width, const GgufPlace& place,
                               const ModelConfig& model)
{
    const std::int64_t rows = static_cast<std::int64_t>(stored.size()) / width;
    std::vector<float> values(stored.size());
    for (std::int64_t row = 0; row < rows; ++row)
        std::copy_n(stored.begin() + row * width, width, values.begin() + rowOfStored(place.order, row, model) * width);
    return values;
}

std::vector<float> ggufColumns(const std::vector<float>& values, std::int64_t width, const GgufPlace& place,
                               const ModelConfig& model)
{
    std::vector<float> stored(values.size());
    for (std::int64_t at = 0; at < static_cast<std::int64_t>(values.size()); ++at) {
        const std::int64_t column = at % width;
        stored[static_cast<std::size_t>(at)] =
            values[static_cast<std::size_t>(at - column + columnOfStored(place.order, column, model))];
    }
    return stored;
}

std::vector<float> trainedColumns(const std::vector<float>& stored, std::int64_t width, const GgufPlace& place,
                                  const ModelConfig& model)
{
    std::vector<float> values(stored.size());
    for (std::int64_t at = 0; at < static_cast<std::int64_t>(stored.size()); ++at) {
        const std::int64_t column = at % width;
        values[static_cast<std::size_t>(at - column + columnOfStored(place.order, column, model))] =
            stored[static_cast<std::size_t>(at)];
    }
    return values;
}

std::vector<std::int64_t> ggufShape(const TensorInfo& tensor, const GgufPlace& place)
{
    std::vector<std::int64_t> shape = tensor.shape;
    if (place.order == GgufOrder::Transposed && shape.size() == 2)
        std::swap(shape[0], shape[1]);
    if (!shape.empty())
        shape[0] /= place.parts;
    if (place.isKernel && shape.size() == 3)
        shape.erase(shape.begin() + 1);
    return shape;
}

std::vector<float> ggufValues(std::vector<float> values, const TensorInfo& tensor, const GgufPlace& place,
                              const ModelConfig& model)
{
    if (model.normAddsOne && place.isNorm && tensor.name.ends_with(".weight"))
        for (float& value : values)
            value += 1;
    if (place.isDecay)
        for (float& value : values)
            value = -std::exp(value);
    if (tensor.shape.empty() || tensor.shape[0] == 0)
        return values;
    const std::int64_t rows = tensor.shape[0], width = static_cast<std::int64_t>(values.size()) / rows;
    if (place.order == GgufOrder::Transposed && tensor.shape.size() == 2) {
        std::vector<float> stored(values.size());
        for (std::int64_t row = 0; row < rows; ++row)
            for (std::int64_t column = 0; column < width; ++column)
                stored[static_cast<std::size_t>(column * rows + row)] =
                    values[static_cast<std::size_t>(row * width + column)];
        return stored;
    }
    if (place.order == GgufOrder::Same && place.parts == 1)
        return values;
    if (place.order == GgufOrder::ValueColumns)
        return ggufColumns(values, width, place, model);
    return ggufRows(values, width, place, model);
}

} // namespace hilo
