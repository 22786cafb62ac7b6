// SPDX-License-Identifier: GPL-3.0-or-later
#include "changed_model.h"
#include "formats/expected_tensors.h"
#include "formats/model_source.h"
#include "support/testing.h"

#include <cstring>

using namespace hilo;
using namespace hilo::testing;

namespace {

const std::string up = "model.layers.0.mlp.up_proj";
using TensorChange = std::function<void(ChangedTensors&)>;

/// One way to spoil a fixture, and what the error says.
struct Damage
{
    std::string fixture;
    TensorChange tensors;
    Json description; ///< keys to put into quantization_config
    std::string place;
    std::string message;
};

TensorChange none()
{
    return [](ChangedTensors&) {};
}

TensorChange without(const std::string& name)
{
    return [name](ChangedTensors& tensors) { CHECK(tensors.erase(name) == 1); };
}

TensorChange replaced(const std::string& name, std::vector<std::int64_t> shape, DataType type)
{
    return [=](ChangedTensors& tensors) { tensors[name] = zeros(shape, type); };
}

/// The bytes from position on.
TensorChange overwritten(const std::string& name, std::size_t position, const std::vector<int>& bytes)
{
    return [=](ChangedTensors& tensors) {
        for (std::size_t i = 0; i < bytes.size(); ++i)
            tensors.at(name).bytes.at(position + i) = static_cast<std::byte>(bytes[i]);
    };
}

TensorChange state(const std::string& from, const std::string& to)
{
    return [=](ChangedTensors& tensors) {
        ChangedTensor& tensor = tensors.at(up + ".weight.quant_state.bitsandbytes__nf4");
        std::string text(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
        const std::size_t found = text.find(from);
        CHECK(found != std::string::npos);
        text.replace(found, from.size(), to);
        const auto bytes = std::as_bytes(std::span(text));
        tensor = {{static_cast<std::int64_t>(text.size())}, DataType::U8, {bytes.begin(), bytes.end()}};
    };
}

/// Opens the model and reads all of its weights.
Status openWhole(const std::filesystem::path& folder)
{
    HILO_TRY(const ModelSource model, openModel(folder));
    if (!model.weights)
        return failure(weightsMissing(model, "training"));
    for (const TensorInfo& tensor : expectedTensors(model.config)) {
        std::vector<float> values(static_cast<std::size_t>(elementsOf(tensor)));
        HILO_CHECK(model.weights->readFloat32(tensor.name, values));
    }
    return {};
}

Error errorOf(const Damage& damage)
{
    const TemporaryFolder folder;
    writeChangedModel("quantised/" + damage.fixture, folder.path(), damage.tensors, [&damage](Json& config) {
        for (const auto& [key, value] : damage.description.items())
            config["quantization_config"][key] = value;
    });
    const Status status = openWhole(folder.path());
    if (status)
        fail(damage.fixture + ": no error for " + damage.message, __FILE__, __LINE__);
    return status.error();
}

void checkAll(const std::vector<Damage>& damages)
{
    for (const Damage& damage : damages) {
        const Error error = errorOf(damage);
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_CONTAINS(error.place, damage.place);
        CHECK_CONTAINS(error.message, damage.message);
        CHECK(!error.file.empty());
    }
}

const std::vector<int> nanHalf = {0x00, 0x7e};
const std::vector<int> nanFloat = {0x00, 0x00, 0xc0, 0x7f};

} // namespace

HILO_TEST(damagedBitsandbytes)
{
    const std::string weight = up + ".weight";
    const std::string description = weight + ".quant_state.bitsandbytes__nf4";
    checkAll({
        {"bnb-nf4", without(weight + ".absmax"), {}, weight + ".absmax", "missing"},
        {"bnb-nf4", without(weight + ".quant_map"), {}, weight + ".quant_map", "missing"},
        {"bnb-nf4", without(description), {}, weight + ".absmax", "which says what the codes are"},
        {"bnb-nf4", state("\"nf4\"", "\"nf5\""), {}, "quant_type", "contradicts"},
        {"bnb-nf4", state("{", ""), {}, description, "no JSON"},
        {"bnb-nf4", state("]}", ""), {}, description, "no JSON"},
        {"bnb-nf4", state("\"blocksize\": 64", "\"blocksize\": 0"), {}, "blocksize", "from 1"},
        {"bnb-nf4", state("\"blocksize\": 64", "\"blocksize\": 32"), {}, weight + ".absmax", "asks for [64]"},
        {"bnb-nf4", state("64, 32", "64, 31"), {}, weight, "bytes of codes"},
        {"bnb-nf4", state("64, 32", "0, 32"), {}, "shape", "from 1"},
        {"bnb-nf4", state("64, 32", "4294967296, 4294967296"), {}, "shape", "from 1"},
        {"bnb-nf4", state("64, 32", "2048"), {}, "shape", "Two sizes"},
        {"bnb-nf4", state("64, 32", "32, 64"), {}, weight, "config.json asks for [64, 32]"},
        {"bnb-nf4", state("bfloat16", "float8"), {}, "dtype", "none of float32"},
        {"bnb-nf4", state("\"dtype\"", "\"turned\": 1, \"dtype\""), {}, "turned", "Unknown key"},
        {"bnb-nf4", overwritten(weight + ".absmax", 4, nanFloat), {}, weight + ".absmax", "1 of the 32 scales are NaN"},
        {"bnb-nf4", overwritten(weight + ".quant_map", 12, {0, 0, 0, 0x3f}), {}, weight + ".quant_map", "Code 3"},
        {"bnb-nf4-double", without(weight + ".nested_absmax"), {}, description, "nested_absmax is missing"},
        {"bnb-nf4-double", without(weight + ".nested_quant_map"), {}, weight + ".nested_quant_map", "missing"},
        {"bnb-nf4-double",
         replaced(weight + ".nested_absmax", {2}, DataType::F32),
         {},
         weight + ".nested_absmax",
         "asks for [1]"},
        {"bnb-nf4-double", state("\"nested_blocksize\": 256, ", ""), {}, description, "nested_blocksize is missing"},
        {"bnb-nf4-double", state("256", "0"), {}, "nested_blocksize", "from 1"},
        {"bnb-int8", without(up + ".SCB"), {}, up + ".SCB", "missing"},
        {"bnb-int8", replaced(up + ".SCB", {3}, DataType::F32), {}, up + ".SCB", "asks for [64]"},
        {"bnb-int8", overwritten(up + ".SCB", 0, nanFloat), {}, up + ".SCB", "NaN"},
        {"bnb-int8", overwritten(up + ".weight_format", 0, {2}), {}, up + ".weight_format", "tiles"},
    });
}

HILO_TEST(damagedGptq)
{
    checkAll({
        {"gptq-4", without(up + ".scales"), {}, up + ".scales", "missing"},
        {"gptq-4", without(up + ".qzeros"), {}, up + ".qzeros", "missing"},
        {"gptq-4", replaced(up + ".qzeros", {2, 7}, DataType::I32), {}, up + ".qzeros", "asks for [2, 8]"},
        {"gptq-4", replaced(up + ".qweight", {4, 8}, DataType::I32), {}, up + ".scales", "8 outputs"},
        {"gptq-4", replaced(up + ".qweight", {256}, DataType::I32), {}, up + ".qweight", "2 sizes"},
        {"gptq-4", replaced(up + ".qweight", {0, 64}, DataType::I32), {}, up + ".qweight", "none of them 0"},
        {"gptq-4", replaced(up + ".qweight", {4, 64}, DataType::F32), {}, up + ".qweight", "expected is I32"},
        {"gptq-4", overwritten(up + ".g_idx", 8, {2, 0, 0, 0}), {}, up + ".g_idx", "Column 2 is said to be of group 2"},
        {"gptq-4", overwritten(up + ".g_idx", 0, {255, 255, 255, 255}), {}, up + ".g_idx", "group -1"},
        {"gptq-4", replaced(up + ".g_idx", {31}, DataType::I32), {}, up + ".g_idx", "asks for [32]"},
        {"gptq-4", overwritten(up + ".scales", 6, nanHalf), {}, up + ".scales", "NaN"},
        {"gptq-4", none(), {{"group_size", 0}}, "quantization_config.group_size", "0"},
        {"gptq-4", none(), {{"group_size", 24}}, ".scales", "groups of 24"},
        {"gptq-4", none(), {{"group_size", 8}}, ".scales", "asks for ["},
        {"gptq-4", none(), {{"group_size", "all"}}, "group_size", "whole number"},
        {"gptq-4", none(), {{"bits", 8}}, ".scales", "inputs in groups of 16"},
        {"gptq-4", none(), {{"bits", 3}}, ".qweight", "whole codes of 3 bits"},
    });
}

HILO_TEST(damagedAwq)
{
    checkAll({
        {"awq", without(up + ".scales"), {}, up + ".scales", "missing"},
        {"awq", without(up + ".qzeros"), {}, up + ".qzeros", "missing"},
        {"awq", replaced(up + ".qweight", {32, 7}, DataType::I32), {}, up + ".scales", "56 outputs"},
        {"awq", overwritten(up + ".scales", 0, nanHalf), {}, up + ".scales", "NaN"},
        {"awq", none(), {{"group_size", 0}}, "group_size", "0"},
        {"awq", none(), {{"group_size", 12}}, ".qweight", "no whole number of groups"},
        {"awq", none(), {{"group_size", 32}}, ".scales", "asks for ["},
    });
}

HILO_TEST(damagedCompressedTensors)
{
    const auto group = [](const std::string& key, const Json& value) {
        Json weights = {{"num_bits", 4}, {"type", "int"}, {"strategy", "group"}, {"group_size", 16}};
        weights[key] = value;
        return Json{{"config_groups", {{"group_0", {{"targets", {"Linear"}}, {"weights", weights}}}}}};
    };
    checkAll({
        {"ct-pack-4", without(up + ".weight_scale"), {}, up + ".weight_scale", "missing"},
        {"ct-pack-4", without(up + ".weight_shape"), {}, up + ".weight_shape", "missing"},
        {"ct-pack-4", overwritten(up + ".weight_shape", 0, {63}), {}, up + ".weight_packed", "asks for [63, 4]"},
        {"ct-pack-4", overwritten(up + ".weight_shape", 7, {128}), {}, up + ".weight_shape", "from 1"},
        {"ct-pack-4", overwritten(up + ".weight_scale", 0, {0xc0, 0x7f}), {}, up + ".weight_scale", "NaN"},
        {"ct-pack-4", replaced(up + ".weight_scale", {64, 3}, DataType::F32), {}, up + ".weight_scale", "[64, 2]"},
        {"ct-pack-4", none(), group("group_size", 0), "group_size", "0"},
        {"ct-pack-4", none(), group("group_size", 12), ".weight_packed", "no whole number of groups"},
        {"ct-pack-4", none(), group("num_bits", 8), ".weight_packed", "8 bits"},
        {"ct-pack-4", none(), group("symmetric", false), ".weight_zero_point", "missing"},
        {"ct-pack-4", none(), group("type", "ternary"), "type", "none of int, float"},
        {"ct-pack-4", none(), {{"ignore", {"re:.*up_proj"}}}, up + ".weight_packed", "ignore names it"},
        {"ct-pack-4", none(), {{"ignore", {"re:(up"}}}, "ignore", "no regular expression"},
        {"ct-pack-4", none(), {{"ignore", {"re:(.+)+(.+)+(.+)+(.+)+\\d{9}"}}}, "ignore", "too many steps"},
        {"ct-pack-4", none(), {{"ignore", {3}}}, "ignore", "list of texts"},
        {"ct-pack-4", none(), {{"format", "int-quantized"}}, ".weight_packed", "does not belong"},
        {"ct-pack-4-zeros",
         replaced(up + ".weight_zero_point", {7, 2}, DataType::I32),
         {},
         up + ".weight_zero_point",
         "asks for [8, 2]"},
        {"ct-pack-4-zeros", none(), group("symmetric", true), ".weight_zero_point", "symmetric"},
        {"ct-int8", without(up + ".weight_scale"), {}, up + ".weight_scale", "missing"},
        {"ct-int8", replaced(up + ".weight", {64, 32}, DataType::F32), {}, up + ".weight_scale", "stand in ignore"},
        {"ct-fp8-tiles", replaced(up + ".weight_scale", {4, 2}, DataType::F32), {}, up + ".weight_scale", "[4, 1]"},
    });
}

HILO_TEST(damagedFp8)
{
    const std::string scales = up + ".weight_scale_inv";
    checkAll({
        {"fp8", without(scales), {}, scales, "missing"},
        {"fp8", replaced(scales, {4, 2}, DataType::F32), {}, scales, "asks for [4, 1]"},
        {"fp8", replaced(scales, {4, 1}, DataType::I32), {}, scales, "expected is"},
        {"fp8", overwritten(scales, 0, nanFloat), {}, scales, "NaN"},
        {"fp8", none(), {{"weight_block_size", {0, 32}}}, "weight_block_size", "from 1"},
        {"fp8", none(), {{"weight_block_size", {16}}}, "weight_block_size", "Two sizes"},
        {"fp8", none(), {{"weight_block_size", {128, 128}}}, "_scale_inv", "asks for [1, 1]"},
        {"fp8", none(), {{"weight_block_size", nullptr}}, "_scale_inv", "one scale"},
        {"fp8-ue8m0", overwritten(scales, 0, {255}), {}, scales, "NaN"},
    });
}

HILO_TEST(whatIsNotReadSaysWhy)
{
    const Json scheme = {{"num_bits", 4}, {"type", "float"}, {"strategy", "tensor_group"}, {"group_size", 16}};
    const std::vector<Damage> refusals = {
        {"gptq-4", none(), {{"dynamic", {{"+:.*", {{"bits", 8}}}}}}, {}, "dynamic"},
        {"gptq-4", none(), {{"checkpoint_format", "marlin"}}, {}, "marlin"},
        {"gptq-4", none(), {{"bits", 5}}, {}, "5 bits are not read"},
        {"gptq-4", none(), {{"rotation", "hadamard"}}, {}, "rotation = \"hadamard\""},
        {"gptq-4", none(), {{"quant_method", "aqlm"}}, {}, "none of bitsandbytes, gptq"},
        {"awq", none(), {{"version", "gemv"}}, {}, "gemv"},
        {"awq", none(), {{"version", "gemv_fast"}}, {}, "gemv_fast"},
        {"awq", none(), {{"zero_point", false}}, {}, "zero_point"},
        {"awq", none(), {{"bits", 8}}, {}, "8 bits is not read"},
        {"bnb-nf4", none(), {{"bnb_4bit_turned", true}}, {}, "bnb_4bit_turned"},
        {"ct-pack-4", none(), {{"transform_config", {{"config_groups", {{"u", 1}}}}}}, {}, "transform_config"},
        {"ct-pack-4", none(), {{"sparsity_config", {{"format", "sparse-24-bitmask"}}}}, {}, "sparse-24-bitmask"},
        {"ct-pack-4", none(), {{"quantization_status", "calibration"}}, {}, "calibration"},
        {"ct-pack-4",
         none(),
         {{"format", "nvfp4-pack-quantized"},
          {"config_groups", {{"group_0", {{"targets", {"Linear"}}, {"weights", scheme}}}}}},
         {},
         "nvfp4-pack-quantized"},
        {"fp8", none(), {{"fmt", "e5m2"}}, {}, "e5m2"},
        {"fp8", none(), {{"expert_dtype", "fp4"}}, {}, "fp4"},
    };
    for (const Damage& refusal : refusals) {
        const TemporaryFolder folder;
        writeChangedModel("quantised/" + refusal.fixture, folder.path(), refusal.tensors, [&refusal](Json& config) {
            for (const auto& [key, value] : refusal.description.items())
                config["quantization_config"][key] = value;
        });
        const ModelSource model = REQUIRE_OK(openModel(folder.path()));
        CHECK(model.weights == nullptr);
        CHECK(!model.codes.empty());
        const Error error = weightsMissing(model, "training");
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_CONTAINS(error.message, refusal.message);
        CHECK_CONTAINS(error.hint, "unquantised");
    }
}
