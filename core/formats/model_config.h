// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "formats/rope_config.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

enum class Family { Llama, Mistral, Qwen2, Qwen3, Gemma, Gemma2, Gpt2 };
enum class Activation { Silu, GeluTanh, GeluErf };

/// One decoder's architecture as values: what differs between families is read from here, never asked by name.
/// Source of the defaults: transformers' configuration classes.
struct ModelConfig
{
    Family family = Family::Llama;
    std::string architecture; ///< "llama", "qwen2", …: config.json's model_type
    std::int64_t layers = 0;
    std::int64_t hidden = 0;
    std::int64_t intermediate = 0;
    std::int64_t heads = 0;
    std::int64_t keyValueHeads = 0;
    std::int64_t headDimension = 0;
    std::int64_t vocabulary = 0;
    std::int64_t maximumPositions = 0;
    double normEpsilon = 1e-6;
    bool layerNorm = false;          ///< LayerNorm with bias (gpt2) instead of RMSNorm
    bool normAddsOne = false;        ///< RMSNorm multiplies by 1 + w (gemma)
    bool queryKeyNorm = false;       ///< RMSNorm over each head before RoPE (qwen3)
    bool postNorms = false;          ///< norms behind attention and MLP too (gemma2)
    bool gatedMlp = true;            ///< down(act(gate x) * up x); false: c_proj(act(c_fc x))
    bool fusedQueryKeyValue = false; ///< one c_attn instead of q, k, v (gpt2)
    bool learnedPositions = false;   ///< wpe instead of RoPE (gpt2)
    bool scaleEmbeddings = false;    ///< embeddings times sqrt(hidden) (gemma)
    bool queryKeyValueBias = false;
    bool outputBias = false;
    bool mlpBias = false;
    bool tiedEmbeddings = false;
    Activation activation = Activation::Silu;
    double attentionScale = 0;         ///< factor on q·k
    double attentionSoftcap = 0;       ///< 0: none
    double logitSoftcap = 0;           ///< 0: none
    std::vector<std::int64_t> windows; ///< per layer: sliding window counting the current token; 0: none
    RopeConfig rope;
    std::int64_t bosToken = -1;
    std::vector<std::int64_t> eosTokens;
};

/// One linear module of a layer that an adapter can be put on.
struct ModuleShape
{
    std::string name; ///< Hugging Face name: "q_proj", … ; gpt2: "c_attn", "attn.c_proj", "c_fc", "mlp.c_proj"
    std::string path; ///< inside the layer: "self_attn.q_proj"
    std::int64_t in = 0;
    std::int64_t out = 0;
    int inputGroup = 0; ///< modules of a layer with the same number share their input (q, k, v; gate, up)
};

/// The modules of every layer of this model, in the order of the forward pass. All families here are uniform in depth.
std::vector<ModuleShape> moduleShapes(const ModelConfig& config);

/// "model.layers.3.self_attn.q_proj" (without ".weight"); gpt2: "transformer.h.3.attn.c_attn".
std::string modulePath(const ModelConfig& config, std::int64_t layer, const ModuleShape& module);

/// Reads config.json of a known family as transformers does; an unknown model_type is an error that lists the known
/// ones. A key that changes what the model computes is honoured, or refused by name.
Result<ModelConfig> parseModelConfig(const Json& config, const std::string& file);

} // namespace hilo
