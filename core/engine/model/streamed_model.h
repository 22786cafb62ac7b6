// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder.h"

#include <memory>

namespace hilo {

struct ForwardContext;

/// A frozen decoder for work that takes all its data through one layer before it turns to the next: only the embedding,
/// the output projection and one layer's weights are in memory, the layer read from the mapping when it is asked for.
/// Of gemma4's second embedding, which is larger than all layers together, only the rows of the tokens are read. Not
/// for several threads.
class StreamedModel
{
  public:
    /// Errors as Decoder::load.
    static Result<StreamedModel> open(const ModelSource& model, torch::Dtype dtype, torch::Device device);

    const ModelConfig& config() const;
    /// [out, in] of the layer that was loaded last.
    torch::Tensor moduleWeight(int module) const;
    /// The same of one of the base's own experts.
    torch::Tensor expertWeight(BaseExpertWeight which, std::int64_t expert) const;
    const torch::Tensor& outputWeight() const;
    /// Gemma4's second embedding in the type in which it is stored, a view of the mapping; undefined where there is
    /// none.
    const torch::Tensor& perLayerEmbedding() const;

    /// Reads a layer's weights and drops those of the last one; nothing is done when it is loaded already.
    Status loadLayer(std::int64_t layer);

    /// What a batch needs in every layer: positions and attention. Keep it as long as the batch is used.
    std::shared_ptr<ForwardContext> begin(const PackedBatch& batch) const;
    /// Hidden states that the first layer gets: [T, hidden].
    torch::Tensor embed(const PackedBatch& batch) const;
    /// The loaded layer: [T, hidden] -> [T, hidden]. options replace those of the context.
    torch::Tensor layer(ForwardContext& context, const torch::Tensor& hidden, const ForwardOptions& options = {}) const;
    /// Of the layer's output with that gradient the gradient of its input [T, hidden]; layers from the last one down to
    /// the first, each once, behind a forward pass through all of them by the same context. options.adapter is called
    /// as in a forward pass.
    torch::Tensor backward(ForwardContext& context, const torch::Tensor& input, const torch::Tensor& gradient,
                           const ForwardOptions& options) const;
    /// What begin() gave, with all that layers have added: for a pass that goes another way from here on.
    static std::shared_ptr<ForwardContext> copyOf(const ForwardContext& context);
    torch::Tensor finalNorm(const torch::Tensor& hidden) const;
    /// Logits in float32: [T, vocabulary].
    torch::Tensor logits(const torch::Tensor& hidden) const;
    /// As Decoder::brokenWeight, of the weights in memory.
    std::optional<Error> brokenWeight() const;
    /// Bad input when what the loaded layer gave is not finite, with the weight that is to blame if there is one.
    Status checkFinite(const torch::Tensor& hidden) const;

  private:
    StreamedModel(ModelSource source, std::shared_ptr<Decoder::State> state);
    ModelSource source_;
    std::shared_ptr<Decoder::State> state_;
    std::int64_t loaded_ = -1;
};

} // namespace hilo
