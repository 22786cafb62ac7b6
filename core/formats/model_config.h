// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "formats/base_mixture.h"
#include "formats/linear_attention.h"
#include "formats/rope_config.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

enum class Family {
    Llama,
    Mistral,
    Qwen2,
    Qwen3,
    Gemma,
    Gemma2,
    Gpt2,
    Gemma3,
    Phi3,
    SmolLm3,
    Olmo2,
    Olmo3,
    Granite,
    GraniteHybrid,
    Glm4,
    Ministral,
    Ministral3,
    Exaone4,
    Cohere2,
    SeedOss,
    Ernie45,
    HunYuan,
    Arcee,
    Apertus,
    Starcoder2,
    StableLm,
    GptNeox,
    Nemotron,
    Qwen3Moe,
    Mixtral,
    Olmoe,
    GraniteMoe,
    GptOss,
    Phi,
    Gemma4,
    Qwen2Moe,
    GraniteMoeShared,
    Qwen35,
};

/// Relu2 is max(x, 0)²; Xielu has two learned scalars a layer (2411.13010).
enum class Activation { Silu, GeluTanh, GeluErf, Relu2, Xielu };

/// Of queries and keys: over each head, or over all heads of a token together.
enum class QueryKeyNorm { None, PerHead, Whole };

/// How one weight holds queries, keys and values: one behind the other, or by head (q, k, v of the first, then of the
/// second, …).
enum class FusedQueryKeyValue { No, Parts, Heads };

/// Which of the model's rotations a layer uses.
enum class LayerRope { Main, Local, None };

/// What a layer has of its own where the layers of a model differ (gemma4).
struct LayerSizes
{
    std::int64_t headDimension = 0;
    std::int64_t keyValueHeads = 0;
    std::int64_t intermediate = 0;
    bool keysAreValues = false;      ///< no v_proj: what k_proj gives is the values too, before norm and rotation
    std::int64_t keyValueLayer = -1; ///< attends to the keys and values of that earlier layer; -1: to its own
};

/// One decoder's architecture as values: what its arithmetic is made of is read from here, never asked by the family's
/// name, which only names tensors and modules.
/// Source of the defaults: transformers' configuration classes.
struct ModelConfig
{
    Family family = Family::Llama;
    std::string architecture;   ///< "llama", "qwen2", …: config.json's model_type, of a wrapper its text part's
    bool insideWrapper = false; ///< the text part of a model of images and text (gemma3, mistral3, qwen3_5)
    std::int64_t layers = 0;
    std::int64_t hidden = 0;
    std::int64_t intermediate = 0;
    std::int64_t heads = 0;
    std::int64_t keyValueHeads = 0;
    std::int64_t headDimension = 0;
    std::int64_t vocabulary = 0;
    std::int64_t maximumPositions = 0;
    double normEpsilon = 1e-6;
    bool layerNorm = false;        ///< LayerNorm instead of RMSNorm
    bool layerNormBias = true;     ///< with layerNorm only
    bool normAddsOne = false;      ///< norms multiply by 1 + w (gemma, nemotron)
    bool preNorms = true;          ///< norms before attention and MLP
    bool postNorms = false;        ///< norms behind attention and MLP (gemma2, olmo2)
    bool parallelBranches = false; ///< attention and MLP both read the layer's input
    bool sharedNorm = false;       ///< of parallel branches: the MLP reads what the attention reads
    QueryKeyNorm queryKeyNorm = QueryKeyNorm::None;
    bool queryKeyNormAfterRope = false;
    bool valueNorm = false;       ///< values are normed per head, without a weight (gemma4)
    double clipQueryKeyValue = 0; ///< queries, keys and values are held within ± this before RoPE (olmoe); 0: not
    bool attentionGate = false;  ///< q_proj gives a gate behind each head's query: attention's output times its sigmoid
    bool attentionSinks = false; ///< each head has a learned score that takes probability from the keys (gpt_oss)
    bool gatedMlp = true;        ///< down(act(gate x) * up x); false: down(act(up x))
    FusedQueryKeyValue fusedQueryKeyValue = FusedQueryKeyValue::No;
    bool fusedGateUp = false;       ///< one weight: gate, then up
    bool transposedWeights = false; ///< linear weights are stored [in, out] (gpt2's Conv1D)
    bool learnedPositions = false;  ///< wpe instead of RoPE (gpt2)
    bool scaleEmbeddings = false;   ///< embeddings times sqrt(hidden) (gemma)
    bool queryKeyValueBias = false;
    bool outputBias = false;
    bool mlpBias = false;
    bool headBias = false; ///< of the output head (phi)
    bool tiedEmbeddings = false;
    Activation activation = Activation::Silu;
    double embeddingFactor = 1;        ///< on embeddings
    double residualFactor = 1;         ///< on what attention and MLP add
    double logitFactor = 1;            ///< on logits
    double attentionScale = 0;         ///< factor on q·k
    double attentionSoftcap = 0;       ///< 0: none
    double logitSoftcap = 0;           ///< 0: none
    std::vector<std::int64_t> windows; ///< per layer: sliding window counting the current token; 0: none
    RopeConfig rope;
    RopeConfig localRope;               ///< of the layers that say so
    std::vector<LayerRope> layerRopes;  ///< per layer; empty: all use rope
    BaseMixture mixture;                ///< in place of the MLP
    std::vector<LayerSizes> layerSizes; ///< per layer; empty: all are as the sizes above say
    bool layerScalar = false;           ///< what a layer gives is multiplied by a stored number of its own (gemma4)
    std::int64_t perLayerWidth = 0;     ///< each layer is given so many values of a token's second embedding; 0: none
    std::int64_t perLayerVocabulary = 0;
    LinearAttention linearAttention; ///< in place of attention, in some layers
    std::int64_t bosToken = -1;
    std::vector<std::int64_t> eosTokens;

    LayerRope ropeOf(std::int64_t layer) const
    {
        return layerRopes.empty() ? LayerRope::Main : layerRopes[static_cast<std::size_t>(layer)];
    }
    LayerSizes sizesOf(std::int64_t layer) const
    {
        return layerSizes.empty() ? LayerSizes{headDimension, keyValueHeads, intermediate, false, -1}
                                  : layerSizes[static_cast<std::size_t>(layer)];
    }
    /// The layer whose keys and values this one attends to: itself, but in models that share them.
    std::int64_t keyValueLayerOf(std::int64_t layer) const
    {
        const std::int64_t other = layerSizes.empty() ? -1 : layerSizes[static_cast<std::size_t>(layer)].keyValueLayer;
        return other < 0 ? layer : other;
    }
    /// Whether later layers attend to this one's keys and values.
    bool sharesKeysAndValues(std::int64_t layer) const;
    /// The largest head of any layer.
    std::int64_t widestHead() const;
};

/// Reads config.json of a known family as transformers does; an unknown model_type is an error that lists the known
/// ones. A key that changes what the model computes is honoured, or refused by name. Of a wrapper (gemma3, mistral3)
/// the text part is read.
Result<ModelConfig> parseModelConfig(const Json& config, const std::string& file);

/// The text part of a wrapper's config.json as one of a model of text alone; the document itself where it is no
/// wrapper.
Json textConfig(const Json& config);

} // namespace hilo
