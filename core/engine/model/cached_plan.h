// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/key_value_cache.h"
#include "engine/model/packed_batch.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace hilo {

/// Sequences of a cache behind one another that get equally many new tokens: attended in one batched product.
struct CachedRun
{
    std::int64_t first = 0; ///< sequence
    std::int64_t sequences = 0;
    std::int64_t firstToken = 0; ///< of the batch
    std::int64_t count = 0;      ///< new tokens of each
    std::int64_t longest = 0;    ///< with its new tokens
    torch::Tensor before;        ///< [sequences] int64: what is cached of each
};

/// How the new tokens of a batch are attended over a cache; made once for a forward pass, used by every layer.
class CachedPlan
{
  public:
    CachedPlan() = default;
    CachedPlan(const PackedBatch& batch, const KeyValueCache& cache, torch::Device device);

    const std::vector<CachedRun>& runs() const { return runs_; }
    /// Additive mask [sequences, 1, 1, count, longest] float32 of a run: 0 where a new token sees a key, -inf
    /// elsewhere. window counts the token itself; 0: none.
    const torch::Tensor& mask(std::size_t run, std::int64_t window) const;

  private:
    std::vector<CachedRun> runs_;
    mutable std::map<std::pair<std::size_t, std::int64_t>, torch::Tensor> masks_;
};

} // namespace hilo
