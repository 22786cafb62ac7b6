// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bitsandbytes.h"

#include "formats/half.h"
#include "formats/quantised_parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace hilo {
namespace {

constexpr std::string_view stateMarker = ".quant_state.bitsandbytes__";

/// Quantiles of the normal distribution (QLoRA, 2305.14314).
constexpr std::array<float, 16> normalFloats = {
    -1.0f,
    -0.6961928009986877f,
    -0.5250730514526367f,
    -0.39491748809814453f,
    -0.28444138169288635f,
    -0.18477343022823334f,
    -0.09105003625154495f,
    0.0f,
    0.07958029955625534f,
    0.16093020141124725f,
    0.24611230194568634f,
    0.33791524171829224f,
    0.44070982933044434f,
    0.5626170039176941f,
    0.7229568362236023f,
    1.0f,
};
/// A sign, two bits of exponent, one of fraction; the greatest is 1. Not E2M1: another bias.
constexpr std::array<float, 16> fourBitFloats = {
    0.0f, 0.0625f / 12,  8.0f / 12,  1.0f,  4.0f / 12,  6.0f / 12,  2.0f / 12,  3.0f / 12,
    0.0f, -0.0625f / 12, -8.0f / 12, -1.0f, -4.0f / 12, -6.0f / 12, -2.0f / 12, -3.0f / 12,
};

/// The absmax are codes of eight bits themselves, in blocks; offset is added to what they stand for.
struct NestedScales
{
    std::int64_t blockSize = 0;
    DataType type = DataType::F32;
    float offset = 0;
};

struct FourBitState
{
    std::string kind; ///< "nf4" or "fp4"
    std::int64_t blockSize = 0;
    DataType type = DataType::F32; ///< what the values are rounded to
    std::vector<std::int64_t> shape;
    std::optional<NestedScales> nested;
};

Result<DataType> floatTypeOf(const JsonObject& state, const std::string& key)
{
    HILO_TRY(const std::string name, state.text(key));
    for (const auto& [known, type] : {std::pair{"float32", DataType::F32}, std::pair{"float16", DataType::F16},
                                      std::pair{"bfloat16", DataType::BF16}})
        if (name == known)
            return type;
    return failure(state.errorAt(key, "\"" + name + "\" is none of float32, float16, bfloat16."));
}

Result<FourBitState> parseState(const TensorView& view, const std::string& kind)
{
    const std::string_view text(reinterpret_cast<const char*>(view.bytes.data()), view.bytes.size());
    const auto parsed = parseJson(text, view.info.file);
    if (!parsed)
        return failure(partError(view.info, "The description of the codes is no JSON: " + parsed.error().message));
    HILO_TRY(const JsonObject object, JsonObject::of(*parsed, view.info.file, view.info.name));
    HILO_CHECK(object.onlyKeys(
        {"quant_type", "blocksize", "dtype", "shape", "nested_blocksize", "nested_dtype", "nested_offset"}));
    FourBitState state;
    HILO_TRY(state.kind, object.text("quant_type"));
    if (state.kind != kind)
        return failure(object.errorAt("quant_type", "\"" + state.kind +
                                                        "\" contradicts the tensor's name, which says " + kind + "."));
    HILO_TRY(state.blockSize, object.integer("blocksize", 1, 1 << 16));
    HILO_TRY(state.type, floatTypeOf(object, "dtype"));
    HILO_TRY(const Json* shape, object.array("shape"));
    for (const Json& size : *shape) {
        if (!size.is_number_unsigned() || size.get<std::uint64_t>() == 0 ||
            size.get<std::uint64_t>() > std::uint64_t{1} << 31)
            return failure(object.errorAt("shape", "A size from 1 was expected, not " + shownJson(size) + "."));
        state.shape.push_back(size.get<std::int64_t>());
    }
    if (state.shape.size() != 2)
        return failure(
            object.errorAt("shape", "Two sizes are expected; there are " + std::to_string(state.shape.size()) + "."));
    if (object.has("nested_blocksize")) {
        NestedScales nested;
        HILO_TRY(nested.blockSize, object.integer("nested_blocksize", 1, 1 << 16));
        HILO_TRY(nested.type, floatTypeOf(object, "nested_dtype"));
        HILO_TRY(const double offset, object.number("nested_offset", -1e30, 1e30));
        nested.offset = static_cast<float>(offset);
        state.nested = nested;
    }
    return state;
}

std::int64_t blocksOf(std::int64_t elements, std::int64_t blockSize)
{
    return (elements - 1) / blockSize + 1;
}

/// The kernels have the table built in and do not read the stored one; another one in the file means other numbers.
Status checkTable(const TensorView& part, const std::array<float, 16>& table)
{
    HILO_CHECK(checkPartShape(part, {16}, "a code of four bits"));
    HILO_TRY(const std::vector<float> stored, finiteScales(part));
    for (std::size_t i = 0; i < table.size(); ++i)
        // Old versions wrote four digits.
        if (std::abs(stored[i] - table[i]) > 1e-4f)
            return failure(partError(part.info, "Code " + std::to_string(i) + " stands for " +
                                                    std::to_string(stored[i]) + "; bitsandbytes takes it for " +
                                                    std::to_string(table[i]) + "."));
    return {};
}

/// The parts of a weight of four bits.
struct FourBitParts
{
    FourBitState state;
    TensorView codes, absmax;
    std::optional<TensorView> nestedAbsmax, nestedMap;
    std::array<float, 16> table{};

    std::int64_t elements() const { return state.shape[0] * state.shape[1]; }
};

Result<std::vector<float>> blockScales(const FourBitParts& parts)
{
    if (!parts.state.nested)
        return finiteScales(parts.absmax);
    const NestedScales& nested = *parts.state.nested;
    HILO_TRY(const std::vector<float> outer, finiteScales(*parts.nestedAbsmax));
    HILO_TRY(const std::vector<float> map, finiteScales(*parts.nestedMap));
    std::vector<float> scales(parts.absmax.bytes.size());
    for (std::size_t i = 0; i < scales.size(); ++i)
        scales[i] = roundedTo(nested.type, map[std::to_integer<std::uint8_t>(parts.absmax.bytes[i])] *
                                               outer[i / static_cast<std::size_t>(nested.blockSize)]);
    // A loop of its own: not one operation with the product, which would round once only.
    for (float& scale : scales)
        scale = roundedTo(nested.type, scale + nested.offset);
    return scales;
}

Status readFourBits(const FourBitParts& parts, std::span<float> destination)
{
    HILO_TRY(const std::vector<float> scales, blockScales(parts));
    const auto blockSize = static_cast<std::size_t>(parts.state.blockSize);
    for (std::size_t i = 0; i < destination.size(); ++i) {
        const auto byte = std::to_integer<std::uint8_t>(parts.codes.bytes[i / 2]);
        const float value = parts.table[i % 2 == 0 ? byte >> 4 : byte & 15];
        destination[i] = roundedTo(parts.state.type, value * scales[i / blockSize]);
    }
    return {};
}

Status checkSizes(const FourBitParts& parts)
{
    const std::int64_t elements = parts.elements();
    const std::string because =
        "the shape " + shapeText(parts.state.shape) + " in blocks of " + std::to_string(parts.state.blockSize);
    if (static_cast<std::int64_t>(parts.codes.bytes.size()) != (elements + 1) / 2)
        return failure(partError(parts.codes.info, "There are " + std::to_string(parts.codes.bytes.size()) +
                                                       " bytes of codes; " + because + " asks for " +
                                                       std::to_string((elements + 1) / 2) + "."));
    const std::int64_t blocks = blocksOf(elements, parts.state.blockSize);
    HILO_CHECK(checkPartShape(parts.absmax, {blocks}, because));
    if (!parts.state.nested)
        return {};
    HILO_CHECK(checkPartShape(*parts.nestedMap, {256}, "a code of eight bits"));
    return checkPartShape(*parts.nestedAbsmax, {blocksOf(blocks, parts.state.nested->blockSize)},
                          std::to_string(blocks) + " scales in blocks of " +
                              std::to_string(parts.state.nested->blockSize));
}

Result<LogicalWeight> fourBitWeight(const WeightSource& tensors, const TensorInfo& described)
{
    const std::size_t marker = described.name.find(stateMarker);
    const std::string name = described.name.substr(0, marker);
    const std::string kind = described.name.substr(marker + stateMarker.size());
    if (kind != "nf4" && kind != "fp4")
        return failure(
            partError(described, "The kind of the codes is \"" + kind + "\"; bitsandbytes has nf4 and fp4."));
    TensorInfo weight;
    weight.name = name;
    weight.file = described.file;
    const bool nested = tensors.find(name + ".nested_absmax").has_value();
    HILO_TRY(const TensorView stateView, partOf(tensors, described.name, weight, {DataType::U8}));
    FourBitParts parts;
    parts.table = kind == "nf4" ? normalFloats : fourBitFloats;
    HILO_TRY(parts.state, parseState(stateView, kind));
    // bnb_4bit_quant_storage: the bytes may have been given any type.
    HILO_TRY(parts.codes,
             partOf(tensors, name, weight,
                    {DataType::U8, DataType::I8, DataType::F16, DataType::BF16, DataType::F32, DataType::F64}));
    if (nested != parts.state.nested.has_value())
        return failure(partError(described, nested
                                                ? "The scales are quantised (nested_absmax), but nested_blocksize is "
                                                  "missing."
                                                : "nested_blocksize says that the scales are quantised, but "
                                                  "nested_absmax is missing."));
    HILO_TRY(parts.absmax, partOf(tensors, name + ".absmax", weight, {nested ? DataType::U8 : DataType::F32}));
    LogicalWeight logical;
    std::vector<TensorView> all = {parts.codes, parts.absmax, stateView};
    logical.parts = {name, parts.absmax.info.name, described.name};
    const auto addPart = [&](const char* ending) -> Result<TensorView> {
        HILO_TRY(TensorView view, partOf(tensors, name + ending, weight, {DataType::F32}));
        logical.parts.push_back(view.info.name);
        all.push_back(view);
        return view;
    };
    if (nested) {
        HILO_TRY(parts.nestedAbsmax, addPart(".nested_absmax"));
        HILO_TRY(parts.nestedMap, addPart(".nested_quant_map"));
    }
    HILO_TRY(const TensorView table, addPart(".quant_map"));
    HILO_CHECK(checkTable(table, parts.table));
    HILO_CHECK(checkSizes(parts));
    logical.info = logicalInfo(name, parts.state.shape, "bitsandbytes " + kind, all);
    logical.outByIn = true;
    logical.read = [parts](std::span<float> destination) { return readFourBits(parts, destination); };
    return logical;
}

Result<LogicalWeight> eightBitWeight(const WeightSource& tensors, const std::string& module)
{
    TensorInfo weight;
    weight.name = module + ".weight";
    const auto scaleInfo = tensors.find(module + ".SCB");
    if (scaleInfo)
        weight.file = scaleInfo->file;
    HILO_TRY(const TensorView codes, partOf(tensors, weight.name, weight, {DataType::I8}));
    weight.file = codes.info.file;
    HILO_TRY(const TensorView scales, partOf(tensors, module + ".SCB", weight, {DataType::F32, DataType::F16}));
    HILO_CHECK(checkPartRank(codes, 2));
    HILO_CHECK(checkPartShape(scales, {codes.info.shape[0]}, "a scale for each row"));
    LogicalWeight logical;
    std::vector<TensorView> all = {codes, scales};
    logical.parts = {weight.name, scales.info.name};
    if (tensors.find(module + ".weight_format")) {
        HILO_TRY(const TensorView format, partOf(tensors, module + ".weight_format", weight, {DataType::U8}));
        if (format.bytes.size() != 1 || format.bytes[0] != std::byte{0})
            return failure(partError(format.info,
                                     "The codes are in the order of a GPU's tiles; row by row (0) is read.",
                                     "Save the model again with bitsandbytes of version 0.45 or later."));
        logical.parts.push_back(format.info.name);
        all.push_back(format);
    }
    logical.info = logicalInfo(weight.name, codes.info.shape, "bitsandbytes int8", all);
    logical.outByIn = true;
    logical.read = [codes, scales](std::span<float> destination) -> Status {
        HILO_TRY(const std::vector<float> rows, finiteScales(scales));
        const auto columns = static_cast<std::size_t>(codes.info.shape[1]);
        for (std::size_t i = 0; i < destination.size(); ++i) {
            const auto code = static_cast<std::int8_t>(std::to_integer<std::uint8_t>(codes.bytes[i]));
            destination[i] = static_cast<float>(code) * rows[i / columns] * 7.874015718698502e-3f;
        }
        return {};
    };
    return logical;
}

/// Codes whose description is missing are found by what lies beside them.
Status checkDescribed(const WeightSource& tensors, const QuantisedReading& reading)
{
    for (const std::string& name : frontsOf(tensors, ".absmax")) {
        const auto described = [&name](const LogicalWeight& weight) { return weight.info.name == name; };
        if (std::none_of(reading.weights.begin(), reading.weights.end(), described))
            return failure(partError(*tensors.find(name + ".absmax"), "There are scales, but no " + name +
                                                                          ".quant_state.bitsandbytes__nf4 or …__fp4, "
                                                                          "which says what the codes are."));
    }
    return {};
}

} // namespace

Result<QuantisedReading> readBitsandbytes(const QuantisedCheckpoint& checkpoint)
{
    QuantisedReading reading;
    reading.refusal = unknownKey(checkpoint.settings,
                                 {"quant_method", "load_in_4bit", "load_in_8bit", "_load_in_4bit", "_load_in_8bit",
                                  "bnb_4bit_quant_type", "bnb_4bit_use_double_quant", "bnb_4bit_quant_storage",
                                  "llm_int8_skip_modules", "modules_to_not_convert"},
                                 {"bnb_4bit_compute_dtype", "llm_int8_enable_fp32_cpu_offload",
                                  "llm_int8_has_fp16_weight", "llm_int8_threshold", "transformers_version"});
    if (!reading.refusal.empty())
        return reading;
    const WeightSource& tensors = checkpoint.tensors;
    for (const TensorInfo& tensor : tensors.tensors())
        if (tensor.name.find(stateMarker) != std::string::npos) {
            HILO_TRY(LogicalWeight weight, fourBitWeight(tensors, tensor));
            reading.weights.push_back(std::move(weight));
        }
    HILO_CHECK(checkDescribed(tensors, reading));
    for (const TensorInfo& tensor : tensors.tensors()) {
        constexpr std::string_view ending = ".weight";
        const bool codes = tensor.type == DataType::I8 && tensor.name.ends_with(ending);
        const auto isPart = [&tensor](const LogicalWeight& weight) { return weight.info.name == tensor.name; };
        if (!codes || std::any_of(reading.weights.begin(), reading.weights.end(), isPart))
            continue;
        HILO_TRY(LogicalWeight weight,
                 eightBitWeight(tensors, tensor.name.substr(0, tensor.name.size() - ending.size())));
        reading.weights.push_back(std::move(weight));
    }
    return reading;
}

} // namespace hilo
