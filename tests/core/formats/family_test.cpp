// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/expected_tensors.h"
#include "formats/family_table.h"
#include "formats/layer_modules.h"
#include "formats/model_source.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

using Numbers = std::vector<std::int64_t>;

/// The least that a family's config.json has to say.
Json least(const std::string& family)
{
    Json document = {{"model_type", family},         {"vocab_size", 50},         {"hidden_size", 64},
                     {"num_hidden_layers", 4},       {"num_attention_heads", 8}, {"intermediate_size", 96},
                     {"max_position_embeddings", 32}};
    if (family == "stablelm" || family == "exaone4")
        document["num_key_value_heads"] = 8;
    if (family == "granitemoehybrid")
        document.update({{"num_local_experts", 0},
                         {"shared_intermediate_size", 48},
                         {"layer_types", {"attention", "attention", "attention", "attention"}}});
    if (family == "apertus")
        document["rope_parameters"] = {{"rope_type", "default"}};
    if (family == "ministral3")
        document["rope_parameters"] = {{"rope_type", "yarn"},
                                       {"factor", 4},
                                       {"original_max_position_embeddings", 8},
                                       {"max_position_embeddings", 32},
                                       {"llama_4_scaling_beta", 0.1}};
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
    return REQUIRE_ERROR(parseModelConfig(document, "config.json"));
}

Json types(const std::string& letters)
{
    Json list = Json::array();
    for (const char letter : letters)
        list.push_back(letter == 's' ? "sliding_attention" : "full_attention");
    return list;
}

std::string ropesOf(const ModelConfig& model)
{
    std::string text;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        text += model.ropeOf(layer) == LayerRope::Main ? 'm' : model.ropeOf(layer) == LayerRope::Local ? 'l' : '-';
    return text;
}

std::string modulesOf(const ModelConfig& model)
{
    std::string text;
    for (const ModuleShape& shape : layerModules(model, 0))
        text += (text.empty() ? "" : " ") + shape.name;
    return text;
}

} // namespace

HILO_TEST(windowsAndRotationsOfEachLayer)
{
    const ModelConfig gemma3 = withKeys("gemma3_text", {{"sliding_window_pattern", 2}, {"head_dim", 8}});
    CHECK_EQ(gemma3.windows, (Numbers{4096, 0, 4096, 0}));
    CHECK_EQ(ropesOf(gemma3), "lmlm");
    CHECK_EQ(gemma3.rope.theta, 1e6);
    CHECK_EQ(gemma3.localRope.theta, 1e4);
    CHECK_EQ(withKeys("gemma3_text").windows, Numbers(4, 4096));
    CHECK_EQ(ropesOf(withKeys("olmo3")), "lllm");
    CHECK_EQ(ropesOf(withKeys("cohere2")), "mmm-");
    CHECK_EQ(withKeys("cohere2", {{"layer_types", types("fsfs")}, {"sliding_window", 9}}).windows,
             (Numbers{0, 9, 0, 9}));
    CHECK_EQ(ropesOf(withKeys("exaone4")), "mmm-");
    // Without a window all layers of exaone4 rotate.
    const ModelConfig full = withKeys("exaone4", {{"sliding_window", nullptr}, {"layer_types", types("ffff")}});
    CHECK_EQ(ropesOf(full), "mmmm");
    CHECK_EQ(full.windows, Numbers(4, 0));
    CHECK_EQ(withKeys("exaone4", {{"sliding_window_pattern", "LLLG"}, {"layer_types", types("sssf")}}).windows,
             (Numbers{4096, 4096, 4096, 0}));
    CHECK_EQ(ropesOf(withKeys("smollm3")), "mmm-");
    CHECK_EQ(ropesOf(withKeys("smollm3", {{"no_rope_layers", {1, 0, 1, 0}}})), "m-m-");
    CHECK_EQ(withKeys("smollm3", {{"use_sliding_window", true}, {"sliding_window", 6}}).windows, (Numbers{0, 0, 0, 6}));
    CHECK_EQ(withKeys("phi3", {{"sliding_window", 7}}).windows, Numbers(4, 7));
    CHECK_EQ(withKeys("ministral", {{"layer_types", types("sfsf")}}).windows, (Numbers{4096, 0, 4096, 0}));
    CHECK_EQ(ropesOf(withKeys("granitemoehybrid")), "----");
    CHECK_EQ(ropesOf(withKeys("granitemoehybrid", {{"position_embedding_type", "rope"}})), "mmmm");
}

HILO_TEST(rotationsOfTheOlderFiles)
{
    // The scaling of transformers 4 is the full layers' alone.
    const ModelConfig gemma3 = withKeys(
        "gemma3_text", {{"rope_scaling", {{"rope_type", "linear"}, {"factor", 8}}}, {"rope_local_base_freq", 5000}});
    CHECK(gemma3.rope.kind == RopeKind::Linear && gemma3.localRope.kind == RopeKind::None);
    CHECK_EQ(gemma3.localRope.theta, 5000);
    CHECK_EQ(withKeys("gemma3_text", {{"rope_theta", 2e6}}).rope.theta, 2e6);
    // The older name of the kind: version 4 reads it there, version 5 passes over it and scales nothing.
    for (const char* family : {"gemma3_text", "olmo3"}) {
        CHECK_EQ(errorOf(family, {{"rope_scaling", {{"type", "linear"}, {"factor", 8}}}}).place, "rope_scaling.type");
        CHECK(withKeys(family, {{"rope_scaling", {{"type", "default"}}}}).rope.kind == RopeKind::None);
        CHECK(withKeys(family, {{"rope_scaling", {{"type", "linear"}, {"rope_type", "linear"}, {"factor", 8}}}})
                  .rope.kind == RopeKind::Linear);
        const Json both = {{"full_attention", {{"type", "linear"}, {"factor", 8}, {"rope_theta", 1e4}}},
                           {"sliding_attention", {{"rope_type", "default"}, {"rope_theta", 1e4}}}};
        CHECK(withKeys(family, {{"rope_parameters", both}}).rope.kind == RopeKind::Linear);
    }
    CHECK_EQ(errorOf("olmo3", {{"rope_theta", 1e4}}).place, "rope_theta");
    CHECK_EQ(errorOf("gemma3_text", {{"rope_parameters", {{"rope_theta", 1e6}}}}).place, "rope_parameters");
    CHECK_EQ(errorOf("apertus", {{"rope_parameters", nullptr}}).place, "rope_parameters");
    CHECK_EQ(errorOf("ministral3", {{"rope_parameters", {{"rope_type", "default"}}}}).place,
             "rope_parameters.llama_4_scaling_beta");
    const ModelConfig ministral3 = withKeys("ministral3");
    CHECK_EQ(ministral3.rope.positionScale, 0.1);
    CHECK_EQ(ministral3.rope.originalMaximumPositions, 8);

    const ModelConfig neox = withKeys("gpt_neox", {{"rotary_pct", 0.5}, {"rotary_emb_base", 500}});
    CHECK_EQ(neox.rope.dimension, 4);
    CHECK_EQ(neox.rope.theta, 500);
    CHECK_EQ(withKeys("gpt_neox", {{"rope_parameters", {{"partial_rotary_factor", 1.0}}}}).rope.dimension, 0);
    CHECK_EQ(withKeys("glm4").rope.dimension, 64);
    CHECK_EQ(withKeys("stablelm").rope.dimension, 2);
    CHECK_EQ(errorOf("phi3", {{"partial_rotary_factor", 0.4}}).place, "partial_rotary_factor");
    const Json alpha = {{"type", "dynamic"}, {"alpha", 1000.0}, {"factor", 1.0}, {"mscale", 1.0}, {"beta_fast", 32}};
    const ModelConfig hunYuan = withKeys("hunyuan_v1_dense", {{"head_dim", 8}, {"rope_scaling", alpha}});
    CHECK(hunYuan.rope.kind == RopeKind::None);
    CHECK_NEAR(hunYuan.rope.theta, 1e4 * std::pow(1000, 8.0 / 6), 1e-3);
    CHECK_EQ(errorOf("llama", {{"rope_scaling", alpha}}).place, "rope_scaling.alpha");
}

HILO_TEST(longRope)
{
    Json scaling = {{"type", "su"}, {"short_factor", {1, 1, 1, 2}}, {"long_factor", {2, 2, 3, 4}}};
    Json keys = {{"rope_scaling", scaling}, {"original_max_position_embeddings", 8}};
    const RopeConfig rope = withKeys("phi3", keys).rope;
    CHECK(rope.kind == RopeKind::LongRope);
    CHECK_EQ(rope.originalMaximumPositions, 8);
    CHECK_NEAR(rope.attentionFactor, std::sqrt(1 + std::log(4.0) / std::log(8.0)), 1e-12);
    CHECK_EQ(rope.longFactors, (std::vector<float>{2, 2, 3, 4}));
    // "yarn" is an older name of it in phi3 alone.
    keys["rope_scaling"]["type"] = "yarn";
    CHECK(withKeys("phi3", keys).rope.kind == RopeKind::LongRope);
    keys["rope_scaling"]["long_factor"] = {2, 2, 3};
    CHECK_EQ(errorOf("phi3", keys).place, "rope_scaling.long_factor");
    keys["rope_scaling"]["long_factor"] = {2, 2, 3, 0};
    CHECK_EQ(errorOf("phi3", keys).place, "rope_scaling.long_factor");
    keys["rope_scaling"] = scaling;
    keys["rope_scaling"]["original_max_position_embeddings"] = 16;
    CHECK_EQ(errorOf("phi3", keys).place, "original_max_position_embeddings");
    keys["rope_scaling"] = {{"type", "linear"}, {"factor", 2}};
    CHECK_EQ(errorOf("phi3", keys).place, "rope_scaling.rope_type");
}

HILO_TEST(blocksOfEachFamily)
{
    CHECK_EQ(modulesOf(withKeys("phi3")), "qkv_proj o_proj gate_up_proj down_proj");
    CHECK_EQ(modulesOf(withKeys("glm4")), "q_proj k_proj v_proj o_proj gate_up_proj down_proj");
    CHECK_EQ(modulesOf(withKeys("granitemoehybrid")), "q_proj k_proj v_proj o_proj input_linear output_linear");
    CHECK_EQ(modulesOf(withKeys("arcee")), "q_proj k_proj v_proj o_proj up_proj down_proj");
    CHECK_EQ(modulesOf(withKeys("starcoder2")), "q_proj k_proj v_proj o_proj c_fc c_proj");
    CHECK_EQ(modulesOf(withKeys("gpt_neox")), "query_key_value dense dense_h_to_4h dense_4h_to_h");
    CHECK_EQ(withKeys("granitemoehybrid").intermediate, 48);
    CHECK_EQ(layerModules(withKeys("glm4"), 0)[4].out, 192);

    const ModelConfig granite = withKeys("granite", {{"logits_scaling", 8}, {"attention_multiplier", 0.5}});
    CHECK_EQ(granite.logitFactor, 0.125);
    CHECK_EQ(granite.attentionScale, 0.5);
    CHECK_EQ(withKeys("granite").attentionScale, 1);
    CHECK_EQ(withKeys("cohere2").logitFactor, 0.0625);
    CHECK_EQ(withKeys("glm4").normEpsilon, 1.5625e-7);
    CHECK_EQ(withKeys("nemotron", {{"norm_eps", 1e-3}}).normEpsilon, 1e-3);
    CHECK(!withKeys("olmo2").preNorms && withKeys("olmo2").postNorms);
    CHECK(withKeys("glm4").queryKeyValueBias && !withKeys("glm4").outputBias);
    CHECK(withKeys("seed_oss", {{"attention_out_bias", true}}).outputBias);
    CHECK(!withKeys("gpt_neox", {{"attention_bias", false}}).queryKeyValueBias);
    CHECK(withKeys("gpt_neox").parallelBranches && !withKeys("stablelm").parallelBranches);
    const ModelConfig phi = withKeys("phi");
    CHECK_EQ(modulesOf(phi), "q_proj k_proj v_proj dense fc1 fc2");
    CHECK(phi.layerNorm && phi.parallelBranches && phi.sharedNorm && phi.activation == Activation::GeluTanh);
    CHECK(phi.queryKeyValueBias && phi.outputBias && phi.mlpBias && phi.headBias && !phi.tiedEmbeddings);
    CHECK_EQ(phi.rope.dimension, 4);
    CHECK(phi.queryKeyNorm == QueryKeyNorm::None);
    CHECK(withKeys("phi", {{"qk_layernorm", true}}).queryKeyNorm == QueryKeyNorm::PerHead);
    CHECK_EQ(withKeys("phi", {{"partial_rotary_factor", 0.25}}).rope.dimension, 2);
    CHECK(withKeys("apertus").activation == Activation::Xielu && withKeys("arcee").activation == Activation::Relu2);
}

HILO_TEST(gatedDeltaNetsInSomeLayers)
{
    const ModelConfig usual = withKeys("qwen3_5_text");
    const LinearAttention& net = usual.linearAttention;
    CHECK(net.layers == (std::vector<bool>{true, true, true, false}));
    CHECK_EQ(net.keyHeads, 16);
    CHECK_EQ(net.valueHeads, 32);
    CHECK_EQ(net.channels(), 2 * 16 * 128 + 32 * 128);
    CHECK_EQ(net.kernel, 4);
    CHECK_EQ(usual.windows, Numbers(4, 0));
    CHECK_EQ(usual.rope.dimension, 64);
    CHECK_EQ(usual.headDimension, 256);
    CHECK(usual.attentionGate && usual.normAddsOne && usual.queryKeyNorm == QueryKeyNorm::PerHead);
    CHECK_EQ(modulesOf(usual), "in_proj_qkv in_proj_z in_proj_b in_proj_a out_proj gate_proj up_proj down_proj");
    const std::vector<ModuleShape> full = layerModules(usual, 3);
    CHECK_EQ(full.front().name, "q_proj");
    CHECK_EQ(full.front().out, 2 * 8 * 256);
    CHECK_EQ(full[3].in, 8 * 256);

    const auto linear = [](const Json& keys) { return withKeys("qwen3_5_text", keys).linearAttention; };
    CHECK(linear({{"full_attention_interval", 2}}).layers == (std::vector<bool>{true, false, true, false}));
    const Json listed = {"full_attention", "linear_attention", "full_attention", "full_attention"};
    CHECK(linear({{"layer_types", listed}}).layers == (std::vector<bool>{false, true, false, false}));
    // Keys of the hub's files, which say what is so anyway; sections of positions are the same ones for text.
    const Json sections = {{"rope_type", "default"},
                           {"rope_theta", 1e7},
                           {"mrope_section", {11, 11, 10}},
                           {"mrope_interleaved", true},
                           {"partial_rotary_factor", 0.5}};
    const ModelConfig hub = withKeys("qwen3_5_text", {{"attn_output_gate", true},
                                                      {"mlp_only_layers", Json::array()},
                                                      {"mtp_num_hidden_layers", 1},
                                                      {"mamba_ssm_dtype", "float32"},
                                                      {"rope_parameters", sections}});
    CHECK_EQ(hub.rope.theta, 1e7);
    CHECK_EQ(hub.rope.dimension, 128);

    const std::vector<std::pair<Json, std::string>> wrong = {
        {{{"layer_types", {"full_attention", "linear_attention", "mamba", "full_attention"}}}, "layer_types[2]"},
        {{{"layer_types", Json::array({"full_attention"})}}, "layer_types"},
        {{{"full_attention_interval", 0}}, "full_attention_interval"},
        {{{"linear_num_key_heads", 5}}, "linear_num_value_heads"},
        {{{"linear_num_value_heads", 0}}, "linear_num_value_heads"},
        {{{"linear_key_head_dim", -1}}, "linear_key_head_dim"},
        {{{"linear_key_head_dim", "wide"}}, "linear_key_head_dim"},
        {{{"linear_num_value_heads", 16384}, {"linear_value_head_dim", 16384}}, "linear_value_head_dim"},
        {{{"linear_conv_kernel_dim", 0}}, "linear_conv_kernel_dim"},
        {{{"hidden_act", "gelu"}}, "hidden_act"},
        {{{"attn_output_gate", false}}, "attn_output_gate"},
        {{{"sliding_window", 8}}, "sliding_window"},
        {{{"num_experts", 8}}, "num_experts"},
        {{{"head_dim", 7}}, "partial_rotary_factor"},
    };
    for (const auto& [keys, place] : wrong)
        CHECK_EQ(errorOf("qwen3_5_text", keys).place, place);
    CHECK_EQ(errorOf("qwen3", {{"attn_output_gate", true}}).place, "attn_output_gate");
    CHECK_EQ(errorOf("qwen3", {{"rope_parameters", sections}}).place, "rope_parameters.mrope_section");
}

HILO_TEST(refusesWhatTheFamilyHasNotHere)
{
    const std::vector<std::tuple<std::string, Json, std::string>> asked = {
        {"granitemoehybrid", {{"num_local_experts", -1}}, "num_local_experts"},
        {"granitemoehybrid", {{"layer_types", {"mamba", "attention", "mamba", "mamba"}}}, "layer_types[0]"},
        {"granitemoehybrid", {{"position_embedding_type", "alibi"}}, "position_embedding_type"},
        {"stablelm", {{"qk_layernorm", true}}, "qk_layernorm"},
        {"cohere2", {{"head_dim", 16}}, "head_dim"},
        {"phi", {{"head_dim", 16}}, "head_dim"},
        {"phi", {{"qk_layernorm", "yes"}}, "qk_layernorm"},
        {"phi", {{"partial_rotary_factor", 0.4}}, "partial_rotary_factor"},
        {"phi", {{"num_attention_heads", 5}}, "num_attention_heads"},
        {"cohere2", {{"sliding_window", nullptr}}, "sliding_window"},
        {"cohere2", {{"use_qk_norm", true}}, "use_qk_norm"},
        {"gpt_neox", {{"num_attention_heads", 6}}, "num_attention_heads"},
        {"gpt_neox", {{"num_key_value_heads", 2}}, "num_key_value_heads"},
        {"smollm3", {{"no_rope_layers", {1, 0}}}, "no_rope_layers"},
        {"smollm3", {{"no_rope_layers", {1, 2, 1, 1}}}, "no_rope_layers"},
        {"smollm3", {{"layer_types", types("sfff")}}, "layer_types[0]"},
        {"granite", {{"num_local_experts", 4}}, "num_local_experts"},
        {"hunyuan_v1_dense", {{"use_cla", true}}, "use_cla"},
        {"phi3", {{"layer_types", types("sfff")}}, "layer_types[0]"},
        {"llama", {{"hidden_act", "xielu"}}, "hidden_act"},
        {"llama", {{"use_bias", true}}, "use_bias"},
        {"gemma3_text", {{"use_bidirectional_attention", true}}, "use_bidirectional_attention"},
        {"gemma4_text", {{"use_bidirectional_attention", "all"}}, "use_bidirectional_attention"},
        {"gemma4_text", {{"enable_moe_block", true}}, "num_experts"},
        {"gemma4_text", {{"enable_moe_block", true}, {"num_experts", 4}}, "top_k_experts"},
        {"gemma4_text",
         {{"enable_moe_block", true}, {"num_experts", 4}, {"top_k_experts", 2}},
         "moe_intermediate_size"},
        {"gemma4_text",
         {{"enable_moe_block", true}, {"num_experts", 4}, {"top_k_experts", 5}, {"moe_intermediate_size", 8}},
         "top_k_experts"},
        {"gemma4_text", {{"enable_moe_block", "yes"}}, "enable_moe_block"},
        {"qwen3_moe", {{"top_k_experts", 2}}, "top_k_experts"},
        {"gemma4_text", {{"sliding_window", nullptr}}, "sliding_window"},
        {"gemma4_text", {{"global_head_dim", 7}}, "global_head_dim"},
        {"gemma4_text", {{"global_head_dim", 0}}, "global_head_dim"},
        {"gemma4_text", {{"attention_k_eq_v", true}, {"num_global_key_value_heads", 3}}, "num_global_key_value_heads"},
        {"gemma4_text", {{"num_kv_shared_layers", 4}}, "num_kv_shared_layers"},
        {"gemma4_text", {{"num_kv_shared_layers", 1}}, "num_kv_shared_layers"},
        {"gemma4_text", {{"vocab_size_per_layer_input", 49}}, "vocab_size_per_layer_input"},
        {"gemma4_text", {{"per_layer_config", {{"4", {{"head_dim", 8}}}}}}, "per_layer_config.4"},
        {"gemma4_text", {{"per_layer_config", {{"first", {{"head_dim", 8}}}}}}, "per_layer_config.first"},
        {"gemma4_text", {{"per_layer_config", {{"3", {{"skip", {"mlp"}}}}}}}, "per_layer_config.3.skip"},
        {"gemma4_text", {{"per_layer_config", {{"3", {{"head_dim", 5}}}}}}, "per_layer_config.3"},
        {"gemma4_text", {{"per_layer_config", {{"1", {{"head_dim", 8}}}}}}, "per_layer_config.1"},
        {"gemma4_text", {{"rope_theta", 1e4}}, "rope_theta"},
        {"gemma4_text", {{"rope_scaling", {{"rope_type", "linear"}, {"factor", 2}}}}, "rope_scaling"},
        {"gemma4_unified_text", {{"enable_moe_block", true}}, "enable_moe_block"},
        {"gemma3_text", {{"rope_scaling", {{"rope_type", "proportional"}}}}, "rope_scaling.rope_type"},
    };
    for (const auto& [family, keys, place] : asked)
        CHECK_EQ(errorOf(family, keys).place, place);
    for (const char* unknown :
         {"qwen3_5_moe_text", "deepseek_v3", "glm4_moe", "qwen3_next", "gemma4_assistant", "gemma3n"}) {
        const Error error = errorOf("llama", {{"model_type", unknown}});
        CHECK_EQ(error.place, "model_type");
        CHECK_CONTAINS(error.hint, knownFamilies());
    }
}

HILO_TEST(layersOfGemma4)
{
    // Files of the hub say what full layers have; without the keys the class does.
    const ModelConfig usual = withKeys("gemma4_text", {{"layer_types", types("sfsf")}, {"num_experts", 128}});
    CHECK_EQ(usual.windows, (Numbers{512, 0, 512, 0}));
    CHECK_EQ(ropesOf(usual), "lmlm");
    CHECK_EQ(usual.headDimension, 256);
    CHECK_EQ(usual.sizesOf(0).headDimension, 256);
    CHECK_EQ(usual.sizesOf(1).headDimension, 512);
    CHECK_EQ(usual.sizesOf(1).keyValueHeads, 4);
    CHECK(!usual.sizesOf(1).keysAreValues && usual.valueNorm && usual.layerScalar && !usual.normAddsOne);
    CHECK_EQ(usual.attentionScale, 1);
    CHECK_EQ(usual.widestHead(), 512);
    CHECK_EQ(usual.perLayerWidth, 256);
    CHECK_EQ(usual.perLayerVocabulary, 262144);
    CHECK(usual.rope.kind == RopeKind::Proportional && usual.localRope.kind == RopeKind::None);
    CHECK_EQ(usual.rope.turnedPairs, 64);
    CHECK_EQ(usual.rope.headDimension, 512);
    CHECK_EQ(usual.localRope.headDimension, 256);
    CHECK_EQ(usual.rope.theta, 1e6);
    CHECK_EQ(usual.localRope.theta, 1e4);

    const Json dense = {{"layer_types", types("ssss")},
                        {"attention_k_eq_v", true},
                        {"global_head_dim", 20},
                        {"num_global_key_value_heads", 2},
                        {"hidden_size_per_layer_input", 0},
                        {"use_bidirectional_attention", "vision"}};
    const ModelConfig large = withKeys("gemma4_text", dense);
    // The class makes the last layer a full one.
    CHECK_EQ(large.windows, (Numbers{512, 512, 512, 0}));
    CHECK_EQ(large.sizesOf(3).keyValueHeads, 2);
    CHECK(large.sizesOf(3).keysAreValues && !large.sizesOf(2).keysAreValues);
    CHECK_EQ(large.rope.turnedPairs, 2);
    CHECK_EQ(large.perLayerWidth, 0);
    // Heads of full layers are counted by another number only where keys are values.
    Json apart = dense;
    apart["attention_k_eq_v"] = false;
    CHECK_EQ(withKeys("gemma4_text", apart).sizesOf(3).keyValueHeads, 4);
    // What transformers writes replaces both keys.
    Json written = dense;
    written["per_layer_config"] = {{"3", {{"head_dim", 24}}}};
    CHECK_EQ(withKeys("gemma4_text", written).sizesOf(3).headDimension, 24);
    CHECK_EQ(withKeys("gemma4_text", written).sizesOf(3).keyValueHeads, 4);
    written["per_layer_config"] = nullptr;
    CHECK_EQ(withKeys("gemma4_text", written).sizesOf(3).headDimension, 256);

    const ModelConfig shared = withKeys("gemma4_text", {{"layer_types", types("sfsf")},
                                                        {"num_kv_shared_layers", 2},
                                                        {"use_double_wide_mlp", true},
                                                        {"attention_k_eq_v", true}});
    CHECK_EQ(shared.keyValueLayerOf(1), 1);
    CHECK_EQ(shared.keyValueLayerOf(2), 0);
    CHECK_EQ(shared.keyValueLayerOf(3), 1);
    CHECK(shared.sharesKeysAndValues(0) && shared.sharesKeysAndValues(1) && !shared.sharesKeysAndValues(3));
    CHECK_EQ(shared.sizesOf(1).intermediate, 96);
    CHECK_EQ(shared.sizesOf(3).intermediate, 192);

    const ModelConfig unified = withKeys("gemma4_unified_text", {{"hidden_size_per_layer_input", 8}});
    CHECK_EQ(unified.perLayerWidth, 0);
    CHECK_EQ(unified.windows, (Numbers{1024, 1024, 1024, 0}));
    CHECK(unified.family == Family::Gemma4);
}

HILO_TEST(rotationsOfGemma4)
{
    const Json sliding = {{"rope_type", "default"}, {"rope_theta", 50}};
    const auto withFull = [&](const Json& full) -> Json {
        return {{"rope_parameters", {{"full_attention", full}, {"sliding_attention", sliding}}}};
    };
    Json full = {{"rope_type", "proportional"}, {"rope_theta", 900}, {"partial_rotary_factor", 0.3}, {"factor", 4}};
    const ModelConfig model = withKeys("gemma4_text", withFull(full));
    // int(0.3 · 512 // 2) as transformers counts.
    CHECK_EQ(model.rope.turnedPairs, 76);
    CHECK_EQ(model.rope.factor, 4);
    CHECK_EQ(model.rope.theta, 900);
    CHECK_EQ(model.localRope.theta, 50);
    full.erase("partial_rotary_factor");
    CHECK_EQ(withKeys("gemma4_text", withFull(full)).rope.turnedPairs, 256);
    const ModelConfig linear =
        withKeys("gemma4_text", withFull({{"rope_type", "linear"}, {"rope_theta", 9}, {"factor", 2}}));
    CHECK(linear.rope.kind == RopeKind::Linear);
    CHECK_EQ(linear.rope.headDimension, 512);
    // Of the default kind the class does not read a share.
    CHECK_EQ(errorOf("gemma4_text", withFull({{"rope_theta", 9}, {"partial_rotary_factor", 0.25}})).place,
             "rope_parameters.full_attention.partial_rotary_factor");
    CHECK_EQ(errorOf("gemma4_text", withFull({{"rope_type", "proportional"}})).place,
             "rope_parameters.full_attention.rope_theta");
    CHECK_EQ(
        errorOf("gemma4_text", withFull({{"rope_type", "proportional"}, {"rope_theta", 9}, {"beta_fast", 2}})).place,
        "rope_parameters.full_attention.beta_fast");
    CHECK_EQ(errorOf("gemma4_text", {{"rope_parameters", {{"full_attention", full}}}}).place,
             "rope_parameters.sliding_attention");
    CHECK_EQ(errorOf("gemma4_text", {{"rope_parameters", full}}).place, "rope_parameters");
}

HILO_TEST(theTextPartOfAWrapper)
{
    const Json text = {{"hidden_size", 64}, {"num_hidden_layers", 4}, {"intermediate_size", 96}};
    const Json document = {{"model_type", "gemma3"}, {"text_config", text}, {"eos_token_id", {1, 106}}};
    const ModelConfig model = REQUIRE_OK(parseModelConfig(document, "config.json"));
    // Files of the hub leave out whatever is as in the class.
    CHECK_EQ(model.architecture, "gemma3_text");
    CHECK(model.insideWrapper && model.tiedEmbeddings);
    CHECK_EQ(model.vocabulary, 262208);
    CHECK_EQ(model.heads, 8);
    CHECK_EQ(model.headDimension, 256);
    CHECK_EQ(model.eosTokens, (Numbers{1, 106}));
    Json broken = document;
    broken["text_config"]["hidden_size"] = "wide";
    CHECK_EQ(REQUIRE_ERROR(parseModelConfig(broken, "config.json")).place, "text_config.hidden_size");
    const Json mistral = {{"model_type", "mistral3"}, {"text_config", least("mistral")}};
    CHECK_EQ(REQUIRE_OK(parseModelConfig(mistral, "config.json")).architecture, "mistral");
    // Where the wrapper says nothing its class's default counts, whatever the text part says.
    for (const auto& [wrapper, family, ties] :
         {std::tuple{"gemma3", "gemma3_text", true}, std::tuple{"mistral3", "mistral", true},
          std::tuple{"gemma4", "gemma4_text", true}, std::tuple{"gemma4_unified", "gemma4_unified_text", true},
          std::tuple{"qwen3_5", "qwen3_5_text", false}}) {
        Json whole = {{"model_type", wrapper}, {"text_config", least(family)}};
        CHECK_EQ(REQUIRE_OK(parseModelConfig(whole, "config.json")).tiedEmbeddings, ties);
        whole["text_config"]["tie_word_embeddings"] = !ties;
        CHECK_EQ(REQUIRE_OK(parseModelConfig(whole, "config.json")).tiedEmbeddings, ties);
        whole["tie_word_embeddings"] = !ties;
        CHECK_EQ(REQUIRE_OK(parseModelConfig(whole, "config.json")).tiedEmbeddings, !ties);
        // Without the text part it's said what is missing.
        for (const Json& wrong : {Json(nullptr), Json("text"), Json::array()}) {
            whole["text_config"] = wrong;
            CHECK_EQ(REQUIRE_ERROR(parseModelConfig(whole, "config.json")).place, "text_config");
        }
        whole.erase("text_config");
        const Error missing = REQUIRE_ERROR(parseModelConfig(whole, "config.json"));
        CHECK_EQ(missing.place, "text_config");
        CHECK_CONTAINS(missing.message, wrapper);
    }
    Json qwen = {{"model_type", "qwen3_5"}, {"text_config", least("qwen3_5_text")}, {"tie_word_embeddings", true}};
    CHECK(REQUIRE_OK(parseModelConfig(qwen, "config.json")).tiedEmbeddings);
    qwen["text_config"]["layer_types"] = Json::array({"linear"});
    CHECK_EQ(REQUIRE_ERROR(parseModelConfig(qwen, "config.json")).place, "text_config.layer_types");
    qwen["model_type"] = "qwen3_5_moe";
    CHECK_CONTAINS(REQUIRE_ERROR(parseModelConfig(qwen, "config.json")).message, "qwen3_5_moe");
    const Json other = {{"model_type", "mistral3"}, {"text_config", {{"model_type", "deepseek_v3"}}}};
    CHECK_CONTAINS(REQUIRE_ERROR(parseModelConfig(other, "config.json")).message, "deepseek_v3");
}

HILO_TEST(keysThatTransformersPassesOverAreSaid)
{
    // Gemma 3's class stores the cap of the attention and never hands it on; around images it has none of the logits.
    const Json caps = {{"attn_logit_softcapping", 1.5}, {"final_logit_softcapping", 2.0}};
    const ModelConfig plain = withKeys("gemma3_text", caps);
    CHECK_EQ(plain.attentionSoftcap, 0);
    CHECK_EQ(plain.logitSoftcap, 2);
    CHECK_EQ(withKeys("gemma2", caps).attentionSoftcap, 1.5);
    Json text = least("gemma3_text");
    text.update(caps);
    CHECK_EQ(
        REQUIRE_OK(parseModelConfig({{"model_type", "gemma3"}, {"text_config", text}}, "config.json")).logitSoftcap, 0);
    for (const bool wrapped : {false, true}) {
        const TemporaryFolder folder;
        const std::filesystem::path source = dataFile(wrapped ? "families/gemma3-wrapped" : "families/gemma3");
        Json document = REQUIRE_OK(readJsonFile(source / "config.json"));
        (wrapped ? document["text_config"] : document).update(caps);
        for (const auto& file : std::filesystem::directory_iterator(source))
            if (file.path().extension() == ".safetensors")
                std::filesystem::copy(file.path(), folder.path());
        writeText(folder / "config.json", document.dump());
        const ModelSource model = REQUIRE_OK(openModel(folder.path()));
        CHECK_EQ(model.notes.size(), wrapped ? 3u : 1u);
        CHECK_CONTAINS(model.notes.front(), "attn_logit_softcapping");
    }
}

HILO_TEST(filesOfTransformersHoldWhatIsExpected)
{
    std::size_t folders = 0;
    for (const auto& folder : std::filesystem::directory_iterator(dataFile("families"))) {
        ++folders;
        const ModelSource model = REQUIRE_OK(openModel(folder.path()));
        const bool wrapped = folder.path().filename().string().ends_with("-wrapped");
        CHECK_EQ(model.config.insideWrapper, wrapped);
        const bool packed = folder.path().filename().string().ends_with("-mxfp4");
        CHECK_EQ(model.notes.size(), wrapped ? 1u : 0u);
        CHECK_EQ(model.quantisation.empty(), !packed);
        std::int64_t stored = 0;
        for (const TensorInfo& tensor : model.weights->tensors())
            stored += elementsOf(tensor);
        if (!wrapped)
            CHECK_EQ(parameterCount(model.config), stored);
    }
    CHECK_EQ(folders, 63u);
}
