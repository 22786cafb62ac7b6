// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/awq.h"

#include "formats/half.h"
#include "formats/quantised_parts.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace {

/// Where output i of eight stands in its word.
constexpr std::array<unsigned, 8> awqPlaces = {0, 4, 1, 5, 2, 6, 3, 7};

struct AwqParts
{
    TensorView codes, zeros, scales;
    std::int64_t in = 0, out = 0, groupSize = 0;
};

/// Why these settings are not read; empty where they are. groupSize: -1 is one group.
Result<std::string> awqRefusal(const JsonObject& object, std::int64_t& groupSize)
{
    if (std::string unknown =
            unknownKey(object,
                       {"quant_method", "bits", "w_bit", "group_size", "q_group_size", "zero_point", "version",
                        "format", "checkpoint_format", "modules_to_not_convert", "pack_dtype"},
                       {"backend",
                        "do_fuse",
                        "fuse_max_seq_len",
                        "modules_to_fuse",
                        "exllama_config",
                        "meta",
                        "damp_percent",
                        "desc_act",
                        "sym",
                        "true_sequential",
                        "lm_head",
                        "act_group_aware",
                        "tokenizer",
                        "dataset",
                        "model_seqlen",
                        "batch_size",
                        "max_input_length",
                        "cache_block_outputs",
                        "static_groups",
                        "modules_in_block_to_quantize"});
        !unknown.empty())
        return unknown;
    HILO_TRY(const std::int64_t bits, object.integer(object.has("bits") ? "bits" : "w_bit", 1, 16));
    if (bits != 4)
        return "AWQ of " + std::to_string(bits) + " bits is not read; 4 bits are";
    const char* key = object.has("group_size") ? "group_size" : "q_group_size";
    HILO_TRY(groupSize, object.integerOr(key, 128, -1, std::int64_t{1} << 31));
    if (groupSize == 0)
        return failure(object.errorAt(key, "The size of a group is 0.", "A size from 1, or -1 for one group."));
    HILO_TRY(const bool zeroPoint, object.flagOr("zero_point", true));
    if (!zeroPoint)
        return std::string("AWQ without zeros (zero_point false) is not read");
    HILO_TRY(const std::string packed, object.textOr("pack_dtype", "int32"));
    if (packed != "int32")
        return "codes that are packed in " + packed + " are not read";
    const char* formatKey = object.has("version") ? "version" : object.has("format") ? "format" : "checkpoint_format";
    HILO_TRY(std::string format, object.textOr(formatKey, "gemm"));
    std::transform(format.begin(), format.end(), format.begin(), [](char letter) {
        return 'A' <= letter && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    if (format != "gemm")
        return "the order of the codes, " + format + ", is not read; gemm is";
    HILO_TRY(const std::string backend, object.textOr("backend", ""));
    return backend == "llm-awq" ? "the order of the codes, llm-awq, is not read; gemm is" : std::string();
}

unsigned awqCode(const TensorView& words, std::size_t word, std::size_t output)
{
    return wordAt(words, word) >> 4 * awqPlaces[output % 8] & 15u;
}

Status readAwqWeight(const AwqParts& parts, std::span<float> destination)
{
    HILO_TRY(const std::vector<float> scales, finiteScales(parts.scales));
    const auto in = static_cast<std::size_t>(parts.in);
    const auto out = static_cast<std::size_t>(parts.out);
    const DataType type = parts.scales.info.type;
    std::vector<float> zeros(scales.size());
    for (std::size_t i = 0; i < zeros.size(); ++i)
        zeros[i] = static_cast<float>(awqCode(parts.zeros, i / 8, i % out));
    // Eight inputs at a time: what is written lies in one line of the cache.
    for (std::size_t first = 0; first < in; first += 8)
        for (std::size_t output = 0; output < out; ++output)
            for (std::size_t input = first; input < std::min(first + 8, in); ++input) {
                const std::size_t scale = input / static_cast<std::size_t>(parts.groupSize) * out + output;
                const auto code = static_cast<float>(awqCode(parts.codes, (input * out + output) / 8, output));
                destination[output * in + input] = roundedTo(type, (code - zeros[scale]) * scales[scale]);
            }
    return {};
}

Result<LogicalWeight> awqWeight(const WeightSource& tensors, const std::string& module, std::int64_t groupSize)
{
    TensorInfo weight;
    weight.name = module + ".weight";
    AwqParts parts;
    HILO_TRY(parts.codes, partOf(tensors, module + ".qweight", weight, {DataType::I32}));
    weight.file = parts.codes.info.file;
    HILO_TRY(parts.zeros, partOf(tensors, module + ".qzeros", weight, {DataType::I32}));
    HILO_TRY(parts.scales, partOf(tensors, module + ".scales", weight, {DataType::F16, DataType::BF16, DataType::F32}));
    HILO_CHECK(checkPartRank(parts.codes, 2));
    parts.in = parts.codes.info.shape[0];
    parts.out = parts.codes.info.shape[1] * 8;
    parts.groupSize = groupSize < 0 ? parts.in : groupSize;
    const std::string because = std::to_string(parts.in) + " inputs in groups of " + std::to_string(parts.groupSize) +
                                " and " + std::to_string(parts.out) + " outputs";
    if (parts.in % parts.groupSize != 0)
        return failure(partError(parts.codes.info, because + ": the inputs are no whole number of groups."));
    HILO_CHECK(checkPartShape(parts.scales, {parts.in / parts.groupSize, parts.out}, because));
    HILO_CHECK(checkPartShape(parts.zeros, {parts.in / parts.groupSize, parts.out / 8}, because));
    if (tensors.find(weight.name))
        return failure(partError(parts.codes.info, "There are codes, and " + weight.name + " beside them."));
    LogicalWeight logical;
    const std::vector<TensorView> all = {parts.codes, parts.zeros, parts.scales};
    for (const TensorView& part : all)
        logical.parts.push_back(part.info.name);
    logical.info = logicalInfo(weight.name, {parts.out, parts.in}, "AWQ 4 bits", all);
    logical.outByIn = true;
    logical.read = [parts](std::span<float> destination) { return readAwqWeight(parts, destination); };
    return logical;
}

} // namespace

Result<QuantisedReading> readAwq(const QuantisedCheckpoint& checkpoint)
{
    QuantisedReading reading;
    std::int64_t groupSize = 0;
    HILO_TRY(reading.refusal, awqRefusal(checkpoint.settings, groupSize));
    if (!reading.refusal.empty())
        return reading;
    for (const std::string& module : frontsOf(checkpoint.tensors, ".qweight")) {
        HILO_TRY(LogicalWeight weight, awqWeight(checkpoint.tensors, module, groupSize));
        reading.weights.push_back(std::move(weight));
    }
    return reading;
}

} // namespace hilo
