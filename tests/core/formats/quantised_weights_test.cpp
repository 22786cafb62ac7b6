// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/quantised_weights.h"

#include "changed_model.h"
#include "formats/expected_tensors.h"
#include "formats/half.h"
#include "formats/inspection.h"
#include "formats/safetensors.h"
#include "formats/safetensors_weights.h"
#include "formats/safetensors_writer.h"
#include "support/testing.h"
#include "value_bits.h"

#include <bit>
#include <cstring>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::vector<std::filesystem::path> fixtures()
{
    std::vector<std::filesystem::path> folders;
    for (const auto& folder : std::filesystem::directory_iterator(dataFile("quantised")))
        folders.push_back(folder.path());
    CHECK(folders.size() >= 21);
    return folders;
}

std::vector<float> valuesOf(const WeightSource& weights, const std::string& name)
{
    const auto info = weights.find(name);
    if (!info)
        fail("no tensor " + name, __FILE__, __LINE__);
    std::vector<float> values(static_cast<std::size_t>(elementsOf(*info)));
    REQUIRE_OK(weights.readFloat32(name, values));
    return values;
}

} // namespace

HILO_TEST(readsEveryWeightBitForBitAsItsOwnTool)
{
    for (const std::filesystem::path& folder : fixtures()) {
        const Json config = REQUIRE_OK(readJsonFile(folder / "config.json"));
        const Json expected = REQUIRE_OK(readJsonFile(folder / "expected.json"));
        const JsonObject object = REQUIRE_OK(JsonObject::of(config, "config.json"));
        const auto declared = REQUIRE_OK(declaredQuantisation(object, folder));
        CHECK(declared.has_value());
        const auto source = REQUIRE_OK(openSafetensorsFolder(folder));
        QuantisedReading reading = REQUIRE_OK(readQuantised(*source, *declared));
        CHECK_EQ(reading.refusal, "");
        CHECK_EQ(reading.weights.size(), expected["weights"].size());
        const bool inByOut = config["model_type"] == "gpt2";
        const auto weights = dequantisedWeights(source, std::move(reading.weights), inByOut, "lm_head.weight");
        for (const auto& [name, hash] : expected["weights"].items()) {
            const std::string found = bitsOf(valuesOf(*weights, name));
            if (found != hash.get<std::string>())
                fail(folder.filename().string() + ", " + name + " differs", __FILE__, __LINE__);
            CHECK(weights->find(name)->type == DataType::Codes);
            CHECK(!weights->view(name));
        }
    }
}

HILO_TEST(opensThemAsModelsWithPlainWeights)
{
    for (const std::filesystem::path& folder : fixtures()) {
        const ModelSource model = REQUIRE_OK(openModel(folder));
        CHECK(model.weights != nullptr);
        CHECK(!model.quantisation.empty());
        CHECK(model.codes.empty());
        const ModelInspection inspection = REQUIRE_OK(inspectModel(model));
        CHECK(inspection.hasWeights);
        CHECK_EQ(inspection.tensors.size(), expectedTensors(model.config).size());
        // Parts count with their weight: what is read is as large as the file, but for its header.
        std::uint64_t bytes = 0;
        for (const TensorInfo& tensor : inspection.tensors)
            bytes += tensor.bytes;
        CHECK(bytes < std::filesystem::file_size(folder / "model.safetensors"));
        CHECK(bytes > std::filesystem::file_size(folder / "model.safetensors") / 2);
        for (const TensorInfo& tensor : expectedTensors(model.config)) {
            const auto found = model.weights->find(tensor.name);
            CHECK(found.has_value());
            CHECK_EQ(shapeText(found->shape), shapeText(tensor.shape));
        }
    }
}

HILO_TEST(saysThatActivationsAreNotQuantised)
{
    for (const char* name : {"ct-int8", "ct-fp8-tensor", "fp8"}) {
        const ModelSource model = REQUIRE_OK(openModel(dataFile(std::string("quantised/") + name)));
        CHECK_EQ(model.notes.size(), 1u);
        CHECK_CONTAINS(model.notes.at(0), "activations");
    }
    CHECK(REQUIRE_OK(openModel(dataFile("quantised/ct-pack-4"))).notes.empty());
}

HILO_TEST(aWeightOfAnotherSizeIsNotRead)
{
    const ModelSource model = REQUIRE_OK(openModel(dataFile("quantised/awq")));
    std::vector<float> values(7);
    CHECK(REQUIRE_ERROR(model.weights->readFloat32("model.layers.0.mlp.up_proj.weight", values)).code ==
          ErrorCode::Internal);
    CHECK(!model.weights->find("model.layers.0.mlp.up_proj.qweight"));
    CHECK(!model.weights->view("model.layers.0.mlp.up_proj.qweight"));
}

HILO_TEST(tilesAtTheEdgesAreSmaller)
{
    const TemporaryFolder folder;
    const std::string name = "model.layers.0.self_attn.q_proj.weight";
    writeChangedModel(
        "quantised/fp8", folder.path(),
        [&](ChangedTensors& tensors) {
            for (auto& [key, tensor] : tensors)
                if (tensor.type == DataType::F8_E4M3) {
                    const std::int64_t rows = (tensor.shape[0] + 23) / 24, columns = (tensor.shape[1] + 19) / 20;
                    ChangedTensor& scales = tensors[key + "_scale_inv"];
                    scales = filled({rows, columns}, 1);
                    for (std::int64_t i = 0; i < rows * columns; ++i) {
                        const auto scale = static_cast<float>(i + 1);
                        std::memcpy(scales.bytes.data() + 4 * i, &scale, 4);
                    }
                    // One.
                    std::fill(tensor.bytes.begin(), tensor.bytes.end(), std::byte{0x38});
                }
        },
        [](Json& config) {
            config["quantization_config"]["weight_block_size"] = {24, 20};
        });
    const ModelSource model = REQUIRE_OK(openModel(folder.path()));
    // [64, 32] in tiles of 24 by 20.
    const std::vector<float> values = valuesOf(*model.weights, name);
    CHECK_EQ(values[0], 1.0f);
    CHECK_EQ(values[19], 1.0f);
    CHECK_EQ(values[20], 2.0f);
    CHECK_EQ(values[23 * 32 + 31], 2.0f);
    CHECK_EQ(values[24 * 32], 3.0f);
    CHECK_EQ(values[63 * 32 + 31], 6.0f);
}

HILO_TEST(groupsOfModulesHaveTheirOwnSchemes)
{
    const TemporaryFolder folder;
    // The name counts more than the expression, the expression more than the kind.
    writeChangedModel(
        "quantised/ct-pack-4", folder.path(), [](ChangedTensors&) {},
        [](Json& config) {
            Json& groups = config["quantization_config"]["config_groups"];
            Json wrong = groups["group_0"];
            wrong["weights"]["group_size"] = 8;
            Json right = groups["group_0"];
            right["targets"] = {"re:.*self_attn.*", "re:model\\.layers\\.\\d+\\.mlp\\.(up|gate)_proj$",
                                "model.layers.0.mlp.down_proj"};
            groups = {{"group_0", wrong}, {"group_1", right}};
        });
    const ModelSource model = REQUIRE_OK(openModel(folder.path()));
    const ModelSource before = REQUIRE_OK(openModel(dataFile("quantised/ct-pack-4")));
    for (const TensorInfo& tensor : expectedTensors(model.config))
        CHECK(valuesOf(*model.weights, tensor.name) == valuesOf(*before.weights, tensor.name));
}

HILO_TEST(columnsMayHaveGroupsByIndex)
{
    const TemporaryFolder folder;
    const std::string module = "model.layers.0.self_attn.q_proj";
    writeChangedModel("quantised/ct-pack-4", folder.path(), [&](ChangedTensors& tensors) {
        ChangedTensor groups = zeros({32}, DataType::I32);
        groups.bytes[4 * 31] = std::byte{1};
        tensors[module + ".weight_g_idx"] = groups;
    });
    const ModelSource model = REQUIRE_OK(openModel(folder.path()));
    const ModelSource before = REQUIRE_OK(openModel(dataFile("quantised/ct-pack-4")));
    const std::vector<float> own = valuesOf(*model.weights, module + ".weight");
    const std::vector<float> usual = valuesOf(*before.weights, module + ".weight");
    CHECK(std::equal(own.begin(), own.begin() + 16, usual.begin()));
    CHECK_EQ(own[31], usual[31]);
    CHECK(!std::equal(own.begin() + 16, own.begin() + 31, usual.begin() + 16));
}

HILO_TEST(plainWeightsOfModulesThatAreNotConvertedStayAsTheyAre)
{
    const auto plain = [](ChangedTensors& tensors) {
        const std::string name = "model.layers.0.mlp.up_proj.weight";
        tensors[name] = filled(tensors[name].shape, 0.5f);
        // Scales that are left over, of a module that is not converted, are not used.
        tensors[name + "_scale_inv"] = filled({4, 1}, 3);
    };
    const auto listed = [](Json& config) {
        config["quantization_config"]["modules_to_not_convert"] = {"lm_head", "model.layers.0.mlp.up_proj"};
    };
    const TemporaryFolder folder;
    writeChangedModel("quantised/fp8", folder.path(), plain, listed);
    const ModelSource model = REQUIRE_OK(openModel(folder.path()));
    for (const float value : valuesOf(*model.weights, "model.layers.0.mlp.up_proj.weight"))
        CHECK_EQ(value, 0.5f);
    const TemporaryFolder other;
    writeChangedModel("quantised/fp8", other.path(), plain);
    const Error error = REQUIRE_ERROR(openModel(other.path()));
    CHECK_CONTAINS(error.place, "up_proj.weight_scale_inv");
    CHECK_CONTAINS(error.message, "modules_to_not_convert");
}

HILO_TEST(codesOfModulesThatAreNotConvertedAreReadAndTold)
{
    const TemporaryFolder folder;
    writeChangedModel(
        "quantised/awq", folder.path(), [](ChangedTensors&) {},
        [](Json& config) {
            config["quantization_config"]["modules_to_not_convert"] = {"self_attn", "down_proj",
                                                                       "model.layers.0.self_attn"};
        });
    const ModelSource model = REQUIRE_OK(openModel(folder.path()));
    CHECK(model.weights != nullptr);
    CHECK_EQ(model.notes.size(), 1u);
    CHECK_CONTAINS(model.notes.at(0), "4 more");
}

namespace {

/// A model of int8 codes with one scale for each weight, as compressed-tensors' strategy "tensor" has them.
ModelSource withScales(const std::string& status, DataType type, const std::vector<std::int64_t>& scaleShape,
                       const std::filesystem::path& folder)
{
    writeChangedModel(
        "llama", folder,
        [&](ChangedTensors& tensors) {
            const ChangedTensors before = tensors;
            int number = 0;
            for (const auto& [name, tensor] : before)
                if (name.ends_with("_proj.weight")) {
                    ChangedTensor& codes = tensors[name] = zeros(tensor.shape, DataType::I8);
                    for (std::size_t i = 0; i < codes.bytes.size(); ++i)
                        codes.bytes[i] = static_cast<std::byte>(i * 37 + 11);
                    ChangedTensor& scale = tensors[name + "_scale"] = zeros(scaleShape, type);
                    const float value = 0.0037f + 0.0001f * static_cast<float>(number++);
                    const auto bits = std::bit_cast<std::uint32_t>(value);
                    if (type == DataType::F32)
                        std::memcpy(scale.bytes.data(), &bits, 4);
                    else
                        std::memcpy(scale.bytes.data(), reinterpret_cast<const char*>(&bits) + 2, 2); // cut to bfloat16
                }
        },
        [&](Json& config) {
            config["quantization_config"] = {
                {"quant_method", "compressed-tensors"},
                {"format", "int-quantized"},
                {"quantization_status", status},
                {"config_groups",
                 {{"group_0",
                   {{"targets", {"Linear"}},
                    {"weights", {{"num_bits", 8}, {"type", "int"}, {"symmetric", true}, {"strategy", "tensor"}}}}}}},
                {"ignore", {"lm_head"}}};
        });
    return REQUIRE_OK(openModel(folder));
}

} // namespace

/// A weight is its code times the scale, computed in the scale's type (vllm-project/compressed-tensors:
/// quantization/lifecycle/forward.py, _dequantize).
HILO_TEST(oneScaleForAWeightOfBytes)
{
    for (const std::string status : {"compressed", "frozen"})
        for (const DataType type : {DataType::F32, DataType::BF16})
            for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{1}, std::vector<std::int64_t>{}}) {
                const TemporaryFolder folder;
                const ModelSource model = withScales(status, type, shape, folder.path());
                int number = 0;
                for (const TensorInfo& tensor : expectedTensors(model.config)) {
                    if (!tensor.name.ends_with("_proj.weight"))
                        continue;
                    ++number;
                    const auto stored = REQUIRE_OK(openSafetensors(folder / "model.safetensors"));
                    float scale = 0;
                    for (const TensorView& view : stored.tensors)
                        if (view.info.name == tensor.name + "_scale") {
                            std::uint32_t bits = 0;
                            std::memcpy(reinterpret_cast<char*>(&bits) + (type == DataType::F32 ? 0 : 2),
                                        view.bytes.data(), view.bytes.size());
                            scale = std::bit_cast<float>(bits);
                        }
                    CHECK(scale > 0.003f);
                    const std::vector<float> values = valuesOf(*model.weights, tensor.name);
                    for (std::size_t i = 0; i < values.size(); ++i) {
                        const auto code = static_cast<float>(static_cast<std::int8_t>((i * 37 + 11) & 255));
                        const float exact = code * scale;
                        const float expected = type == DataType::F32 ? exact : bfloat16ToFloat(floatToBfloat16(exact));
                        CHECK_EQ(values[i], expected);
                    }
                }
                CHECK(number > 0);
            }
}

/// Codes of another kind than the description gives.
HILO_TEST(floatsThatAreDescribedAsIntegersAreRefused)
{
    const TemporaryFolder folder, other;
    withScales("compressed", DataType::F32, {1}, folder.path());
    const std::filesystem::path source = folder / "model.safetensors";
    std::vector<TensorToWrite> tensors;
    const auto stored = REQUIRE_OK(openSafetensors(source));
    for (const TensorView& view : stored.tensors)
        tensors.push_back({view.info.name, view.info.shape,
                           view.info.type == DataType::I8 ? DataType::F8_E4M3 : view.info.type, view.bytes});
    REQUIRE_OK(writeSafetensors(other / "model.safetensors", tensors));
    std::filesystem::copy_file(folder / "config.json", other / "config.json");
    const Error error = REQUIRE_ERROR(openModel(other.path()));
    CHECK_CONTAINS(describe(error), "_proj.weight");
    CHECK_CONTAINS(describe(error), "F8_E4M3");
}

/// Checkpoints of codes that say "frozen" are read as those that say "compressed"; plain weights that do stay plain.
HILO_TEST(frozenCheckpointsAreReadByWhatTheyHold)
{
    for (const std::filesystem::path& folder : fixtures()) {
        const std::string name = folder.filename().string();
        if (!name.starts_with("ct-"))
            continue;
        const TemporaryFolder frozen;
        writeChangedModel(
            "quantised/" + name, frozen.path(), [](ChangedTensors&) {},
            [](Json& config) { config["quantization_config"]["quantization_status"] = "frozen"; });
        const ModelSource expected = REQUIRE_OK(openModel(folder)), found = REQUIRE_OK(openModel(frozen.path()));
        CHECK(found.weights != nullptr);
        for (const TensorInfo& tensor : expectedTensors(expected.config))
            CHECK_EQ(bitsOf(valuesOf(*found.weights, tensor.name)), bitsOf(valuesOf(*expected.weights, tensor.name)));
    }
    const TemporaryFolder plain;
    writeChangedModel(
        "models/llama", plain.path(), [](ChangedTensors&) {},
        [](Json& config) {
            config["quantization_config"] = {{"quant_method", "compressed-tensors"},
                                             {"format", "naive-quantized"},
                                             {"quantization_status", "frozen"}};
        });
    const ModelSource model = REQUIRE_OK(openModel(plain.path()));
    CHECK(model.weights != nullptr && model.quantisation.empty());
    CHECK_CONTAINS(model.notes.front(), "plain numbers");
}
