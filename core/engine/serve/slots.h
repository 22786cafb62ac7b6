// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/key_value_cache.h"
#include "engine/serve/serve_job.h"
#include "sampling/choose_token.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace hilo {

/// A sequence of the cache and the answer that is being made in it.
struct Slot
{
    std::optional<ServeJob> job;      ///< nothing: free; what it holds may be the beginning of another one
    std::vector<std::int32_t> tokens; ///< that the cache holds
    int adapter = -1;                 ///< with which they were read
    std::int64_t cached = 0;          ///< tokens that the job found there
    std::int64_t generated = 0;       ///< by the job
    std::int32_t next = 0;            ///< the last one of them, which is not read yet
    TokenHistory history;
    std::vector<ScoredToken> promptScores;
    std::uint64_t used = 0; ///< when it was taken last, in a count of its own

    bool readsPrompt() const { return job && tokens.size() < job->prompt.size(); }
    bool answers() const { return job && !readsPrompt(); }
};

/// All sequences of a cache, each with its slot of the same number.
class Slots
{
  public:
    /// reuses: whether a job may go on from what another one has read. False for models whose cache is no list of
    /// tokens (gated delta nets, LongRope).
    Slots(KeyValueCache cache, std::int64_t count, bool reuses);

    KeyValueCache& cache() { return cache_; }
    Slot& operator[](std::size_t index) { return slots_[index]; }
    std::size_t size() const { return slots_.size(); }
    std::size_t free() const;

    /// Gives a job a free slot, with as much of its prompt as any slot has of it. Nothing: a slot reads just now what
    /// most of the prompt begins with, so that it is worth waiting for. Only with a free slot.
    std::optional<std::size_t> take(ServeJob job);
    /// The job is over; what was read stays for those that begin alike.
    void release(std::size_t index);
    /// The same after a fault: nothing stays.
    void forget(std::size_t index);
    /// Puts these to the front, in any order; indices change.
    void bringToFront(const std::vector<std::size_t>& wanted);

  private:
    KeyValueCache cache_;
    std::vector<Slot> slots_;
    bool reuses_;
    std::uint64_t taken_ = 0;
};

} // namespace hilo
