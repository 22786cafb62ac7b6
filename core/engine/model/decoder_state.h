// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/attention.h"
#include "engine/model/cached_plan.h"
#include "engine/model/decoder.h"
#include "engine/model/side_inputs.h"
#include "formats/module_grid.h"
#include "formats/tensor_layout.h"
#include "gpu/compatibility.h"

#include <map>
#include <mutex>

namespace hilo {

/// xIELU's numbers (2411.13010), as stored: the two learned ones before their softplus.
struct XieluWeights
{
    torch::Tensor alphaPositive, alphaNegative, beta, epsilon;
};

struct NormWeights
{
    torch::Tensor weight;
    torch::Tensor bias; ///< LayerNorm only
};

/// A frozen product as it is kept.
struct FrozenLinear
{
    torch::Tensor weight; ///< [out, in]; undefined where it is quantised
    gpu::QuantisedWeight quantised;
    torch::Tensor bias; ///< undefined where there is none

    bool defined() const { return weight.defined() || quantised.defined(); }
};

struct GatedMlpWeights
{
    FrozenLinear in; ///< the gate, or gate and up together
    FrozenLinear up; ///< undefined where in holds both
    FrozenLinear down;
};

/// The experts of a layer of a model that is a mixture of them; nothing of a layer without.
struct MixtureWeights
{
    torch::Tensor router; ///< [experts, hidden]
    torch::Tensor routerBias;
    // Where the experts stand beside an MLP, else undefined:
    torch::Tensor routerScale; ///< [hidden]
    torch::Tensor expertScale; ///< [experts]
    NormWeights mlpNorm;       ///< behind the MLP
    NormWeights inputNorm;     ///< in front of the experts
    NormWeights outputNorm;    ///< behind them
    torch::Tensor sharedGate;  ///< [1, hidden]; undefined where every token's expert is not weighted, or there is none
    std::vector<GatedMlpWeights> experts;
};

/// Of a gated delta net beside its modules.
struct DeltaNetWeights
{
    torch::Tensor convolution; ///< [channels, 1, kernel]
    torch::Tensor decayLog;    ///< [valueHeads]: the logarithm of each head's decay by unit of time
    torch::Tensor timeBias;    ///< [valueHeads]
    torch::Tensor norm;        ///< [valueDimension]
};

struct LayerWeights
{
    // By column of the model's modules; all undefined where the layer has none:
    std::vector<torch::Tensor> weights; ///< [out, in]; undefined where it is quantised
    std::vector<gpu::QuantisedWeight> quantised;
    std::vector<torch::Tensor> biases; ///< undefined where there is none
    // Undefined where the model has none.
    NormWeights inputNorm;
    NormWeights postAttentionNorm; ///< behind the attention
    NormWeights preMlpNorm;
    NormWeights postMlpNorm; ///< behind the MLP
    NormWeights queryNorm;
    NormWeights keyNorm;
    NormWeights valueNorm;        ///< of ones
    torch::Tensor perLayerGate;   ///< [perLayerWidth, hidden]
    torch::Tensor perLayerOutput; ///< [hidden, perLayerWidth]
    NormWeights perLayerOutputNorm;
    torch::Tensor scalar; ///< [1]
    XieluWeights xielu;
    DeltaNetWeights deltaNet;
    torch::Tensor sinks; ///< [heads]; undefined where the model has none
    MixtureWeights mixture;
};

/// One of the model's rotations, up to the model's positions.
struct RotationTable
{
    torch::Tensor frequencies;     ///< float32
    torch::Tensor longFrequencies; ///< LongRope only: of sequences longer than the original length
    double attentionFactor = 1;
};

/// A batch's share of it.
struct Rotation
{
    torch::Tensor cos; ///< [T, pairs] in the model's dtype; undefined where nothing is rotated
    torch::Tensor sin;
};

/// How much wider the output weight of a head with a bias is than the hidden states.
constexpr std::int64_t headBiasColumns = 8;

struct Decoder::State
{
    ModelConfig config;
    ModuleGrid modules;
    std::map<std::string, torch::Tensor> tensors; ///< by Hugging Face name, as stored
    std::map<std::string, gpu::QuantisedWeight> quantised;
    torch::Tensor embedding;
    torch::Tensor positionEmbedding;
    torch::Tensor output;             ///< of a head with a bias with the columns of withHeadBias()
    torch::Tensor perLayerEmbedding;  ///< [perLayerVocabulary, layers · perLayerWidth]; undefined where there is none;
                                      ///< of StreamedModel in the type in which it is stored
    torch::Tensor perLayerProjection; ///< [layers · perLayerWidth, hidden]
    NormWeights perLayerNorm;
    RotationTable rotation;
    RotationTable localRotation; ///< of the layers that rotate by themselves
    NormWeights finalNorm;
    std::vector<LayerWeights> layers;
    torch::Dtype dtype = torch::kFloat32;
    torch::Device device = torch::kCPU;
    bool trainable = false;
    std::shared_ptr<const WeightSource> source; ///< where the weights were read from; null for random ones

    /// Finds each tensor's place; tensors must hold everything that expectedTensors() names.
    void assemble();
    /// The same for what is outside of the layers, and for one layer.
    void assembleEnds();
    LayerWeights layerOf(std::int64_t index) const;
    /// output, or of a trainable head with a bias the same made of what it is now.
    torch::Tensor outputNow() const;
    /// Undefined where there is none.
    torch::Tensor tensor(const std::string& name) const;
};

/// Which tokens a gated delta net takes for one text.
struct DeltaNetRows
{
    torch::Tensor sequences; ///< [T] int64: the number of each token's sequence. Without a cache only.
    // With a cache the new tokens of each of its sequences, padded to the longest:
    torch::Tensor gather;      ///< [sequences · newest] int64: token of each place (any token where there is none)
    torch::Tensor scatterFrom; ///< [T] int64: place of each token
    torch::Tensor last;    ///< [sequences · (kernel - 1)] int64: rows of what is cached and the new tokens behind it,
                           ///< one sequence behind the other, that the next token's convolution sees
    torch::Tensor isToken; ///< [sequences, newest] float32: 0 where there is none
    torch::Tensor known;   ///< [sequences] float32: 0 where nothing is cached, whatever the cache's tensors hold
};

/// What every layer of one forward pass shares.
struct ForwardContext
{
    const Decoder::State* state = nullptr;
    ForwardOptions options;
    AttentionPlan plan;
    Rotation rotation;
    Rotation localRotation;
    DeltaNetRows deltaNetRows; ///< of models that have such layers
    torch::Tensor queryScale;  ///< [T, 1]; undefined where queries are not scaled by position
    KeyValueCache* cache = nullptr;
    CachedPlan cachedPlan;              ///< with a cache only
    const PackedBatch* batch = nullptr; ///< with a cache only
    /// Of StreamedModel. The decoder hands its own on beside the context: what a layer's graph keeps must not keep the
    /// graph.
    SideInputs side;
};

/// Hidden states [T, H] that the first layer gets.
torch::Tensor embedTokens(const Decoder::State& state, const PackedBatch& batch);
/// Every layer's share of the second embedding [T, layers, perLayerWidth], of hidden as embedTokens() gives it;
/// undefined where the model has none. Source: transformers' modeling_gemma4.py.
torch::Tensor perLayerInputs(const Decoder::State& state, const PackedBatch& batch, const torch::Tensor& hidden);
/// Everything that depends on the batch's positions; cos and sin are computed in float32 and then cast as the reference
/// does.
void addRotation(const Decoder::State& state, const PackedBatch& batch, ForwardContext& context);

} // namespace hilo
