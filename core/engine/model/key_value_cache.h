// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"
#include "gpu/tensor.h"

#include <vector>

namespace hilo {

/// Keys and values of what each sequence has seen so far, of a gated delta net its state. Grows as needed; sequences
/// may have different lengths. Layers that attend to another one's have none.
class KeyValueCache
{
  public:
    KeyValueCache(const ModelConfig& config, std::int64_t sequences, torch::Dtype dtype, torch::Device device);

    std::int64_t sequences() const;
    std::int64_t length(std::int64_t sequence) const;
    /// Keeps only these sequences, in this order (finished ones are dropped from a batch).
    void keep(const std::vector<std::int64_t>& sequences);

    struct Layer
    {
        torch::Tensor keys;   ///< [sequences, capacity, keyValueHeads, headDimension], both of the layer
        torch::Tensor values; ///< same
        // Of a gated delta net, which has neither:
        torch::Tensor state;       ///< [sequences, valueHeads, keyDimension, valueDimension] float32
        torch::Tensor convolution; ///< [sequences, kernel - 1, channels]: the last tokens that its convolution saw
    };
    Layer& layer(std::int64_t index);
    void reserve(std::int64_t length);
    void setLengths(std::vector<std::int64_t> lengths);
    /// What a sequence has seen, where somebody keeps it here (cached_batch.h).
    std::vector<std::int64_t>& tokens(std::int64_t sequence);

  private:
    std::vector<Layer> layers_;
    std::int64_t capacity_ = 0;
    torch::Device device_;
    std::vector<std::int64_t> lengths_;
    std::vector<std::vector<std::int64_t>> tokens_;
};

} // namespace hilo
