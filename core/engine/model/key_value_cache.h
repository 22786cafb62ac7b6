// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace hilo {

/// Keys and values of what each sequence has seen so far, of a gated delta net its state. Grows as needed; sequences
/// may have different lengths. Layers that attend to another one's have none. A batch may be of the first few sequences
/// alone (use()); the others keep what they have.
class KeyValueCache
{
  public:
    KeyValueCache(const ModelConfig& config, std::int64_t sequences, torch::Dtype dtype, torch::Device device);

    /// Those that the next batches are of: all, unless use() said otherwise.
    std::int64_t sequences() const;
    void use(std::int64_t sequences);
    std::int64_t length(std::int64_t sequence) const;
    /// Keeps only these sequences, in this order (finished ones are dropped from a batch).
    void keep(const std::vector<std::int64_t>& sequences);
    /// Two sequences change places.
    void swap(std::int64_t one, std::int64_t other);
    /// to begins with the first length tokens of from and has nothing else. Only of models without a gated delta net,
    /// whose state is that of the whole sequence.
    void copyBeginning(std::int64_t from, std::int64_t to, std::int64_t length);
    /// Forgets all but the first length tokens; of a gated delta net only all of them.
    void cut(std::int64_t sequence, std::int64_t length);

    struct Layer
    {
        torch::Tensor keys;   ///< [sequences, keyValueHeads, capacity, headDimension], both of the layer
        torch::Tensor values; ///< same
        // Of a gated delta net, which has neither:
        torch::Tensor state;       ///< [sequences, valueHeads, keyDimension, valueDimension] float32
        torch::Tensor convolution; ///< [sequences, kernel - 1, channels]: the last tokens that its convolution saw
    };
    Layer& layer(std::int64_t index);
    void reserve(std::int64_t length);
    /// Grows to no more than this, unless a sequence is longer.
    void limitTo(std::int64_t length) { limit_ = length; }
    /// Tokens that each sequence has room for.
    std::int64_t capacity() const { return capacity_; }
    void setLengths(std::vector<std::int64_t> lengths);
    /// What a sequence has seen, where somebody keeps it here (cached_batch.h).
    std::vector<std::int64_t>& tokens(std::int64_t sequence);

  private:
    std::vector<Layer> layers_;
    std::int64_t capacity_ = 0;
    std::int64_t limit_ = std::numeric_limits<std::int64_t>::max();
    torch::Device device_;
    std::int64_t used_ = 0;
    std::vector<std::int64_t> lengths_;
    std::vector<std::vector<std::int64_t>> tokens_;
};

} // namespace hilo
