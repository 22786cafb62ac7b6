// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gptq.h"

#include "formats/half.h"
#include "formats/quantised_parts.h"

#include <cstring>
#include <optional>

namespace hilo {
namespace {

struct GptqSettings
{
    unsigned bits = 4;
    std::int64_t groupSize = -1; ///< -1: one group
    std::uint32_t zeroOffset = 1;
};

struct GptqParts
{
    GptqSettings settings;
    TensorView codes, zeros, scales;
    std::optional<TensorView> groups;
    std::int64_t in = 0, out = 0, groupCount = 0;

    std::int64_t groupSize() const { return settings.groupSize < 0 ? in : settings.groupSize; }
};

/// Why these settings are not read; empty where they are.
Result<std::string> readSettings(const JsonObject& object, GptqSettings& settings)
{
    if (std::string unknown = unknownKey(object,
                                         {"quant_method", "bits", "group_size", "desc_act", "sym", "checkpoint_format",
                                          "format", "pack_dtype", "is_marlin_format", "modules_to_not_convert"},
                                         {"damp_percent",
                                          "damp_auto_increment",
                                          "static_groups",
                                          "true_sequential",
                                          "model_name_or_path",
                                          "model_file_base_name",
                                          "lm_head",
                                          "meta",
                                          "act_group_aware",
                                          "hyb_act",
                                          "mse",
                                          "tokenizer",
                                          "dataset",
                                          "backend",
                                          "model_seqlen",
                                          "block_name_to_quantize",
                                          "batch_size",
                                          "pad_token_id",
                                          "max_input_length",
                                          "cache_block_outputs",
                                          "use_cuda_fp16",
                                          "use_exllama",
                                          "exllama_config",
                                          "disable_exllama",
                                          "module_name_preceding_first_block",
                                          "modules_in_block_to_quantize",
                                          "autoround_version",
                                          "iters",
                                          "nsamples",
                                          "seqlen",
                                          "lr",
                                          "minmax_lr",
                                          "low_gpu_mem_usage",
                                          "enable_minmax_tuning",
                                          "amp",
                                          "scale_dtype",
                                          "enable_quanted_input",
                                          "gradient_accumulate_steps",
                                          "train_bs",
                                          "data_type",
                                          "to_quant_block_names",
                                          "version"});
        !unknown.empty())
        return unknown;
    HILO_TRY(const std::int64_t bits, object.integer("bits", 1, 16));
    if (bits != 2 && bits != 3 && bits != 4 && bits != 8)
        return std::to_string(bits) + " bits are not read; 2, 3, 4 and 8 are";
    settings.bits = static_cast<unsigned>(bits);
    HILO_TRY(settings.groupSize, object.integerOr("group_size", -1, -1, std::int64_t{1} << 31));
    if (settings.groupSize == 0)
        return failure(
            object.errorAt("group_size", "The size of a group is 0.", "A size from 1, or -1 for one group."));
    HILO_TRY(const std::string packed, object.textOr("pack_dtype", "int32"));
    if (packed != "int32")
        return "codes that are packed in " + packed + " are not read";
    HILO_TRY(const bool marlin, object.flagOr("is_marlin_format", false));
    HILO_TRY(const std::string named, object.textOr("format", marlin ? "marlin" : "gptq"));
    HILO_TRY(const std::string format, object.textOr("checkpoint_format", named));
    if (format != "gptq" && format != "gptq_v2")
        return "the order of the codes, " + format + ", is not read; gptq and gptq_v2 are";
    settings.zeroOffset = format == "gptq" ? 1 : 0;
    return std::string();
}

/// The file may hold each zero less one. GPTQModel, which transformers 5 reads such files with, adds the one to all
/// codes of a word at a time, with the carry from a code to the next that its writer borrowed; to codes of three bits
/// singly.
std::vector<float> zerosOfGroups(const GptqParts& parts, std::size_t count)
{
    const unsigned bits = parts.settings.bits;
    const std::uint32_t most = (1u << bits) - 1;
    const bool wholeWords = bits != 3;
    const std::uint32_t ones = wholeWords ? 0xffffffffu / most : 0;
    std::vector<std::byte> bytes(parts.zeros.bytes.begin(), parts.zeros.bytes.end());
    for (std::size_t i = 0; i < bytes.size() / 4; ++i) {
        const std::uint32_t word = wordAt(parts.zeros, i) + ones * parts.settings.zeroOffset;
        std::memcpy(bytes.data() + 4 * i, &word, 4);
    }
    TensorView words = parts.zeros;
    words.bytes = bytes;
    const PackedCodes packed(words, bits);
    const auto out = static_cast<std::size_t>(parts.out);
    std::vector<float> zeros(count);
    for (std::size_t i = 0; i < zeros.size(); ++i)
        zeros[i] = static_cast<float>(
            (packed.at(i / out * (out * bits / 32), 1, i % out) + (wholeWords ? 0 : parts.settings.zeroOffset)) & most);
    return zeros;
}

Status readGptqWeight(const GptqParts& parts, std::span<float> destination)
{
    HILO_TRY(const std::vector<float> scales, finiteScales(parts.scales));
    std::vector<std::int32_t> groups;
    if (parts.groups) {
        HILO_TRY(groups, groupIndices(*parts.groups, parts.groupCount));
    } else {
        for (std::int64_t input = 0; input < parts.in; ++input)
            groups.push_back(static_cast<std::int32_t>(input / parts.groupSize()));
    }
    const auto in = static_cast<std::size_t>(parts.in);
    const auto out = static_cast<std::size_t>(parts.out);
    const unsigned bits = parts.settings.bits;
    const std::vector<float> zeros = zerosOfGroups(parts, scales.size());
    const PackedCodes codes(parts.codes, bits);
    const DataType type = parts.scales.info.type;
    // 32 inputs fill whole words.
    for (std::size_t first = 0; first < in; first += 32)
        for (std::size_t output = 0; output < out; ++output)
            for (std::size_t input = first; input < std::min(first + 32, in); ++input) {
                const std::size_t scale = static_cast<std::size_t>(groups[input]) * out + output;
                const auto code = static_cast<float>(codes.at(output, out, input));
                destination[output * in + input] = roundedTo(type, scales[scale] * (code - zeros[scale]));
            }
    return {};
}

Status checkGptqSizes(const GptqParts& parts)
{
    const std::int64_t bits = parts.settings.bits;
    const std::int64_t size = parts.groupSize();
    const std::string because = std::to_string(parts.in) + " inputs in groups of " + std::to_string(size) + " and " +
                                std::to_string(parts.out) + " outputs";
    HILO_CHECK(checkPartShape(parts.scales, {(parts.in - 1) / size + 1, parts.out}, because));
    if (parts.out * bits % 32 != 0)
        return failure(partError(parts.codes.info, "The zeros of " + std::to_string(parts.out) + " outputs of " +
                                                       std::to_string(bits) + " bits do not fill whole words."));
    HILO_CHECK(checkPartShape(parts.zeros, {parts.groupCount, parts.out * bits / 32},
                              because + " of " + std::to_string(bits) + " bits"));
    return parts.groups ? checkPartShape(*parts.groups, {parts.in}, "a group for each input") : Status();
}

Result<LogicalWeight> gptqWeight(const WeightSource& tensors, const std::string& module, const GptqSettings& settings)
{
    TensorInfo weight;
    weight.name = module + ".weight";
    GptqParts parts;
    parts.settings = settings;
    HILO_TRY(parts.codes, partOf(tensors, module + ".qweight", weight, {DataType::I32}));
    weight.file = parts.codes.info.file;
    HILO_TRY(parts.zeros, partOf(tensors, module + ".qzeros", weight, {DataType::I32}));
    HILO_TRY(parts.scales, partOf(tensors, module + ".scales", weight, {DataType::F16, DataType::BF16, DataType::F32}));
    HILO_CHECK(checkPartRank(parts.codes, 2));
    HILO_CHECK(checkPartRank(parts.scales, 2));
    LogicalWeight logical;
    std::vector<TensorView> all = {parts.codes, parts.zeros, parts.scales};
    if (tensors.find(module + ".g_idx")) {
        HILO_TRY(parts.groups, partOf(tensors, module + ".g_idx", weight, {DataType::I32}));
        all.push_back(*parts.groups);
    }
    for (const TensorView& part : all)
        logical.parts.push_back(part.info.name);
    const std::int64_t bits = settings.bits;
    if (parts.codes.info.shape[0] * 32 % bits != 0)
        return failure(partError(parts.codes.info, "The shape is " + shapeText(parts.codes.info.shape) +
                                                       "; the words of a column do not hold whole codes of " +
                                                       std::to_string(bits) + " bits."));
    parts.in = parts.codes.info.shape[0] * 32 / bits;
    parts.out = parts.codes.info.shape[1];
    parts.groupCount = parts.scales.info.shape[0];
    HILO_CHECK(checkGptqSizes(parts));
    if (tensors.find(weight.name))
        return failure(partError(parts.codes.info, "There are codes, and " + weight.name + " beside them."));
    logical.info = logicalInfo(weight.name, {parts.out, parts.in}, "GPTQ " + std::to_string(bits) + " bits", all);
    logical.outByIn = true;
    logical.read = [parts](std::span<float> destination) { return readGptqWeight(parts, destination); };
    return logical;
}

} // namespace

Result<QuantisedReading> readGptq(const QuantisedCheckpoint& checkpoint)
{
    QuantisedReading reading;
    GptqSettings settings;
    HILO_TRY(reading.refusal, readSettings(checkpoint.settings, settings));
    if (!reading.refusal.empty())
        return reading;
    for (const std::string& module : frontsOf(checkpoint.tensors, ".qweight")) {
        HILO_TRY(LogicalWeight weight, gptqWeight(checkpoint.tensors, module, settings));
        reading.weights.push_back(std::move(weight));
    }
    return reading;
}

} // namespace hilo
