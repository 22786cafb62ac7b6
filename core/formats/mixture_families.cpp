// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/mixture_families.h"

#include "formats/family_entry.h"

// The numbers are the defaults of transformers' configuration classes (models/<model_type>/configuration_*.py); what
// the blocks are made of is read from its modeling_*.py.
namespace hilo {
namespace {

FamilyEntry qwen3MoeFamily()
{
    FamilyEntry one = familyEntry(Family::Qwen3Moe, "qwen3_moe");
    one.keyValueHeads = 4;
    one.maximumPositions = 32768;
    one.queryKeyNorm = QueryKeyNorm::PerHead;
    biasOfAttention(one, "attention_bias", false);
    one.windows = {SlidingLayers::EveryIfUsed, 4096};
    one.mixture = {128, 8, "moe_intermediate_size", {"norm_topk_prob", false}, true};
    one.keys = {"use_qk_norm", "qk_norm", "qk_layernorm"};
    return one;
}

FamilyEntry mixtralFamily()
{
    FamilyEntry one = familyEntry(Family::Mixtral, "mixtral");
    one.keyValueHeads = 8;
    one.maximumPositions = 131072;
    one.epsilon.usual = 1e-5;
    one.windows = {SlidingLayers::Every, 0};
    one.rope.theta = 1e6;
    one.mixture = {8, 2};
    return one;
}

FamilyEntry olmoeFamily()
{
    FamilyEntry one = familyEntry(Family::Olmoe, "olmoe");
    one.maximumPositions = 4096;
    one.readsHeadDimension = false;
    one.epsilon.usual = 1e-5;
    one.queryKeyNorm = QueryKeyNorm::Whole;
    one.clipQueryKeyValue = {"clip_qkv", 0};
    biasOfAttention(one, "attention_bias", false);
    one.mixture = {64, 8, nullptr, {"norm_topk_prob", false}};
    one.keys = {"use_qk_norm", "qk_norm"};
    return one;
}

FamilyEntry graniteMoeFamily(FamilyEntry one)
{
    one.family = Family::GraniteMoe;
    one.architecture = "granitemoe";
    one.mlpBias = {};
    one.mixture = {8, 2};
    one.mixture.fused = true;
    return one;
}

FamilyEntry graniteMoeSharedFamily(const FamilyEntry& granite)
{
    FamilyEntry one = graniteMoeFamily(granite);
    one.family = Family::GraniteMoeShared;
    one.architecture = "granitemoeshared";
    one.fusedGateUp = true;
    one.mixture.sharedIntermediateKey = "shared_intermediate_size";
    return one;
}

FamilyEntry qwen2MoeFamily()
{
    FamilyEntry one = familyEntry(Family::Qwen2Moe, "qwen2_moe");
    one.keyValueHeads = 16;
    one.maximumPositions = 32768;
    one.queryKeyValueBias = {"qkv_bias", true};
    one.windows = {SlidingLayers::EvenBelow, 4096};
    one.mixture = {60, 4, "moe_intermediate_size", {"norm_topk_prob", false}, true};
    one.mixture.sharedIntermediateKey = "shared_expert_intermediate_size";
    one.mixture.sharedIntermediate = 5632;
    one.mixture.sharedGate = true;
    return one;
}

FamilyEntry gptOssFamily()
{
    FamilyEntry one = familyEntry(Family::GptOss, "gpt_oss");
    one.vocabulary = 201088;
    one.heads = 64;
    one.keyValueHeads = 8;
    one.headDimension = 64;
    one.maximumPositions = 131072;
    one.epsilon.usual = 1e-5;
    biasOfAttention(one, "attention_bias", true);
    one.attentionSinks = true;
    one.windows = {SlidingLayers::Even, 128, 0, false, false};
    one.rope.theta = 150000;
    one.rope.mustBeGiven = true;
    one.mixture = {128, 4};
    one.mixture.fused = one.mixture.transposed = one.mixture.biases = true;
    one.mixture.gateSlope = {"swiglu_alpha", 1.702};
    one.mixture.limit = {"swiglu_limit", 7};
    return one;
}

} // namespace

std::vector<FamilyEntry> mixtureFamilies(const FamilyEntry& granite)
{
    return {
        qwen3MoeFamily(), mixtralFamily(), olmoeFamily(), graniteMoeFamily(granite), graniteMoeSharedFamily(granite),
        qwen2MoeFamily(), gptOssFamily()};
}

} // namespace hilo
