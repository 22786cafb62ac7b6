// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "engine/model/module_adapter.h"
#include "engine/model/packed_batch.h"
#include "formats/model_source.h"
#include "gpu/operators/quantised.h"

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>

namespace hilo {

class KeyValueCache;

/// Looks at a layer's input or output while the forward pass runs (profiling); called with [T, hidden] tensors.
struct ForwardObserver
{
    std::function<void(std::int64_t layer, const torch::Tensor& input, const torch::Tensor& output)> block;
    std::function<void(std::int64_t layer, int inputGroup, const torch::Tensor& input)> moduleInput;
    /// What goes into a weight of the base's own experts: rows [R, in] of one expert behind one another, counts[e] rows
    /// of expert e; tokens [R] int64 says which token each row is of.
    std::function<void(std::int64_t layer, BaseExpertWeight weight, const torch::Tensor& rows,
                       std::span<const std::int64_t> counts, const torch::Tensor& tokens)>
        expertInput;
};

struct ForwardOptions
{
    ModuleAdapter* adapter = nullptr;
    const ForwardObserver* observer = nullptr;
    bool recomputeActivations = false; ///< keep only layer inputs; run each layer again in the backward pass
    /// With recomputeActivations: only of the first so many layers, whose activations live longest.
    std::int64_t recomputedLayers = std::numeric_limits<std::int64_t>::max();
    /// [T, hidden], added to the embeddings as the first layer gets them; may be undefined.
    torch::Tensor embeddingNoise{};
};

/// One decoder for every family; what differs is read from ModelConfig. Weights that are stored in the wanted dtype are
/// views of the mapped file and shared. Frozen unless made by random() or unfreeze().
class Decoder
{
  public:
    /// Errors: missing or misshaped tensors (bad input), not enough memory.
    /// With a format, the layers' linear weights are kept in it (not embedding, norms and output, as 2305.14314).
    static Result<std::shared_ptr<Decoder>> load(const ModelSource& model, torch::Dtype dtype, torch::Device device,
                                                 const Progress& progress = {},
                                                 std::optional<gpu::WeightFormat> format = {});
    /// Fresh trainable float32 weights, N(0, 0.02) with the residual outputs scaled by 1/sqrt(2·layers) (pre-training).
    static std::shared_ptr<Decoder> random(const ModelConfig& config, std::int64_t seed);
    /// Frozen weights of N(0, 0.02) where they are used, for measurements of models whose weights are not at hand.
    static std::shared_ptr<Decoder> randomFrozen(const ModelConfig& config, torch::Dtype dtype, torch::Device device,
                                                 std::optional<gpu::WeightFormat> format = {});

    const ModelConfig& config() const;
    torch::Dtype dtype() const;
    torch::Device device() const;

    /// Last hidden states after the final norm, times the factor on the logits: [T, hidden], as wide as outputWeight().
    /// Errors of LibTorch travel as exceptions up to the engine's border.
    torch::Tensor hidden(const PackedBatch& batch, const ForwardOptions& options = {}) const;
    /// The output projection's weight [vocabulary, hidden] (the embedding when tied); where the head has a bias it is a
    /// column more, for which hidden() has a 1.
    torch::Tensor outputWeight() const;
    /// Logits in float32 with the final softcap applied: [T, vocabulary] of hidden [T, hidden].
    torch::Tensor logits(const torch::Tensor& hidden) const;

    /// Bad input that names a weight with NaN or infinity and its file; nothing where all are finite. Reads every
    /// weight, so it is asked for when a result is not finite. Quantised weights were checked when they were read.
    std::optional<Error> brokenWeight() const;

    /// Runs the next tokens of each sequence with cached keys and values; batch holds only the new tokens (a whole
    /// prompt at first), cache.sequences() == batch.sequences(). Returns [T, hidden].
    torch::Tensor hiddenCached(const PackedBatch& batch, KeyValueCache& cache,
                               const ForwardOptions& options = {}) const;

    /// Weight of a module [out, in] as stored (gpt2's Conv1D transposed view); a quantised one is made in dtype().
    torch::Tensor moduleWeight(std::int64_t layer, int module) const;

    /// Trainable parameters by Hugging Face name; empty for a frozen model.
    std::vector<std::pair<std::string, torch::Tensor>> parameters() const;
    /// All tensors by Hugging Face name, for saving; without those that are quantised.
    std::vector<std::pair<std::string, torch::Tensor>> tensors() const;

    struct State;
    explicit Decoder(std::shared_ptr<State> state);

  private:
    std::shared_ptr<State> state_;
};

} // namespace hilo
