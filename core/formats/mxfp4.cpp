// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/mxfp4.h"

#include "formats/quantised_parts.h"
#include "formats/small_floats.h"

namespace hilo {
namespace {

Status readMxfp4Weight(const TensorView& blocks, const TensorView& scales, std::span<float> destination)
{
    // Checks that none is 255, NaN.
    HILO_CHECK(finiteScales(scales));
    const std::vector<std::int64_t>& shape = blocks.info.shape;
    const auto experts = static_cast<std::size_t>(shape[0]);
    const auto out = static_cast<std::size_t>(shape[1]);
    const auto groups = static_cast<std::size_t>(shape[2]);
    // The outputs inside, behind one another in memory.
    for (std::size_t row = 0; row < experts * groups; ++row)
        for (std::size_t output = 0; output < out; ++output) {
            const std::size_t block = (row / groups * out + output) * groups + row % groups;
            const float scale = halvedE8m0(std::to_integer<std::uint8_t>(scales.bytes[block]));
            for (std::size_t i = 0; i < 32; ++i) {
                const auto byte = std::to_integer<std::uint8_t>(blocks.bytes[block * 16 + i / 2]);
                destination[(row * 32 + i) * out + output] = scale * doubledE2m1[i % 2 == 0 ? byte & 15 : byte >> 4];
            }
        }
    return {};
}

Result<LogicalWeight> mxfp4Weight(const WeightSource& tensors, const std::string& name)
{
    TensorInfo weight;
    weight.name = name;
    weight.file = tensors.find(name + "_blocks")->file;
    HILO_TRY(const TensorView blocks, partOf(tensors, name + "_blocks", weight, {DataType::U8}));
    HILO_TRY(const TensorView scales, partOf(tensors, name + "_scales", weight, {DataType::U8}));
    HILO_CHECK(checkPartRank(blocks, 4));
    const std::vector<std::int64_t>& shape = blocks.info.shape;
    HILO_CHECK(checkPartShape(blocks, {shape[0], shape[1], shape[2], 16}, "a block of 32 codes of four bits"));
    HILO_CHECK(checkPartShape(scales, {shape[0], shape[1], shape[2]}, "a scale for each block"));
    if (tensors.find(name))
        return failure(partError(blocks.info, "There are codes, and " + name + " beside them."));
    LogicalWeight logical;
    logical.parts = {blocks.info.name, scales.info.name};
    logical.info = logicalInfo(name, {shape[0], shape[2] * 32, shape[1]}, "MXFP4", {blocks, scales});
    logical.read = [blocks, scales](std::span<float> destination) {
        return readMxfp4Weight(blocks, scales, destination);
    };
    return logical;
}

} // namespace

Result<QuantisedReading> readMxfp4(const QuantisedCheckpoint& checkpoint)
{
    QuantisedReading reading;
    reading.refusal = unknownKey(checkpoint.settings, {"quant_method", "modules_to_not_convert"}, {"dequantize"});
    if (!reading.refusal.empty())
        return reading;
    for (const std::string& name : frontsOf(checkpoint.tensors, "_blocks")) {
        HILO_TRY(LogicalWeight weight, mxfp4Weight(checkpoint.tensors, name));
        reading.weights.push_back(std::move(weight));
    }
    return reading;
}

} // namespace hilo
