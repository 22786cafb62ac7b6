// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_limits.h"

#include "export/gguf_names.h"
#include "formats/block_facts.h"
#include "formats/family_table.h"
#include "formats/gguf_families.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace hilo {
namespace {

enum class GgufHead { Any, Own, Tied };
enum class GgufBiases { Unknown, Optional, Needed };

/// What llama.cpp loads of an architecture.
struct GgufLimits
{
    std::string_view architecture;
    GgufBiases output = GgufBiases::Unknown; ///< of the attention's output
    GgufBiases mlp = GgufBiases::Unknown;
    bool ropeFactors = false; ///< the tensor rope_freqs
    bool wholeHidden = false; ///< heads are hidden / heads
    GgufHead head = GgufHead::Any;
};

const std::vector<GgufLimits>& ggufLimits()
{
    using B = GgufBiases;
    using H = GgufHead;
    static const std::vector<GgufLimits> limits = {
        {"llama", B::Optional, B::Optional, true, false, H::Any},
        {"qwen2", B::Unknown, B::Unknown, false, true, H::Any},
        {"qwen3", B::Unknown, B::Unknown, false, false, H::Any},
        {"gemma", B::Unknown, B::Unknown, false, false, H::Tied},
        {"gemma2", B::Unknown, B::Unknown, false, false, H::Tied},
        {"gemma3", B::Unknown, B::Unknown, false, false, H::Any},
        {"gemma4", B::Unknown, B::Unknown, false, false, H::Any},
        {"qwen35", B::Unknown, B::Unknown, false, false, H::Any},
        {"gpt2", B::Optional, B::Optional, false, true, H::Any},
        {"phi2", B::Needed, B::Needed, false, true, H::Own},
        {"phi3", B::Unknown, B::Unknown, false, true, H::Any},
        {"smollm3", B::Unknown, B::Unknown, false, false, H::Any},
        {"olmo2", B::Unknown, B::Unknown, false, true, H::Own},
        {"granite", B::Optional, B::Optional, true, false, H::Any},
        {"glm4", B::Unknown, B::Unknown, false, false, H::Any},
        {"mistral3", B::Optional, B::Optional, true, false, H::Any},
        {"exaone4", B::Unknown, B::Unknown, true, true, H::Any},
        {"cohere2", B::Unknown, B::Unknown, false, true, H::Tied},
        {"seed_oss", B::Unknown, B::Unknown, false, false, H::Any},
        {"ernie4_5", B::Optional, B::Unknown, false, false, H::Any},
        {"hunyuan-dense", B::Unknown, B::Unknown, false, false, H::Any},
        {"arcee", B::Unknown, B::Unknown, true, false, H::Any},
        {"apertus", B::Optional, B::Unknown, true, false, H::Own},
        {"starcoder2", B::Needed, B::Needed, false, true, H::Any},
        {"stablelm", B::Unknown, B::Unknown, false, true, H::Own},
        {"gptneox", B::Needed, B::Needed, false, true, H::Own},
        {"nemotron", B::Optional, B::Optional, false, true, H::Own},
        {"qwen2moe", B::Unknown, B::Unknown, false, true, H::Own},
        {"qwen3moe", B::Unknown, B::Unknown, false, false, H::Any},
        {"olmoe", B::Unknown, B::Unknown, false, true, H::Own},
        {"granitemoe", B::Optional, B::Optional, true, false, H::Any},
        {"gpt-oss", B::Needed, B::Unknown, false, false, H::Own},
    };
    return limits;
}

std::string lostTensors(const ModelConfig& model, const GgufLimits& limits)
{
    const std::string of = "llama.cpp's " + std::string(limits.architecture) + " models ";
    const auto lost = [](GgufBiases known, bool has) {
        return (known == GgufBiases::Unknown && has) || (known == GgufBiases::Needed && !has);
    };
    if (lost(limits.output, model.outputBias))
        return of + (model.outputBias ? "have no bias of the attention's output, and the model has one."
                                      : "need a bias of the attention's output, and the model has none.");
    if (lost(limits.mlp, model.mlpBias))
        return of + (model.mlpBias ? "have no biases of the MLP, and the model has them."
                                   : "need biases of the MLP, and the model has none.");
    if (limits.wholeHidden && model.heads * model.headDimension != model.hidden)
        return of + "have heads of hidden_size / num_attention_heads, and the model has its own head_dim.";
    if (findFamily(model.architecture)->normsQueriesAndKeys.key && model.queryKeyNorm != QueryKeyNorm::None)
        return of + "have no norms of queries and keys, and the model has them.";
    if (limits.head == GgufHead::Own && model.tiedEmbeddings)
        return of + "have an output head of their own, and the model ties it to the embedding.";
    if (limits.head == GgufHead::Tied && !model.tiedEmbeddings)
        return of + "tie the output head to the embedding, and the model has its own.";
    return {};
}

/// What llama.cpp has in its code of a mixture of experts.
std::string lostMixture(const ModelConfig& model, const GgufFamily& family)
{
    const BaseMixture& mixture = model.mixture;
    const std::string of = "llama.cpp's " + std::string(family.architecture) + " models ";
    if (!mixture.isMixture())
        return {};
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        if (!mixture.hasExperts(layer))
            return of + "have experts in every layer, and layer " + std::to_string(layer) + " of the model has none.";
    if (mixture.weightsSumToOne != family.weightsSumToOne)
        return of + (family.weightsSumToOne
                         ? "make the weights of a token's experts sum to one, and the model does not."
                         : "take the weights of a token's experts as shares of all, and the model "
                           "makes them sum to one.");
    if (model.clipQueryKeyValue > 0)
        return of + "do not limit queries, keys and values (clip_qkv), and the model does.";
    if (mixture.gateSlope > 0 && (mixture.gateSlope != 1.702 || mixture.limit != 7))
        return of + "have a slope of 1.702 and a limit of 7 in their experts, and the model has others.";
    if (std::string_view(family.architecture) == "granitemoe" && !usesRope(model))
        return of + "rotate in every layer, and the model in none.";
    return {};
}

std::string lostRope(const ModelConfig& model, const GgufLimits& limits)
{
    const RopeConfig& rope = model.rope;
    const std::string of = "llama.cpp's " + std::string(limits.architecture) + " models ";
    if (rope.kind == RopeKind::Dynamic)
        return "GGUF files have no dynamic RoPE scaling.";
    if ((rope.kind == RopeKind::Llama3 || rope.kind == RopeKind::Factors) && !limits.ropeFactors)
        return of + "do not read RoPE factors (rope_type llama3), and the model has them.";
    if (rope.kind == RopeKind::LongRope && model.family != Family::Phi3)
        return of + "are written here without longrope, and the model uses it.";
    const bool local =
        std::find(model.layerRopes.begin(), model.layerRopes.end(), LayerRope::Local) != model.layerRopes.end();
    if (local && model.localRope.kind != RopeKind::None)
        return of + "do not scale RoPE in their sliding layers, and the model does.";
    for (std::int64_t layer = 0; model.family == Family::SmolLm3 && layer < model.layers; ++layer)
        if ((model.ropeOf(layer) == LayerRope::None) != ((layer + 1) % 4 == 0))
            return of + "are without RoPE in each fourth layer, and the model in others.";
    return {};
}

std::string lostWindows(const ModelConfig& model, const GgufFamily& family)
{
    const bool windowed = std::any_of(model.windows.begin(), model.windows.end(), [&](std::int64_t window) {
        return window > 0 && window < model.maximumPositions;
    });
    if (windowed && family.windows == GgufWindows::None)
        return "GGUF files of " + model.architecture + " models have no sliding window, and the model uses one.";
    if (windowed && family.windowsOnlyWithLayers > 0 && model.layers != family.windowsOnlyWithLayers)
        return "llama.cpp's " + std::string(family.architecture) + " models slide only where they have " +
               std::to_string(family.windowsOnlyWithLayers) + " layers, and the model slides with " +
               std::to_string(model.layers) + ".";
    return {};
}

/// Models whose layers differ (gemma4).
std::string lostLayerSizes(const ModelConfig& model)
{
    if (model.layerSizes.empty())
        return {};
    const std::string of = "llama.cpp's gemma4 models ";
    if (model.rope.kind != RopeKind::None && model.rope.kind != RopeKind::Proportional)
        return of + "are written here without RoPE scaling, and the model scales.";
    if (model.perLayerWidth > 0 && model.perLayerVocabulary != model.vocabulary)
        return of + "have a per-layer input for every token and no more, and the model has " +
               std::to_string(model.perLayerVocabulary) + " for " + std::to_string(model.vocabulary) + " tokens.";
    std::int64_t first = 0;
    while (first < model.layers && model.keyValueLayerOf(first) == first)
        ++first;
    if (std::all_of(model.windows.begin(), model.windows.end(), [](std::int64_t window) { return window == 0; }))
        return of + "have layers that slide, and the model has none.";
    for (std::int64_t layer = first; layer < model.layers; ++layer) {
        const std::int64_t maker = first - (model.windows[static_cast<std::size_t>(layer)] > 0 ? 2 : 1);
        if (model.keyValueLayerOf(layer) != maker)
            return of + "let layer " + std::to_string(layer) + " attend to the keys of layer " + std::to_string(maker) +
                   ", and in the model it attends to those of layer " + std::to_string(model.keyValueLayerOf(layer)) +
                   ".";
    }
    return {};
}

/// Gated delta nets (qwen35).
std::string lostDeltaNets(const ModelConfig& model)
{
    const LinearAttention& net = model.linearAttention;
    if (net.layers.empty())
        return {};
    const std::string of = "llama.cpp's qwen35 models ";
    if (net.keyDimension != net.valueDimension)
        return of + "have keys and values of one size in their gated delta nets (linear_key_head_dim, "
                    "linear_value_head_dim), and the model has two.";
    if (net.kernel < 2)
        return of + "look at more than one token in the convolution, and the model at one alone.";
    // transformers' modeling_qwen3_5.py has its own epsilon for queries and keys of the nets.
    if (std::abs(model.normEpsilon - 1e-6) > 1e-12)
        return of + "norm queries and keys of the gated delta nets with rms_norm_eps, and the model with 1e-6.";
    return {};
}

} // namespace

ModelConfig asLlamaCppComputes(ModelConfig model)
{
    model.rope.truncate = true;
    return model;
}

bool roundsYarn(const ModelConfig& model)
{
    return model.rope.kind == RopeKind::Yarn && !model.rope.truncate;
}

std::string notLoadedByLlamaCpp(const ModelConfig& model)
{
    // llama.cpp's olmoe.cpp makes the norm of the keys hidden_size wide, which all heads' keys together are.
    if (model.family == Family::Olmoe && model.keyValueHeads != model.heads)
        return "llama.cpp loads no OLMoE with fewer key heads than heads: it wants a norm of " +
               std::to_string(model.hidden) + " numbers for the keys, and the model has " +
               std::to_string(model.keyValueHeads * model.headDimension) + " (" + std::to_string(model.keyValueHeads) +
               " of " + std::to_string(model.heads) + " heads). Use peft or merged, which transformers and vLLM load.";
    return {};
}

std::string otherwiseFromItsConverter(const ModelConfig& model)
{
    if (model.family == Family::Gemma4 && model.logitSoftcap == 0)
        return "The model does not cap its logits. A GGUF file of the base that llama.cpp's converter made does not "
               "say so, and llama.cpp then caps them at 30; in one that merged-gguf wrote it does not.";
    return {};
}

std::string lostInGguf(const ModelConfig& model)
{
    const GgufFamily* family = ggufFamilyOf(model);
    if (!family)
        return "GGUF files of " + model.architecture + " models are not written here.";
    if (std::string reason = notLoadedByLlamaCpp(model); !reason.empty())
        return reason;
    if (model.family == Family::Gemma2 && (model.attentionSoftcap == 0 || model.logitSoftcap == 0))
        return "llama.cpp's gemma2 models divide by the caps of attention and logits (attn_logit_softcapping, "
               "final_logit_softcapping), and the model is without.";
    if (model.family == Family::GraniteHybrid && model.mixture.isMixture())
        return "llama.cpp's files of granitemoehybrid models with experts (granitehybrid) are not written here.";
    const auto& all = ggufLimits();
    const auto limits = std::find_if(all.begin(), all.end(),
                                     [&](const GgufLimits& one) { return one.architecture == family->architecture; });
    if (limits == all.end())
        return "GGUF files of " + model.architecture + " models are not written here.";
    if (model.activation != findFamily(family->modelType)->activation)
        return "GGUF files have no key for the activation, and the model uses another one than its family.";
    // What a mixture of experts loses says more than what its tensors lose.
    const bool isMixture = model.mixture.isMixture();
    for (const std::string& lost : {lostLayerSizes(model), lostDeltaNets(model), lostWindows(model, *family),
                                    isMixture ? lostRope(model, *limits) : std::string(), lostMixture(model, *family),
                                    lostTensors(model, *limits), isMixture ? std::string() : lostRope(model, *limits)})
        if (!lost.empty())
            return lost;
    const bool hasKey = findFamily(family->modelType)->attentionScale.key != nullptr;
    const std::int64_t size = model.layers == family->layersOf27B ? model.hidden / model.heads : model.headDimension;
    // gemma4's is 1, and has no key in config.json either.
    if (!hasKey && model.layerSizes.empty() &&
        std::abs(model.attentionScale - 1 / std::sqrt(static_cast<double>(size))) > 1e-9)
        return "GGUF files have no key for the attention's scale (query_pre_attn_scalar), and the model has its own.";
    return {};
}

} // namespace hilo
