// SPDX-License-Identifier: GPL-3.0-or-later
// Models that are mixtures of experts themselves: what config.json says, and what may be wrong with their files.
#include "formats/base_expert_modules.h"
#include "formats/expert_tensors.h"
#include "formats/mixture_layout.h"
#include "formats/model_source.h"

#include "changed_model.h"
#include "formats/layer_modules.h"
#include "support/testing.h"

#include <cmath>
#include <cstring>

using namespace hilo;
using namespace hilo::testing;

namespace {

Json least(const std::string& family)
{
    Json document = {{"model_type", family},         {"vocab_size", 50},         {"hidden_size", 64},
                     {"num_hidden_layers", 4},       {"num_attention_heads", 8}, {"intermediate_size", 96},
                     {"max_position_embeddings", 32}};
    if (family == "qwen3_moe" || family == "qwen2_moe")
        document["moe_intermediate_size"] = 24;
    if (family == "qwen2_moe")
        document["num_key_value_heads"] = 8; // its class has 16 of both
    if (family == "gpt_oss")
        document["rope_parameters"] = {{"rope_type", "default"}, {"rope_theta", 150000}};
    return document;
}

ModelConfig withKeys(const std::string& family, const Json& keys = Json::object())
{
    Json document = least(family);
    document.update(keys);
    return REQUIRE_OK(parseModelConfig(document, "config.json"));
}

Error errorOf(const std::string& family, const Json& keys)
{
    Json document = least(family);
    document.update(keys);
    const Error error = REQUIRE_ERROR(parseModelConfig(document, "config.json"));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.file, "config.json");
    return error;
}

Error openChanged(const std::string& family, const std::function<void(ChangedTensors&)>& change,
                  const std::function<void(Json&)>& changeConfig = {})
{
    const TemporaryFolder folder;
    writeChangedModel(family, folder.path(), change, changeConfig);
    const Error error = REQUIRE_ERROR(openModel(folder.path()));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK(!error.file.empty() && !error.hint.empty());
    return error;
}

std::vector<float> valuesOf(const ModelSource& model, const TensorInfo& tensor)
{
    std::vector<float> values(static_cast<std::size_t>(elementsOf(tensor)));
    REQUIRE_OK(model.weights->readFloat32(tensor.name, values));
    return values;
}

} // namespace

HILO_TEST(defaultsAreThoseOfTheClasses)
{
    const BaseMixture qwen3 = withKeys("qwen3_moe").mixture;
    CHECK(qwen3.experts == 128 && qwen3.active == 8 && qwen3.intermediate == 24 && !qwen3.weightsSumToOne);
    const BaseMixture mixtral = withKeys("mixtral").mixture;
    CHECK(mixtral.experts == 8 && mixtral.active == 2 && mixtral.intermediate == 96 && mixtral.weightsSumToOne);
    const BaseMixture olmoe = withKeys("olmoe").mixture;
    CHECK(olmoe.experts == 64 && olmoe.active == 8 && !olmoe.weightsSumToOne);
    const BaseMixture granite = withKeys("granitemoe").mixture;
    CHECK(granite.experts == 8 && granite.active == 2 && granite.weightsSumToOne && granite.fusedExperts);
    const BaseMixture gptOss = withKeys("gpt_oss").mixture;
    CHECK(gptOss.experts == 128 && gptOss.active == 4 && gptOss.weightsSumToOne && gptOss.biases);
    CHECK(gptOss.gateSlope == 1.702 && gptOss.limit == 7);
    CHECK(withKeys("gpt_oss").attentionSinks);
    CHECK_EQ(withKeys("gpt_oss").windows, (std::vector<std::int64_t>{128, 0, 128, 0}));
    CHECK_EQ(withKeys("mixtral").rope.theta, 1e6);
    CHECK_EQ(withKeys("olmoe", {{"clip_qkv", 8}}).clipQueryKeyValue, 8);
    CHECK(!withKeys("olmoe", {{"clip_qkv", nullptr}}).clipQueryKeyValue);
    const BaseMixture qwen2 = withKeys("qwen2_moe").mixture;
    CHECK(qwen2.experts == 60 && qwen2.active == 4 && qwen2.intermediate == 24 && !qwen2.weightsSumToOne);
    CHECK(qwen2.sharedIntermediate == 5632 && qwen2.sharedGate);
    CHECK(withKeys("qwen2_moe").queryKeyValueBias && !withKeys("qwen2_moe").outputBias);
    CHECK(!withKeys("qwen2_moe", {{"qkv_bias", false}}).queryKeyValueBias);
    const BaseMixture graniteShared = withKeys("granitemoeshared").mixture;
    CHECK(graniteShared.experts == 8 && graniteShared.sharedIntermediate == 0 && !graniteShared.sharedGate);
    for (const char* family : {"qwen3_moe", "mixtral", "olmoe", "granitemoe", "gpt_oss", "granitemoeshared"}) {
        std::string names;
        for (const ModuleShape& shape : layerModules(withKeys(family), 0))
            names += shape.name + " ";
        CHECK_EQ(names, "q_proj k_proj v_proj o_proj ");
    }
}

HILO_TEST(anExpertThatEveryTokenPassesIsMadeOfModules)
{
    const auto modulesOf = [](const ModelConfig& config, std::int64_t layer) {
        std::string text;
        for (const ModuleShape& shape : layerModules(config, layer))
            if (shape.inputGroup > 1)
                text += shape.path + " " + std::to_string(shape.in) + "x" + std::to_string(shape.out) + " ";
        return text;
    };
    const Json shared = {{"shared_expert_intermediate_size", 40}, {"mlp_only_layers", {1}}};
    const ModelConfig qwen2 = withKeys("qwen2_moe", shared);
    CHECK_EQ(modulesOf(qwen2, 0), "mlp.shared_expert.gate_proj 64x40 mlp.shared_expert.up_proj 64x40 "
                                  "mlp.shared_expert.down_proj 40x64 ");
    // Where one MLP stands in the experts' place, it is made of modules.
    CHECK_EQ(modulesOf(qwen2, 1), "mlp.gate_proj 64x96 mlp.up_proj 64x96 mlp.down_proj 96x64 ");
    CHECK_EQ(layerModules(qwen2, 0)[4].name, "shared_expert.gate_proj");
    const std::string granite = "shared_mlp.input_linear 64x80 shared_mlp.output_linear 40x64 ";
    CHECK_EQ(modulesOf(withKeys("granitemoeshared", {{"shared_intermediate_size", 40}}), 2), granite);
    const Json hybrid = {{"shared_intermediate_size", 40},
                         {"num_local_experts", 4},
                         {"layer_types", std::vector<std::string>(4, "attention")}};
    const ModelConfig experts = withKeys("granitemoehybrid", hybrid);
    CHECK_EQ(modulesOf(experts, 2), granite);
    CHECK(experts.mixture.experts == 4 && experts.mixture.intermediate == 96 && experts.intermediate == 96);
    // Its dense form has the same module without experts.
    Json dense = hybrid;
    dense["num_local_experts"] = 0;
    CHECK_EQ(modulesOf(withKeys("granitemoehybrid", dense), 2), granite);
    CHECK(!withKeys("granitemoehybrid", dense).mixture.isMixture());
    CHECK_EQ(withKeys("granitemoehybrid", dense).intermediate, 40);
}

HILO_TEST(expertsMayStandBesideTheMlp)
{
    const Json keys = {{"enable_moe_block", true},
                       {"num_experts", 6},
                       {"top_k_experts", 2},
                       {"moe_intermediate_size", 24},
                       {"hidden_size_per_layer_input", 0}};
    const ModelConfig model = withKeys("gemma4_text", keys);
    CHECK(model.mixture.experts == 6 && model.mixture.active == 2 && model.mixture.intermediate == 24);
    CHECK(model.mixture.besideMlp && model.mixture.weightsSumToOne && model.mixture.hasMlp(1));
    CHECK_EQ(model.intermediate, 96);
    CHECK_EQ(layerModules(model, 1).back().path, "mlp.down_proj");
    const std::vector<ModuleShape> experts = baseExpertModules(model, 1);
    CHECK(experts.size() == 2 && experts[0].path == "experts.gate_up_proj" && experts[1].out == model.hidden);
    // Without the flag its numbers say nothing.
    Json without = keys;
    without["enable_moe_block"] = false;
    CHECK(!withKeys("gemma4_text", without).mixture.isMixture());
}

HILO_TEST(layersSlideBelowMaxWindowLayersInTurns)
{
    const Json windows = {{"use_sliding_window", true}, {"sliding_window", 6}};
    using Windows = std::vector<std::int64_t>;
    Json below = windows;
    below["max_window_layers"] = 2;
    CHECK_EQ(withKeys("qwen2_moe", windows).windows, (Windows{6, 0, 6, 0}));
    CHECK_EQ(withKeys("qwen2_moe", below).windows, (Windows{6, 0, 0, 0}));
    CHECK_EQ(withKeys("qwen2_moe", {{"sliding_window", 6}}).windows, Windows(4, 0));
    Json listed = windows;
    listed["layer_types"] = {"full_attention", "sliding_attention", "full_attention", "full_attention"};
    CHECK_EQ(withKeys("qwen2_moe", listed).windows, (Windows{0, 6, 0, 0}));
}

HILO_TEST(keysOfBothVersionsOfTransformersAreRead)
{
    CHECK_EQ(withKeys("qwen3_moe", {{"num_experts", 16}}).mixture.experts, 16);
    CHECK_EQ(withKeys("qwen3_moe", {{"num_local_experts", 16}}).mixture.experts, 16);
    CHECK_EQ(errorOf("qwen3_moe", {{"num_experts", 16}, {"num_local_experts", 8}}).place, "num_local_experts");
    CHECK(withKeys("qwen3_moe", {{"norm_topk_prob", true}}).mixture.weightsSumToOne);
    using Layers = std::vector<bool>;
    CHECK(withKeys("qwen3_moe", {{"decoder_sparse_step", 2}}).mixture.layers == (Layers{false, true, false, true}));
    CHECK(withKeys("qwen3_moe", {{"mlp_only_layers", {0, 3}}}).mixture.layers == (Layers{false, true, true, false}));
    // All layers slide in this class, whatever max_window_layers says.
    CHECK_EQ(
        withKeys("qwen3_moe", {{"use_sliding_window", true}, {"sliding_window", 6}, {"max_window_layers", 2}}).windows,
        std::vector<std::int64_t>(4, 6));
    CHECK_EQ(withKeys("qwen3_moe", {{"sliding_window", 6}}).windows, std::vector<std::int64_t>(4, 0));
}

HILO_TEST(refusesAnotherRoutingThanTheFamilys)
{
    const std::vector<std::tuple<std::string, Json, std::string>> asked = {
        {"qwen3_moe", {{"num_experts", 4}, {"num_experts_per_tok", 5}}, "num_experts_per_tok"},
        {"mixtral", {{"num_experts_per_tok", 9}}, "num_experts_per_tok"},
        {"mixtral", {{"num_experts_per_tok", 0}}, "num_experts_per_tok"},
        {"mixtral", {{"num_local_experts", 0}}, "num_local_experts"},
        {"qwen3_moe", {{"num_experts", 1 << 20}}, "num_experts"},
        {"qwen3_moe", {{"num_experts", 4096}, {"num_hidden_layers", 64}}, "num_experts"},
        {"qwen3_moe", {{"scoring_func", "sigmoid"}}, "scoring_func"},
        {"olmoe", {{"topk_method", "noaux_tc"}}, "topk_method"},
        {"mixtral", {{"norm_topk_prob", false}}, "norm_topk_prob"},
        {"olmoe", {{"routed_scaling_factor", 2.5}}, "routed_scaling_factor"},
        {"granitemoe", {{"shared_intermediate_size", 32}}, "shared_intermediate_size"},
        {"qwen3_moe", {{"shared_expert_intermediate_size", 32}}, "shared_expert_intermediate_size"},
        {"mixtral", {{"shared_intermediate_size", 32}}, "shared_intermediate_size"},
        {"qwen2_moe", {{"shared_expert_intermediate_size", -1}}, "shared_expert_intermediate_size"},
        {"qwen2_moe", {{"n_shared_experts", 2}}, "n_shared_experts"},
        {"granitemoeshared", {{"shared_intermediate_size", "wide"}}, "shared_intermediate_size"},
        {"mixtral", {{"mlp_only_layers", {1}}}, "mlp_only_layers"},
        {"qwen3_moe", {{"mlp_only_layers", {4}}}, "mlp_only_layers[0]"},
        {"qwen3_moe", {{"mlp_only_layers", {"first"}}}, "mlp_only_layers[0]"},
        {"qwen3_moe", {{"decoder_sparse_step", 0}}, "decoder_sparse_step"},
        {"qwen3_moe", {{"moe_intermediate_size", nullptr}}, "moe_intermediate_size"},
        {"olmoe", {{"clip_qkv", -1}}, "clip_qkv"},
        {"gpt_oss", {{"hidden_act", "gelu"}}, "hidden_act"},
        {"gpt_oss", {{"swiglu_limit", 0}}, "swiglu_limit"},
        {"gpt_oss", {{"sliding_window", nullptr}}, "sliding_window"},
        {"mixtral", {{"swiglu_limit", 7}}, "swiglu_limit"},
        {"mixtral", {{"attention_bias", true}}, "attention_bias"},
        {"olmoe", {{"head_dim", 16}}, "head_dim"},
    };
    for (const auto& [family, keys, place] : asked)
        CHECK_EQ(errorOf(family, keys).place, place);
    CHECK_CONTAINS(errorOf("qwen3_moe", {{"scoring_func", "sigmoid"}}).message, "sigmoid");
    // What asks for nothing is no reason.
    withKeys("qwen3_moe", {{"scoring_func", "softmax"}, {"n_shared_experts", 0}, {"routed_scaling_factor", 1.0}});
    withKeys("mixtral", {{"norm_topk_prob", true}, {"mlp_only_layers", Json::array()}});
}

HILO_TEST(aMissingOrMisshapedPartIsNamed)
{
    const auto erase = [](const std::string& name) {
        return [name](ChangedTensors& tensors) { CHECK_EQ(tensors.erase(name), 1u); };
    };
    const auto reshape = [](const std::string& name, std::vector<std::int64_t> shape) {
        return [name, shape](ChangedTensors& tensors) {
            CHECK(tensors.contains(name));
            tensors[name] = filled(shape, 0);
        };
    };
    const auto placeOf = [](const std::string& name) { return "tensor \"" + name + "\""; };
    const std::vector<std::pair<std::string, std::string>> needed = {
        {"qwen3_moe", "model.layers.2.mlp.experts.4.up_proj.weight"},
        {"qwen3_moe", "model.layers.1.mlp.gate.weight"},
        {"qwen3_moe", "model.layers.0.mlp.down_proj.weight"},
        {"mixtral", "model.layers.1.block_sparse_moe.experts.3.w2.weight"},
        {"granitemoe", "model.layers.1.block_sparse_moe.output_linear.weight"},
        {"gpt_oss", "model.layers.1.mlp.experts.gate_up_proj_bias"},
        {"gpt_oss", "model.layers.0.self_attn.sinks"},
    };
    for (const auto& [family, name] : needed) {
        CHECK_EQ(openChanged(family, erase(name)).place, placeOf(name));
        CHECK_EQ(openChanged(family, reshape(name, {3, 2})).place, placeOf(name));
    }
    // In one tensor: it is the stored one that is named.
    const std::string fused = "model.layers.1.mlp.experts.gate_up_proj";
    CHECK_EQ(openChanged("mixtral-fused", reshape(fused, {4, 21, 10})).place, placeOf(fused));
    CHECK_EQ(openChanged("mixtral-fused", erase(fused)).place,
             placeOf("model.layers.1.block_sparse_moe.experts.0.w1.weight"));
    CHECK_EQ(openChanged("granitemoe-fused", reshape("model.layers.0.block_sparse_moe.router.weight", {4, 18})).place,
             placeOf("model.layers.0.block_sparse_moe.router.layer.weight"));
    const std::string packed = "model.layers.0.mlp.experts.down_proj";
    CHECK_EQ(openChanged("gpt_oss-mxfp4", erase(packed + "_scales")).place, placeOf(packed + "_scales"));
    CHECK_EQ(openChanged("gpt_oss-mxfp4", reshape(packed + "_blocks", {3, 32, 1, 16})).place,
             placeOf(packed + "_blocks"));
    CHECK_EQ(openChanged(
                 "gpt_oss-mxfp4", [&](ChangedTensors&) {}, [](Json& config) { config["intermediate_size"] = 48; })
                 .place,
             placeOf("model.layers.0.mlp.experts.gate_up_proj"));
    // More experts in the files than config.json says.
    CHECK_EQ(openChanged(
                 "qwen3_moe", [](ChangedTensors&) {}, [](Json& config) { config["num_local_experts"] = 4; })
                 .place,
             placeOf("model.layers.1.mlp.gate.weight"));
}

/// transformers 5 writes the same model in two ways; every expert's weights are pieces of the other form's.
HILO_TEST(fusedExpertsAreFoundInPlace)
{
    const ModelSource model = REQUIRE_OK(openModel(dataFile("families/mixtral-fused")));
    for (const TensorInfo& tensor : expectedTensors(model.config)) {
        const auto view = model.weights->view(tensor.name);
        CHECK(view.has_value());
        CHECK(view->info.shape == tensor.shape && view->info.name == tensor.name);
        CHECK_EQ(view->bytes.size(), static_cast<std::size_t>(4 * elementsOf(tensor)));
        const std::vector<float> values = valuesOf(model, tensor);
        CHECK(std::memcmp(values.data(), view->bytes.data(), view->bytes.size()) == 0);
        CHECK_EQ(model.weights->find(tensor.name)->bytes, view->bytes.size());
    }
    for (const TensorInfo& tensor : model.weights->tensors())
        CHECK(tensor.name.find("gate_up_proj") == std::string::npos);
}

HILO_TEST(mxfp4IsReadAsNumbers)
{
    const ModelSource model = REQUIRE_OK(openModel(dataFile("families/gpt_oss-mxfp4")));
    CHECK_CONTAINS(model.quantisation, "mxfp4");
    const auto found = model.weights->find("model.layers.1.mlp.experts.down_proj");
    CHECK(found && found->typeName() == "MXFP4");
    CHECK(!model.weights->view(found->name).has_value());
    // All are E2M1 numbers times 2^-5 … 2^-2, and none is left out.
    std::size_t zeros = 0;
    for (const float value : valuesOf(model, *found)) {
        const float scaled = value * 64;
        CHECK(scaled == std::floor(scaled) && std::abs(value) <= 1.5F);
        zeros += value == 0;
    }
    CHECK(zeros < static_cast<std::size_t>(elementsOf(*found)) / 4);
    // Without the declaration in config.json too.
    const TemporaryFolder folder;
    writeChangedModel(
        "gpt_oss-mxfp4", folder.path(), [](ChangedTensors&) {},
        [](Json& config) { config.erase("quantization_config"); });
    const ModelSource undeclared = REQUIRE_OK(openModel(folder.path()));
    CHECK_CONTAINS(undeclared.quantisation, "mxfp4");
    CHECK(valuesOf(undeclared, *found) == valuesOf(model, *found));
}
