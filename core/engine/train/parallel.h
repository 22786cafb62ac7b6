// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/train/rank_link.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <memory>

namespace hilo {

/// This process' place among those that train one run together.
struct ParallelPlace
{
    int rank = 0;
    int size = 1;
    int localRank = 0; ///< the GPU of this machine
    std::string host;  ///< of rank 0
    int port = 0;
};

/// From RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT, as torchrun sets them; without WORLD_SIZE by
/// slurmPlace(). Errors: some of them missing or no numbers.
Result<ParallelPlace> parallelPlace();

/// Data parallel training: every process runs its share of a step's micro-batches over the same frozen base; only the
/// adapter's gradients and a few numbers travel (LibTorch's c10d: Gloo on CPUs, NCCL on GPUs). All processes must call
/// the same functions in the same order. LibTorch's errors leave as exceptions; where one process ends, all do
/// (RankLink).
class Parallel
{
  public:
    /// Waits for all processes, minutes at most; before anything else is read, so that what one of them finds wrong is
    /// told to all. Null for a size of 1.
    static Result<std::unique_ptr<Parallel>> join(const ParallelPlace& place, const Progress& progress);
    ~Parallel();

    int rank() const { return place_.rank; }
    int size() const { return place_.size; }
    bool isFirst() const { return place_.rank == 0; }
    RankLink& link() { return *link_; }

    /// Once, before the first sum.
    void openSums(torch::Device device);
    /// values become the sum over all processes; dense, on the device.
    void sum(torch::Tensor& values);
    /// See RankLink.
    std::int64_t fromFirst(std::int64_t value) { return link_->fromFirst(value); }
    void meet() { link_->meet(); }
    /// Tells the others of an error of this process, and returns what it is to say (RankLink::fail).
    RankTrouble fail(const Error& error);

  private:
    struct Store;
    class Sums;
    template <class ProcessGroup>
    class SumsOver;
    Parallel(const ParallelPlace& place, std::shared_ptr<Store> store, std::unique_ptr<RankLink> link);
    /// Gloo or NCCL, whichever this build has (parallel_gloo.cpp, parallel_nccl.cpp).
    static std::unique_ptr<Sums> makeSums(const ParallelPlace& place, torch::Device device, const Store& store);

    ParallelPlace place_;
    std::shared_ptr<Store> store_;
    std::unique_ptr<RankLink> link_;
    std::unique_ptr<Sums> sums_;
    bool sumFailed_ = false;
};

} // namespace hilo
