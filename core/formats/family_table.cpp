// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/family_table.h"

#include "formats/family_entry.h"
#include "formats/mixture_families.h"

#include <algorithm>

// The numbers are the defaults of transformers' configuration classes (models/<model_type>/configuration_*.py); what
// the blocks are made of is read from its modeling_*.py.
namespace hilo {
namespace {

FamilyEntry llamaFamily()
{
    FamilyEntry one = familyEntry(Family::Llama, "llama");
    biasOfAttention(one, "attention_bias", false);
    one.mlpBias = {"mlp_bias", false};
    return one;
}

FamilyEntry mistralFamily()
{
    FamilyEntry one = familyEntry(Family::Mistral, "mistral");
    one.keyValueHeads = 8;
    one.maximumPositions = 131072;
    one.windows = {SlidingLayers::Every, 4096};
    return one;
}

/// layer_types are read here.
FamilyEntry ministralFamily()
{
    FamilyEntry one = mistralFamily();
    one.family = Family::Ministral;
    one.architecture = "ministral";
    one.windows.layers = SlidingLayers::EveryListed;
    return one;
}

FamilyEntry ministral3Family()
{
    FamilyEntry one = familyEntry(Family::Ministral3, "ministral3");
    one.keyValueHeads = 8;
    one.headDimension = 128;
    one.maximumPositions = 262144;
    one.epsilon.usual = 1e-5;
    one.windows = {SlidingLayers::Every, 0};
    one.rope.positionScale = true;
    one.rope.mustBeGiven = true;
    return one;
}

FamilyEntry qwen2Family()
{
    FamilyEntry one = familyEntry(Family::Qwen2, "qwen2");
    one.keyValueHeads = 32;
    one.maximumPositions = 32768;
    one.queryKeyValueBias = {nullptr, true};
    one.windows = {SlidingLayers::FromLayer, 4096};
    one.keys = {"attention_bias"};
    return one;
}

FamilyEntry qwen3Family()
{
    FamilyEntry one = familyEntry(Family::Qwen3, "qwen3");
    one.keyValueHeads = 32;
    one.headDimension = 128;
    one.maximumPositions = 32768;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    biasOfAttention(one, "attention_bias", false);
    one.windows = {SlidingLayers::FromLayer, 4096};
    one.keys = {"use_qk_norm", "qk_norm", "qk_layernorm"};
    return one;
}

FamilyEntry gemmaFamily()
{
    FamilyEntry one = familyEntry(Family::Gemma, "gemma");
    one.keyValueHeads = 16;
    one.headDimension = 256;
    one.maximumPositions = 8192;
    one.tiedEmbeddings = one.normAddsOne = one.scaleEmbeddings = true;
    one.activation = Activation::GeluTanh;
    biasOfAttention(one, "attention_bias", false);
    return one;
}

FamilyEntry gemma2Family()
{
    FamilyEntry one = gemmaFamily();
    one.family = Family::Gemma2;
    one.architecture = "gemma2";
    one.keyValueHeads = 4;
    one.postNorms = true;
    one.queryScalar = true;
    one.attentionSoftcap = {"attn_logit_softcapping", 50};
    one.logitSoftcap = {"final_logit_softcapping", 30};
    one.windows = {SlidingLayers::Even, 4096};
    one.keys = {"query_pre_attn_scalar"};
    return one;
}

/// Files of the hub leave out whatever is as in the class, also the sizes.
FamilyEntry gemma3Family()
{
    FamilyEntry one = gemma2Family();
    one.family = Family::Gemma3;
    one.architecture = "gemma3_text";
    one.vocabulary = 262208;
    one.heads = 8;
    one.maximumPositions = 131072;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    // The class stores a cap of the attention and hands it to nobody; see config_keys.h.
    one.attentionSoftcap = {nullptr, 0};
    one.logitSoftcap.usual = 0;
    one.windows = {SlidingLayers::Pattern, 4096, 6, true, false};
    one.rope.theta = 1e6;
    one.rope.localTheta = 1e4;
    one.rope.localThetaKey = "rope_local_base_freq";
    one.ropeLayers = RopeLayers::LocalWhereSliding;
    one.keys = {"query_pre_attn_scalar", "rope_local_base_freq", "use_qk_norm", "attn_logit_softcapping"};
    return one;
}

/// Full layers have heads of their own and turn a part of their pairs; the E sizes share keys and values between layers
/// and have a second embedding.
FamilyEntry gemma4Family()
{
    FamilyEntry one = gemmaFamily();
    one.family = Family::Gemma4;
    one.architecture = "gemma4_text";
    one.vocabulary = 262144;
    one.heads = 8;
    one.keyValueHeads = 4;
    one.maximumPositions = 131072;
    one.normAddsOne = false;
    one.postNorms = true;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    one.valueNorm = true;
    one.attentionScale = {nullptr, 1};
    one.logitSoftcap = {"final_logit_softcapping", 0};
    one.windows = {SlidingLayers::Pattern, 512, 6, false, false};
    one.rope.theta = 1e6;
    one.rope.localTheta = 1e4;
    one.rope.proportionalShare = 0.25;
    one.ropeLayers = RopeLayers::LocalWhereSliding;
    one.layersDiffer = true;
    one.perLayerWidth = 256;
    one.keys = {"use_bidirectional_attention"};
    one.mixture = {128, 8};
    one.mixture.enablingKey = "enable_moe_block";
    one.mixture.activeKey = "top_k_experts";
    one.mixture.intermediateKey = "moe_intermediate_size";
    one.mixture.besideMlp = one.mixture.fused = true;
    return one;
}

FamilyEntry gemma4UnifiedFamily()
{
    FamilyEntry one = gemma4Family();
    one.architecture = "gemma4_unified_text";
    one.maximumPositions = 262144;
    one.windows.window = 1024;
    one.perLayerWidth = -1;
    one.keys = {"use_bidirectional_attention"};
    one.mixture = {};
    return one;
}

FamilyEntry gpt2Family()
{
    FamilyEntry one = familyEntry(Family::Gpt2, "gpt2");
    one.tiedEmbeddings = true;
    one.activation = Activation::GeluTanh;
    one.maximumPositions = 1024;
    return one;
}

FamilyEntry phi3Family()
{
    FamilyEntry one = familyEntry(Family::Phi3, "phi3");
    one.maximumPositions = 4096;
    one.epsilon.usual = 1e-5;
    one.fusedQueryKeyValue = FusedQueryKeyValue::Parts;
    one.fusedGateUp = true;
    one.windows = {SlidingLayers::Every, 0};
    one.rope.shareKey = "partial_rotary_factor";
    one.rope.longRope = true;
    return one;
}

/// One norm in front of attention and MLP, biases everywhere, also of the output head.
FamilyEntry phiFamily()
{
    FamilyEntry one = familyEntry(Family::Phi, "phi");
    one.readsHeadDimension = false;
    layerNormOf(one, "layer_norm_eps");
    one.activation = Activation::GeluTanh;
    one.gatedMlp = false;
    one.parallelBranches = {nullptr, true};
    one.sharedNorm = true;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    one.normsQueriesAndKeys = {"qk_layernorm", false};
    one.queryKeyValueBias = one.outputBias = one.mlpBias = {nullptr, true};
    one.headBias = true;
    one.rope.shareKey = "partial_rotary_factor";
    one.rope.share = 0.5;
    return one;
}

FamilyEntry smolLm3Family()
{
    FamilyEntry one = llamaFamily();
    one.family = Family::SmolLm3;
    one.architecture = "smollm3";
    one.keyValueHeads = 4;
    one.maximumPositions = 32768;
    one.tiedEmbeddings = true;
    one.windows = {SlidingLayers::WithoutRope, 0};
    one.rope.theta = 2e6;
    one.ropeLayers = RopeLayers::Listed;
    one.keys = {"no_rope_layers", "no_rope_layer_interval"};
    return one;
}

FamilyEntry olmo2Family()
{
    FamilyEntry one = familyEntry(Family::Olmo2, "olmo2");
    one.epsilon.usual = 1e-5;
    one.preNorms = false;
    one.postNorms = true;
    one.queryKeyNorm = QueryKeyNorm::Whole;
    biasOfAttention(one, "attention_bias", false);
    return one;
}

FamilyEntry olmo3Family()
{
    FamilyEntry one = olmo2Family();
    one.family = Family::Olmo3;
    one.architecture = "olmo3";
    one.windows = {SlidingLayers::Pattern, 4096, 4, false, false};
    one.rope.theta = one.rope.localTheta = 5e5;
    one.ropeLayers = RopeLayers::LocalWhereSliding;
    return one;
}

FamilyEntry exaone4Family()
{
    FamilyEntry one = olmo2Family();
    one.family = Family::Exaone4;
    one.architecture = "exaone4";
    one.keyValueHeads = 32;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    biasOfAttention(one, nullptr, false);
    one.windows = {SlidingLayers::Pattern, 4096, 4, true, true};
    one.ropeLayers = RopeLayers::SlidingOnlyIfWindow;
    return one;
}

FamilyEntry graniteFamily()
{
    FamilyEntry one = llamaFamily();
    one.family = Family::Granite;
    one.architecture = "granite";
    one.embeddingFactor = {"embedding_multiplier", 1};
    one.residualFactor = {"residual_multiplier", 1};
    one.logitFactor = {"logits_scaling", 1};
    one.dividesLogits = true;
    one.attentionScale = {"attention_multiplier", 1};
    return one;
}

/// With attention in every layer: without experts granite whose MLP is called otherwise, which with experts is the one
/// that every token passes.
FamilyEntry graniteHybridFamily()
{
    FamilyEntry one = graniteFamily();
    one.family = Family::GraniteHybrid;
    one.architecture = "granitemoehybrid";
    one.intermediateKey = "shared_intermediate_size";
    one.mlpBias = {};
    one.fusedGateUp = true;
    one.ropeLayers = RopeLayers::IfPositionType;
    one.mixture = {8, 2, "intermediate_size"};
    one.mixture.fused = one.mixture.mayBeDense = true;
    one.mixture.sharedIntermediateKey = one.intermediateKey;
    one.keys = {"position_embedding_type"};
    return one;
}

FamilyEntry glm4Family()
{
    FamilyEntry one = familyEntry(Family::Glm4, "glm4");
    one.keyValueHeads = 2;
    one.headDimension = 128;
    one.maximumPositions = 131072;
    one.epsilon.usual = 1.5625e-7;
    one.postNorms = true;
    one.fusedGateUp = true;
    one.queryKeyValueBias = {"attention_bias", true};
    one.rope.shareKey = "partial_rotary_factor";
    one.rope.share = 0.5;
    one.rope.interleaved = true;
    return one;
}

FamilyEntry cohere2Family()
{
    FamilyEntry one = familyEntry(Family::Cohere2, "cohere2");
    one.maximumPositions = 8192;
    one.readsHeadDimension = false;
    one.tiedEmbeddings = true;
    layerNormOf(one, "layer_norm_eps");
    one.layerNormBias = false;
    one.parallelBranches = {nullptr, true};
    one.sharedNorm = true;
    biasOfAttention(one, "attention_bias", false);
    one.logitFactor = {"logit_scale", 0.0625};
    one.windows = {SlidingLayers::Pattern, 4096, 4, true, false};
    one.rope.interleaved = true;
    one.ropeLayers = RopeLayers::SlidingOnly;
    // Files of the hub name what the family is: one block for both branches, pairs of neighbours.
    one.keys = {"use_parallel_block", "parallel_attn", "rope_interleaved"};
    return one;
}

FamilyEntry seedOssFamily()
{
    FamilyEntry one = familyEntry(Family::SeedOss, "seed_oss");
    one.keyValueHeads = 8;
    one.headDimension = 128;
    one.maximumPositions = 524288;
    one.queryKeyValueBias = {"attention_bias", true};
    one.outputBias = {"attention_out_bias", false};
    one.mlpBias = {"mlp_bias", false};
    return one;
}

FamilyEntry ernie45Family()
{
    FamilyEntry one = familyEntry(Family::Ernie45, "ernie4_5");
    one.keyValueHeads = 2;
    one.headDimension = 128;
    one.maximumPositions = 131072;
    one.epsilon.usual = 1e-5;
    one.tiedEmbeddings = true;
    biasOfAttention(one, "use_bias", false);
    one.mlpBias = {"use_bias", false};
    one.rope.theta = 5e5;
    one.rope.interleaved = true;
    return one;
}

FamilyEntry hunYuanFamily()
{
    FamilyEntry one = familyEntry(Family::HunYuan, "hunyuan_v1_dense");
    one.epsilon.usual = 1e-5;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    one.queryKeyNormAfterRope = true;
    biasOfAttention(one, "attention_bias", false);
    one.rope.alpha = true;
    one.keys = {"use_qk_norm"};
    return one;
}

FamilyEntry arceeFamily()
{
    FamilyEntry one = llamaFamily();
    one.family = Family::Arcee;
    one.architecture = "arcee";
    one.maximumPositions = 4096;
    one.epsilon.usual = 1e-5;
    one.activation = Activation::Relu2;
    one.gatedMlp = false;
    return one;
}

FamilyEntry apertusFamily()
{
    FamilyEntry one = familyEntry(Family::Apertus, "apertus");
    one.maximumPositions = 65536;
    one.epsilon.usual = 1e-5;
    one.activation = Activation::Xielu;
    one.gatedMlp = false;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    biasOfAttention(one, "attention_bias", false);
    one.rope.theta = 1.2e7;
    one.rope.mustBeGiven = true;
    one.keys = {"qk_norm"};
    return one;
}

FamilyEntry starcoder2Family()
{
    FamilyEntry one = familyEntry(Family::Starcoder2, "starcoder2");
    one.keyValueHeads = 2;
    one.maximumPositions = 4096;
    one.tiedEmbeddings = true;
    layerNormOf(one, "norm_epsilon");
    one.activation = Activation::GeluTanh;
    one.gatedMlp = false;
    biasOfAttention(one, "use_bias", true);
    one.mlpBias = {"use_bias", true};
    one.windows = {SlidingLayers::Every, 0};
    return one;
}

FamilyEntry stableLmFamily()
{
    FamilyEntry one = familyEntry(Family::StableLm, "stablelm");
    one.keyValueHeads = 32;
    one.maximumPositions = 4096;
    one.readsHeadDimension = false;
    layerNormOf(one, "layer_norm_eps");
    one.parallelBranches = {"use_parallel_residual", false};
    one.sharedNorm = true;
    one.queryKeyValueBias = {"use_qkv_bias", false};
    one.rope.shareKey = "partial_rotary_factor";
    one.rope.share = 0.25;
    return one;
}

FamilyEntry gptNeoxFamily()
{
    FamilyEntry one = familyEntry(Family::GptNeox, "gpt_neox");
    one.readsHeadDimension = false;
    layerNormOf(one, "layer_norm_eps");
    one.activation = Activation::GeluErf;
    one.parallelBranches = {"use_parallel_residual", true};
    one.gatedMlp = false;
    one.fusedQueryKeyValue = FusedQueryKeyValue::Heads;
    biasOfAttention(one, "attention_bias", true);
    one.mlpBias = {nullptr, true};
    one.rope.thetaKey = "rotary_emb_base";
    one.rope.shareKey = "rotary_pct";
    one.rope.share = 0.25;
    return one;
}

FamilyEntry nemotronFamily()
{
    FamilyEntry one = llamaFamily();
    one.family = Family::Nemotron;
    one.architecture = "nemotron";
    one.maximumPositions = 4096;
    layerNormOf(one, "norm_eps");
    one.normAddsOne = true;
    one.activation = Activation::Relu2;
    one.gatedMlp = false;
    one.rope.shareKey = "partial_rotary_factor";
    one.rope.share = 0.5;
    return one;
}

/// Gated delta nets in three of four layers.
FamilyEntry qwen35Family()
{
    FamilyEntry one = familyEntry(Family::Qwen35, "qwen3_5_text");
    one.vocabulary = 248320;
    one.heads = 16;
    one.keyValueHeads = 4;
    one.headDimension = 256;
    one.maximumPositions = 32768;
    one.normAddsOne = true;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    one.attentionGate = true;
    biasOfAttention(one, "attention_bias", false);
    one.rope.shareKey = "partial_rotary_factor";
    one.rope.share = 0.25;
    one.rope.sections = true;
    one.linearAttention = true;
    one.keys = {"use_qk_norm", "qk_norm", "attn_output_gate"};
    return one;
}

} // namespace

const std::vector<FamilyEntry>& familyTable()
{
    static const std::vector<FamilyEntry> table = [] {
        std::vector<FamilyEntry> families = {
            llamaFamily(),         mistralFamily(),    qwen2Family(),    qwen3Family(),         gemmaFamily(),
            gemma2Family(),        gpt2Family(),       gemma3Family(),   phi3Family(),          smolLm3Family(),
            olmo2Family(),         olmo3Family(),      graniteFamily(),  graniteHybridFamily(), glm4Family(),
            ministralFamily(),     ministral3Family(), exaone4Family(),  cohere2Family(),       seedOssFamily(),
            ernie45Family(),       hunYuanFamily(),    arceeFamily(),    apertusFamily(),       starcoder2Family(),
            stableLmFamily(),      gptNeoxFamily(),    nemotronFamily(), phiFamily(),           gemma4Family(),
            gemma4UnifiedFamily(), qwen35Family(),
        };
        for (FamilyEntry& one : mixtureFamilies(graniteFamily()))
            families.push_back(std::move(one));
        return families;
    }();
    return table;
}

const FamilyEntry* findFamily(const std::string& architecture)
{
    const auto& table = familyTable();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const FamilyEntry& one) { return architecture == one.architecture; });
    return found == table.end() ? nullptr : &*found;
}

std::string knownFamilies()
{
    std::string text;
    for (const FamilyEntry& one : familyTable())
        text += (text.empty() ? "" : ", ") + std::string(one.architecture);
    return text;
}

} // namespace hilo
