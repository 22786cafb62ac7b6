// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/attention.h"
#include "engine/model/decoder.h"
#include "gpu/compatibility.h"

#include <map>
#include <mutex>

namespace hilo {

struct NormWeights
{
    torch::Tensor weight;
    torch::Tensor bias; ///< LayerNorm only
};

struct LayerWeights
{
    std::vector<torch::Tensor> weights; ///< by module, [out, in]; undefined where it is quantised
    std::vector<gpu::QuantisedWeight> quantised;
    std::vector<torch::Tensor> biases; ///< by module, undefined where there is none
    NormWeights inputNorm;
    NormWeights postAttentionNorm; ///< before the MLP, or behind the attention where there are post norms
    NormWeights preMlpNorm;        ///< post norms only
    NormWeights postMlpNorm;       ///< post norms only
    NormWeights queryNorm;
    NormWeights keyNorm;
};

struct Decoder::State
{
    ModelConfig config;
    std::vector<ModuleShape> modules;
    std::map<std::string, torch::Tensor> tensors; ///< by Hugging Face name, as stored
    std::map<std::string, gpu::QuantisedWeight> quantised;
    torch::Tensor embedding;
    torch::Tensor positionEmbedding;
    torch::Tensor output;
    torch::Tensor frequencies; ///< of the rotation, float32, up to the model's positions; undefined when learned
    double attentionFactor = 1;
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
    /// Undefined where there is none.
    torch::Tensor tensor(const std::string& name) const;
};

/// What every layer of one forward pass shares.
struct ForwardContext
{
    const Decoder::State* state = nullptr;
    ForwardOptions options;
    AttentionPlan plan;
    torch::Tensor cos; ///< [T, headDimension / 2] in the model's dtype; undefined with learned positions
    torch::Tensor sin;
    KeyValueCache* cache = nullptr;
    const PackedBatch* batch = nullptr; ///< with a cache only
};

/// "model.layers.3." or "transformer.h.3."
std::string layerPrefix(const ModelConfig& config, std::int64_t layer);
/// Hidden states [T, H] that the first layer gets.
torch::Tensor embedTokens(const Decoder::State& state, const PackedBatch& batch);
/// cos and sin [T, d / 2] of the batch's positions, computed in float32 and then cast as the reference does.
void addRotation(const Decoder::State& state, const PackedBatch& batch, ForwardContext& context);

} // namespace hilo
