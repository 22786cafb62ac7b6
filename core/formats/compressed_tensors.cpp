// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/compressed_tensors.h"

#include "formats/compression_scheme.h"
#include "formats/half.h"
#include "formats/quantised_parts.h"
#include "formats/small_floats.h"

#include <cstring>

namespace hilo {
namespace {

struct CompressedParts
{
    WeightScheme scheme;
    TensorView codes, scales;
    std::optional<TensorView> zeros, groups;
    bool packed = false;
    bool packedZeros = false;
    std::int64_t rows = 0, columns = 0;
    ScaleGrid grid;

    std::size_t wordsInRow() const { return packed ? static_cast<std::size_t>(codes.info.shape[1]) : 0; }
};

/// Packed codes count from the least integer.
float signedCode(std::uint32_t code, unsigned bits)
{
    return static_cast<float>(static_cast<int>(code) - (1 << (bits - 1)));
}

float codeOf(const CompressedParts& parts, std::size_t row, std::size_t column)
{
    if (parts.packed)
        return signedCode(PackedCodes(parts.codes, parts.scheme.bits).at(row * parts.wordsInRow(), 1, column),
                          parts.scheme.bits);
    const auto byte =
        std::to_integer<std::uint8_t>(parts.codes.bytes[row * static_cast<std::size_t>(parts.columns) + column]);
    return parts.scheme.isFloat ? e4m3ToFloat(byte) : static_cast<float>(static_cast<std::int8_t>(byte));
}

/// One for each scale.
std::vector<float> zerosOf(const CompressedParts& parts)
{
    std::vector<float> zeros(static_cast<std::size_t>(parts.grid.gridRows * parts.grid.gridColumns), 0.0f);
    if (!parts.zeros)
        return zeros;
    const auto columns = static_cast<std::size_t>(parts.grid.gridColumns);
    const PackedCodes packed(*parts.zeros, parts.scheme.bits);
    for (std::size_t i = 0; i < zeros.size(); ++i)
        // Packed along the rows.
        zeros[i] =
            parts.packedZeros
                ? signedCode(packed.at(i % columns, columns, i / columns), parts.scheme.bits)
                : static_cast<float>(static_cast<std::int8_t>(std::to_integer<std::uint8_t>(parts.zeros->bytes[i])));
    return zeros;
}

Status readCompressed(const CompressedParts& parts, std::span<float> destination)
{
    HILO_TRY(const std::vector<float> scales, finiteScales(parts.scales));
    const std::vector<float> zeros = zerosOf(parts);
    std::vector<std::int32_t> tileOf = parts.grid.tilesOfColumns(parts.columns);
    if (parts.groups) {
        HILO_TRY(tileOf, groupIndices(*parts.groups, parts.grid.gridColumns));
    }
    const DataType type = parts.scales.info.type;
    const auto columns = static_cast<std::size_t>(parts.columns);
    for (std::size_t row = 0; row < static_cast<std::size_t>(parts.rows); ++row) {
        const std::size_t first = parts.grid.firstOf(static_cast<std::int64_t>(row));
        for (std::size_t column = 0; column < columns; ++column) {
            const std::size_t scale = first + static_cast<std::size_t>(tileOf[column]);
            destination[row * columns + column] =
                roundedTo(type, (codeOf(parts, row, column) - zeros[scale]) * scales[scale]);
        }
    }
    return {};
}

ScaleGrid gridOf(const CompressedParts& parts)
{
    const WeightScheme& scheme = parts.scheme;
    switch (scheme.scales) {
    case WeightScheme::Scales::Tensor:
        return ScaleGrid::of(parts.rows, parts.columns, parts.rows, parts.columns);
    case WeightScheme::Scales::Row:
        return ScaleGrid::of(parts.rows, parts.columns, 1, parts.columns);
    case WeightScheme::Scales::Group:
        return ScaleGrid::of(parts.rows, parts.columns, 1, scheme.groupSize);
    case WeightScheme::Scales::Tile:
        return ScaleGrid::of(parts.rows, parts.columns, scheme.tileRows, scheme.tileColumns);
    }
    return {};
}

Status checkScaleShape(const TensorView& part, const CompressedParts& parts)
{
    const bool one = parts.scheme.scales == WeightScheme::Scales::Tensor && elementsOfPart(part) == 1;
    const bool line = parts.scheme.scales == WeightScheme::Scales::Row && part.info.shape == std::vector{parts.rows};
    if (one || line)
        return {};
    const std::string because = "a weight " + shapeText({parts.rows, parts.columns}) + " with scales for tiles of " +
                                std::to_string(parts.grid.tileRows) + " by " + std::to_string(parts.grid.tileColumns);
    return checkPartShape(part, {parts.grid.gridRows, parts.grid.gridColumns}, because);
}

/// The weight's own sizes, which the packed words do not say.
Status readShape(const TensorView& part, CompressedParts& parts)
{
    HILO_CHECK(checkPartShape(part, {2}, "a weight of rows and columns"));
    std::int64_t sizes[2];
    for (std::size_t i = 0; i < 2; ++i) {
        if (part.info.type == DataType::I64)
            std::memcpy(&sizes[i], part.bytes.data() + 8 * i, 8);
        else
            sizes[i] = static_cast<std::int32_t>(wordAt(part, i));
        if (sizes[i] < 1 || sizes[i] > std::int64_t{1} << 31)
            return failure(partError(part.info, "A size from 1 was expected, not " + std::to_string(sizes[i]) + "."));
    }
    parts.rows = sizes[0];
    parts.columns = sizes[1];
    const std::int64_t words = (parts.columns * parts.scheme.bits + 31) / 32;
    return checkPartShape(parts.codes, {parts.rows, words},
                          "a weight " + shapeText({parts.rows, parts.columns}) + " of " +
                              std::to_string(parts.scheme.bits) + " bits");
}

/// Adds weight_zero_point where there is one.
Status findZeros(const WeightSource& tensors, const std::string& name, const TensorInfo& weight, CompressedParts& parts)
{
    const bool there = tensors.find(name).has_value();
    if (!there && parts.scheme.symmetric)
        return {};
    parts.packedZeros = parts.packed && parts.scheme.scales != WeightScheme::Scales::Tensor;
    HILO_TRY(parts.zeros, partOf(tensors, name, weight, {parts.packedZeros ? DataType::I32 : DataType::I8}));
    if (parts.scheme.isFloat)
        return failure(partError(parts.zeros->info, "Codes that are floats have no zeros."));
    if (!parts.packedZeros)
        return checkScaleShape(*parts.zeros, parts);
    if (parts.scheme.symmetric)
        return failure(partError(parts.zeros->info, "There are zeros, but the description says symmetric."));
    return checkPartShape(*parts.zeros, {(parts.grid.gridRows * parts.scheme.bits + 31) / 32, parts.grid.gridColumns},
                          "zeros of " + std::to_string(parts.scheme.bits) + " bits");
}

Result<LogicalWeight> compressedWeight(const WeightSource& tensors, const std::string& module,
                                       const WeightScheme& scheme, bool packed)
{
    TensorInfo weight;
    weight.name = module + ".weight";
    CompressedParts parts;
    parts.scheme = scheme;
    parts.packed = packed;
    const std::string codes = packed ? module + ".weight_packed" : weight.name;
    const auto stored = tensors.find(codes);
    weight.file = stored ? stored->file : std::string();
    if (packed != (scheme.format == "pack-quantized"))
        return failure(partError(*stored, "The tensor does not belong to the format " + scheme.format +
                                              ", which the description gives its module."));
    HILO_TRY(parts.codes, partOf(tensors, codes, weight,
                                 {packed           ? DataType::I32
                                  : scheme.isFloat ? DataType::F8_E4M3
                                                   : DataType::I8}));
    HILO_CHECK(checkPartRank(parts.codes, 2));
    LogicalWeight logical;
    std::vector<TensorView> all = {parts.codes};
    if (packed) {
        HILO_TRY(const TensorView shape,
                 partOf(tensors, module + ".weight_shape", weight, {DataType::I64, DataType::I32}));
        HILO_CHECK(readShape(shape, parts));
        all.push_back(shape);
        if (tensors.find(weight.name))
            return failure(partError(parts.codes.info, "There are codes, and " + weight.name + " beside them."));
    } else {
        parts.rows = parts.codes.info.shape[0];
        parts.columns = parts.codes.info.shape[1];
    }
    parts.grid = gridOf(parts);
    HILO_TRY(parts.scales,
             partOf(tensors, module + ".weight_scale", weight, {DataType::F32, DataType::F16, DataType::BF16}));
    all.push_back(parts.scales);
    if (scheme.scales == WeightScheme::Scales::Group && parts.columns % scheme.groupSize != 0)
        return failure(partError(parts.codes.info, std::to_string(parts.columns) +
                                                       " columns are no whole number of groups of " +
                                                       std::to_string(scheme.groupSize) + "."));
    HILO_CHECK(checkScaleShape(parts.scales, parts));
    HILO_CHECK(findZeros(tensors, module + ".weight_zero_point", weight, parts));
    if (parts.zeros)
        all.push_back(*parts.zeros);
    if (tensors.find(module + ".weight_g_idx")) {
        HILO_TRY(parts.groups, partOf(tensors, module + ".weight_g_idx", weight, {DataType::I32}));
        HILO_CHECK(checkPartShape(*parts.groups, {parts.columns}, "a group for each column"));
        all.push_back(*parts.groups);
    }
    for (const TensorView& part : all)
        logical.parts.push_back(part.info.name);
    logical.info = logicalInfo(
        weight.name, {parts.rows, parts.columns},
        "compressed-tensors " + std::string(scheme.isFloat ? "float " : "int ") + std::to_string(scheme.bits), all);
    logical.read = [parts](std::span<float> destination) { return readCompressed(parts, destination); };
    return logical;
}

/// Scales of a weight that is plain would be left out of it.
Status checkPlainOnes(const WeightSource& tensors, const CompressionSchemes& schemes)
{
    for (const std::string& module : frontsOf(tensors, ".weight_scale")) {
        const auto weight = tensors.find(module + ".weight");
        HILO_TRY(const bool ignored, schemes.isIgnored(module));
        if (weight && isFloat(weight->type) && !ignored)
            return failure(partError(*tensors.find(module + ".weight_scale"),
                                     "There are scales, but " + weight->name + " is " + weight->typeName() +
                                         ", and its module does not stand in ignore."));
    }
    return {};
}

} // namespace

Result<QuantisedReading> readCompressedTensors(const QuantisedCheckpoint& checkpoint)
{
    QuantisedReading reading;
    HILO_TRY(const CompressionSchemes schemes, CompressionSchemes::parse(checkpoint.settings));
    reading.refusal = schemes.refusal();
    reading.refusesPlain = schemes.refusesPlain();
    if (!reading.refusal.empty())
        return reading;
    const WeightSource& tensors = checkpoint.tensors;
    for (const TensorInfo& tensor : tensors.tensors()) {
        const bool packed = tensor.name.ends_with(".weight_packed");
        const bool codes = tensor.type == DataType::I8 || tensor.type == DataType::F8_E4M3;
        if (!packed && !(codes && tensor.name.ends_with(".weight")))
            continue;
        const std::string module = tensor.name.substr(0, tensor.name.rfind('.'));
        HILO_TRY(const std::optional<WeightScheme> scheme, schemes.schemeOf(module));
        if (!scheme)
            return failure(partError(tensor, "The module has codes, but config_groups has no weights for it, or ignore "
                                             "names it."));
        HILO_TRY(LogicalWeight weight, compressedWeight(tensors, module, *scheme, packed));
        reading.weights.push_back(std::move(weight));
    }
    if (schemes.mayBePlain() && reading.weights.empty()) {
        reading.refusal = "quantization_status is frozen, and the weights are no codes";
        return reading;
    }
    HILO_CHECK(checkPlainOnes(tensors, schemes));
    if (schemes.quantisesActivations() && !reading.weights.empty())
        reading.notes.push_back("The description has activations quantised, too; here they keep the dtype of the "
                                "training.");
    return reading;
}

} // namespace hilo
