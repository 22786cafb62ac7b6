// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/attention_windows.h"
#include "formats/model_config.h"

#include <string>
#include <vector>

namespace hilo {

/// A flag of config.json and what counts without it; without a key the value is always the same.
struct FlagKey
{
    const char* key = nullptr;
    bool usual = false;
};

/// A number of config.json and what counts without it; without a key it is always the same.
struct NumberKey
{
    const char* key = nullptr;
    double usual = 1;
};

/// What a family that is a mixture of experts has in its MLPs' place, and what its class says where config.json does
/// not.
struct MixtureRules
{
    std::int64_t experts = 0; ///< 0: the family is dense
    std::int64_t active = 0;
    const char* intermediateKey = nullptr; ///< of one expert; null: the family's
    FlagKey weightsSumToOne = {nullptr, true};
    bool denseLayers = false; ///< mlp_only_layers and decoder_sparse_step say which layers have one MLP instead
    bool fused = false;
    bool transposed = false;
    bool biases = false;
    NumberKey gateSlope = {nullptr, 0};
    NumberKey limit = {nullptr, 0};
    const char* sharedIntermediateKey = nullptr; ///< of the expert that every token passes; null: there is none
    std::int64_t sharedIntermediate = 0;         ///< where the key is not there
    bool sharedGate = false;
    bool mayBeDense = false;           ///< 0 experts are none
    const char* enablingKey = nullptr; ///< a flag without which the model is dense; with it all numbers must be given
    const char* activeKey = nullptr;   ///< null: the usual ones
    bool besideMlp = false;
};

/// Which layers rotate their queries and keys, and how.
enum class RopeLayers {
    All,
    LocalWhereSliding,   ///< sliding layers by the local rotation
    SlidingOnly,         ///< full layers do not rotate
    SlidingOnlyIfWindow, ///< the same where the model has windows at all
    Listed,              ///< no_rope_layers, or each n-th not (smollm3)
    IfPositionType,      ///< all where position_embedding_type is "rope", else none (granitemoehybrid)
};

/// One family: what its blocks are made of, and what transformers' configuration class says where config.json does not.
/// A family that is llama with other numbers is nothing but an entry.
struct FamilyEntry
{
    Family family = Family::Llama;
    const char* architecture = "";  ///< config.json's model_type
    std::int64_t vocabulary = 0;    ///< 0: must be given
    std::int64_t heads = 0;         ///< 0: must be given
    std::int64_t keyValueHeads = 0; ///< 0: as many as heads
    std::int64_t headDimension = 0; ///< 0: hidden / heads
    std::int64_t maximumPositions = 2048;
    bool readsHeadDimension = true; ///< else it is hidden / heads
    const char* intermediateKey = "intermediate_size";
    NumberKey epsilon = {"rms_norm_eps", 1e-6};
    Activation activation = Activation::Silu;
    bool tiedEmbeddings = false;
    bool layerNorm = false;
    bool layerNormBias = true;
    bool normAddsOne = false;
    bool preNorms = true;
    bool postNorms = false;
    FlagKey parallelBranches;
    bool sharedNorm = false;
    QueryKeyNorm queryKeyNorm = QueryKeyNorm::None;
    FlagKey normsQueriesAndKeys = {nullptr, true}; ///< whether they are, where not every model of the family does it
    bool queryKeyNormAfterRope = false;
    bool valueNorm = false;
    NumberKey clipQueryKeyValue = {nullptr, 0}; ///< null: not
    bool attentionGate = false;
    bool attentionSinks = false;
    bool gatedMlp = true;
    FusedQueryKeyValue fusedQueryKeyValue = FusedQueryKeyValue::No;
    bool fusedGateUp = false;
    bool scaleEmbeddings = false;
    FlagKey queryKeyValueBias;
    FlagKey outputBias;
    FlagKey mlpBias;
    bool headBias = false;
    NumberKey embeddingFactor;
    NumberKey residualFactor;
    NumberKey logitFactor;
    bool dividesLogits = false;              ///< the logits are divided by their factor
    NumberKey attentionScale = {nullptr, 0}; ///< 0: 1 / sqrt(head dimension)
    bool queryScalar = false;                ///< 1 / sqrt(query_pre_attn_scalar) (gemma)
    NumberKey attentionSoftcap = {nullptr, 0};
    NumberKey logitSoftcap = {nullptr, 0};
    WindowRules windows;
    RopeRules rope;
    RopeLayers ropeLayers = RopeLayers::All;
    bool layersDiffer = false;       ///< layer_sizes.h, and each layer's output times a number (gemma4)
    std::int64_t perLayerWidth = -1; ///< where config.json does not say it; -1: the family has no such embeddings
    MixtureRules mixture;
    bool linearAttention = false;  ///< layer_types may say "linear_attention"
    std::vector<std::string> keys; ///< of those in config_keys.cpp: which are read, or say what the family is anyway
};

/// All families that are known, in the order in which messages list them.
const std::vector<FamilyEntry>& familyTable();
/// Null where no family has that model_type.
const FamilyEntry* findFamily(const std::string& architecture);
/// "llama, mistral, …"
std::string knownFamilies();

} // namespace hilo
