// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/fp8_blocks.h"

#include "formats/quantised_parts.h"
#include "formats/small_floats.h"

namespace hilo {
namespace {

struct TileSize
{
    std::int64_t rows = 0; ///< 0: one scale for the whole weight
    std::int64_t columns = 0;
};

Result<TileSize> tileSizeOf(const JsonObject& object)
{
    constexpr const char* key = "weight_block_size";
    if (!object.has(key))
        return TileSize{};
    HILO_TRY(const Json* list, object.array(key));
    if (list->size() != 2)
        return failure(object.errorAt(key, "Two sizes were expected, rows and columns, not " + shownJson(*list) + "."));
    std::int64_t sizes[2];
    for (std::size_t i = 0; i < 2; ++i) {
        const Json& size = (*list)[i];
        if (!size.is_number_unsigned() || size.get<std::uint64_t>() == 0 ||
            size.get<std::uint64_t>() > std::uint64_t{1} << 31)
            return failure(object.errorAt(key, "A size from 1 was expected, not " + shownJson(size) + "."));
        sizes[i] = size.get<std::int64_t>();
    }
    return TileSize{sizes[0], sizes[1]};
}

/// Why these settings are not read; empty where they are.
Result<std::string> fp8Refusal(const JsonObject& object)
{
    if (std::string unknown = unknownKey(object,
                                         {"quant_method", "fmt", "weight_block_size", "scale_fmt", "expert_dtype",
                                          "modules_to_not_convert", "ignored_layers", "activation_scheme"},
                                         {"dequantize", "modules_to_convert", "kv_cache_scheme"});
        !unknown.empty())
        return unknown;
    HILO_TRY(const std::string format, object.textOr("fmt", "e4m3"));
    if (format != "e4m3" && format != "float8_e4m3fn")
        return "codes of the format " + format + " are not read; e4m3 is";
    HILO_TRY(const std::string scaleFormat, object.textOr("scale_fmt", "float"));
    if (scaleFormat != "float" && scaleFormat != "ue8m0")
        return "scales of the format " + scaleFormat + " are not read; float and ue8m0 are";
    HILO_TRY(const std::string experts, object.textOr("expert_dtype", "fp8"));
    return experts == "fp8" ? std::string() : "experts of the format " + experts + " are not read; fp8 is";
}

Status readTiles(const TensorView& codes, const TensorView& scaleView, const ScaleGrid& grid,
                 std::span<float> destination)
{
    HILO_TRY(const std::vector<float> scales, finiteScales(scaleView));
    const std::vector<std::int64_t>& shape = codes.info.shape;
    const auto columns = static_cast<std::size_t>(shape.back());
    const auto rows = static_cast<std::size_t>(shape[shape.size() - 2]);
    const auto tiles = static_cast<std::size_t>(grid.gridRows * grid.gridColumns);
    const std::vector<std::int32_t> tileOf = grid.tilesOfColumns(shape.back());
    for (std::size_t line = 0; line < destination.size() / columns; ++line) {
        const float* own = scales.data() + line / rows * tiles + grid.firstOf(static_cast<std::int64_t>(line % rows));
        for (std::size_t column = 0; column < columns; ++column) {
            const std::size_t i = line * columns + column;
            destination[i] = e4m3ToFloat(std::to_integer<std::uint8_t>(codes.bytes[i])) * own[tileOf[column]];
        }
    }
    return {};
}

Result<LogicalWeight> fp8Weight(const WeightSource& tensors, const TensorInfo& stored, const TileSize& tile)
{
    std::string scaleName = stored.name + "_scale_inv";
    if (!tensors.find(scaleName) && tensors.find(stored.name + "_scale"))
        scaleName = stored.name + "_scale";
    HILO_TRY(const TensorView codes, partOf(tensors, stored.name, stored, {DataType::F8_E4M3}));
    HILO_TRY(const TensorView scales,
             partOf(tensors, scaleName, stored,
                    {DataType::F32, DataType::BF16, DataType::F16, DataType::F8_E8M0, DataType::U8}));
    std::vector<std::int64_t> shape = stored.shape;
    if (shape.size() < 2)
        return failure(partError(stored, "The shape is " + shapeText(shape) + "; a weight has at least two sizes."));
    HILO_CHECK(checkPartRank(codes, shape.size()));
    const std::int64_t rows = shape[shape.size() - 2];
    const std::int64_t columns = shape.back();
    ScaleGrid grid;
    if (tile.rows == 0) {
        if (elementsOfPart(scales) != 1)
            return failure(partError(scales.info, "The shape is " + shapeText(scales.info.shape) +
                                                      "; without weight_block_size one scale is expected."));
        std::int64_t lines = rows;
        for (std::size_t i = 0; i + 2 < shape.size(); ++i)
            lines *= shape[i];
        // All lines count as one weight.
        shape = {lines, columns};
        grid = ScaleGrid::of(lines, columns, lines, columns);
    } else {
        grid = ScaleGrid::of(rows, columns, tile.rows, tile.columns);
        std::vector<std::int64_t> expected(shape.begin(), shape.end() - 2);
        expected.insert(expected.end(), {grid.gridRows, grid.gridColumns});
        HILO_CHECK(checkPartShape(scales, expected,
                                  shapeText(shape) + " in tiles of " + std::to_string(tile.rows) + " by " +
                                      std::to_string(tile.columns)));
    }
    LogicalWeight logical;
    logical.parts = {stored.name, scaleName};
    logical.info = logicalInfo(stored.name, stored.shape, "F8_E4M3 with scales", {codes, scales});
    TensorView lined = codes;
    lined.info.shape = shape;
    logical.read = [lined, scales, grid](std::span<float> destination) {
        return readTiles(lined, scales, grid, destination);
    };
    return logical;
}

/// Scales of a weight that is plain would be left out of it.
Status checkLooseScales(const WeightSource& tensors, const std::vector<std::string>& notConverted)
{
    for (const char* ending : {"_scale_inv", "_scale"})
        for (const std::string& name : frontsOf(tensors, std::string(".weight") + ending)) {
            const auto weight = tensors.find(name + ".weight");
            if (weight && weight->type != DataType::F8_E4M3 && !isListed(name, notConverted))
                return failure(partError(*tensors.find(name + ".weight" + ending),
                                         "There are scales, but " + weight->name + " is " + weight->typeName() +
                                             ", not F8_E4M3, and its module is not in modules_to_not_convert."));
        }
    return {};
}

} // namespace

Result<QuantisedReading> readFp8Blocks(const QuantisedCheckpoint& checkpoint)
{
    QuantisedReading reading;
    HILO_TRY(reading.refusal, fp8Refusal(checkpoint.settings));
    if (!reading.refusal.empty())
        return reading;
    HILO_TRY(const TileSize tile, tileSizeOf(checkpoint.settings));
    HILO_TRY(std::vector<std::string> notConverted, textsOf(checkpoint.settings, "modules_to_not_convert"));
    HILO_TRY(const std::vector<std::string> ignored, textsOf(checkpoint.settings, "ignored_layers"));
    notConverted.insert(notConverted.end(), ignored.begin(), ignored.end());
    for (const TensorInfo& tensor : checkpoint.tensors.tensors()) {
        if (tensor.type != DataType::F8_E4M3)
            continue;
        HILO_TRY(LogicalWeight weight, fp8Weight(checkpoint.tensors, tensor, tile));
        reading.weights.push_back(std::move(weight));
    }
    HILO_CHECK(checkLooseScales(checkpoint.tensors, notConverted));
    if (!reading.weights.empty())
        reading.notes.push_back("The description has activations rounded to eight bits, too; here they keep the dtype "
                                "of the training.");
    return reading;
}

} // namespace hilo
