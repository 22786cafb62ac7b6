// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/quantised_checkpoint.h"

#include "changed_model.h"
#include "formats/inspection.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

using Change = std::function<void(ChangedTensors&, const std::string& module, ChangedTensor& weight)>;

/// A model whose linear weights are changed; files: name and text of what lies beside it.
Result<ModelSource> openQuantised(const Json& keys, const Change& change,
                                  const std::map<std::string, std::string>& files = {})
{
    const TemporaryFolder folder;
    writeChangedModel(
        "llama", folder.path(),
        [&change](ChangedTensors& tensors) {
            const ChangedTensors before = tensors;
            for (const auto& [name, tensor] : before)
                if (name.ends_with("_proj.weight"))
                    change(tensors, name.substr(0, name.size() - 7), tensors[name]);
        },
        [&keys](Json& config) { config.update(keys); });
    for (const auto& [name, text] : files)
        writeText(folder / name, text);
    auto model = openModel(folder.path());
    if (model)
        REQUIRE_OK(inspectModel(*model));
    return model;
}

void int8(ChangedTensors& tensors, const std::string& module, ChangedTensor& weight)
{
    weight = zeros(weight.shape, DataType::I8);
    tensors[module + ".weight_scale"] = filled({1}, 1);
}

void gptq(ChangedTensors& tensors, const std::string& module, ChangedTensor& weight)
{
    tensors[module + ".qweight"] = zeros({weight.shape[1] / 8, weight.shape[0]}, DataType::I32);
    tensors[module + ".scales"] = zeros({1, weight.shape[0]}, DataType::F16);
    tensors.erase(module + ".weight");
}

void bitsandbytes(ChangedTensors& tensors, const std::string& module, ChangedTensor& weight)
{
    weight = zeros({weight.shape[0] * weight.shape[1] / 2, 1}, DataType::U8);
    tensors[module + ".weight.absmax"] = zeros({2}, DataType::U8);
    tensors[module + ".weight.quant_state.bitsandbytes__nf4"] = zeros({4}, DataType::U8);
}

/// Weights of the right type and shape whose scales lie beside them.
void scaled(ChangedTensors& tensors, const std::string& module, ChangedTensor& /*weight*/)
{
    tensors[module + ".weight_scale_inv"] = filled({1}, 2);
}

void plain(ChangedTensors& /*tensors*/, const std::string& /*module*/, ChangedTensor& /*weight*/) {}

} // namespace

HILO_TEST(namesTheMethodAndRefusesTheWeights)
{
    struct Checkpoint
    {
        Json keys;
        Change change;
        std::map<std::string, std::string> files;
        std::string name;
    };
    const std::vector<Checkpoint> checkpoints = {
        {{{"quantization_config", {{"quant_method", "hqq"}, {"nbits", 4}}}}, gptq, {}, "hqq, 4 bits"},
        {{{"quantization_config", {{"quant_method", "gptq"}, {"bits", 4}, {"format", "marlin"}}}},
         gptq,
         {},
         "gptq, marlin, 4 bits"},
        {{{"quantization_config", {{"quant_method", "awq"}, {"bits", 4}, {"version", "gemv"}}}},
         gptq,
         {},
         "awq, 4 bits"},
        {{{"quantization_config", {{"quant_method", "fp8"}, {"fmt", "e5m2"}}}}, scaled, {}, "fp8, e5m2"},
        {{{"quantization", {{"bits", 4}, {"group_size", 64}}}}, gptq, {}, "mlx, 4 bits"},
        {Json::object(), gptq, {{"quantize_config.json", R"({"bits": 5, "damp_percent": NaN})"}}, "gptq, 5 bits"},
        {Json::object(), gptq, {{"quant_config.json", R"({"w_bit": 3, "version": "GEMM"})"}}, "awq, 3 bits"},
        {Json::object(), int8, {{"hf_quant_config.json", R"({"quantization": {"quant_algo": "FP8"}})"}}, "FP8"},
        {Json::object(), int8, {}, "self_attn.q_proj.weight (I8)"},
        {Json::object(), gptq, {}, "qweight (I32)"},
        {Json::object(), bitsandbytes, {}, "weight (U8)"},
    };
    for (const Checkpoint& checkpoint : checkpoints) {
        const ModelSource model = REQUIRE_OK(openQuantised(checkpoint.keys, checkpoint.change, checkpoint.files));
        CHECK(model.weights == nullptr);
        CHECK_CONTAINS(model.quantisation, checkpoint.name);
        const Error error = weightsMissing(model, "training");
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_CONTAINS(error.message, checkpoint.name);
        CHECK_CONTAINS(error.hint, "unquantised");
        CHECK_CONTAINS(error.hint, "nf4");
    }
}

HILO_TEST(showsWhatIsStored)
{
    const TemporaryFolder folder;
    writeChangedModel("llama", folder.path(), [](ChangedTensors& tensors) {
        ChangedTensor& weight = tensors["model.layers.0.mlp.up_proj.weight"];
        weight = zeros(weight.shape, DataType::I8);
    });
    const ModelInspection inspection = REQUIRE_OK(inspectModel(REQUIRE_OK(openModel(folder.path()))));
    CHECK(!inspection.hasWeights);
    CHECK_EQ(inspection.stored.at("I8").tensors, 1);
    CHECK_EQ(inspection.files.size(), 2u);
    CHECK_CONTAINS(toJson(inspection, false)["quantisation"].get<std::string>(), "up_proj.weight (I8)");
}

HILO_TEST(usesPlainWeightsBesideALeftDescriptionAndSaysSo)
{
    const ModelSource model =
        REQUIRE_OK(openQuantised({{"quantization_config", {{"quant_method", "bitsandbytes"}}}}, plain));
    CHECK(model.weights != nullptr);
    CHECK(model.quantisation.empty());
    CHECK_EQ(model.notes.size(), 1u);
    CHECK_CONTAINS(model.notes.at(0), "bitsandbytes");
    const ModelSource empty = REQUIRE_OK(openQuantised({{"quantization_config", Json::object()}}, plain));
    CHECK(empty.notes.empty() && empty.weights != nullptr);
    CHECK_EQ(REQUIRE_ERROR(openQuantised({{"quantization_config", "gptq"}}, plain)).place, "quantization_config");
}

HILO_TEST(aDescriptionWithoutWeightsIsEnoughToPlan)
{
    const TemporaryFolder folder;
    Json config = REQUIRE_OK(readJsonFile(dataFile("models/llama/config.json")));
    config["quantization_config"] = {{"quant_method", "gptq"}};
    REQUIRE_OK(writeJsonFile(folder / "config.json", config));
    const ModelSource model = REQUIRE_OK(openModel(folder.path()));
    CHECK(model.weights == nullptr);
    CHECK_EQ(model.quantisation, "gptq");
}
