// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/tokenise.h"
#include "formats/model_source.h"

#include <cstdint>
#include <vector>

namespace hilo::cli {

/// The sequences that a run computes, as long as they are few.
class FewSequences
{
  public:
    void add(const TokenisedExample& row);
    /// What the run computes cannot be listed (answers that it generates).
    void giveUp();

    /// Empty where there are too many tokens for a pass in front of a run.
    const std::vector<std::vector<std::int32_t>>& all() const { return sequences_; }

  private:
    void add(std::vector<std::int32_t> tokens);

    std::vector<std::vector<std::int32_t>> sequences_;
    std::int64_t tokens_ = 0;
    bool isTooMany_ = false;
};

/// Of a mixture of experts that is used where its file is mapped, in values of so many bytes: bytes of experts that no
/// token of the sequences passes, which the system does not bring into memory as long as adapters do not move tokens to
/// other experts. Found by a forward pass of the base alone.
/// 0 where weights are read into memory, where sequences is empty, and for a base above 4 GiB, whose pass takes too
/// long. Errors: as StreamedModel's; cancelled.
Result<std::int64_t> unusedExpertBytes(const ModelSource& model, int baseBytes, const FewSequences& sequences,
                                       const Progress& progress);

} // namespace hilo::cli
