// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
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

/// From RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT, as torchrun sets them; size 1 without WORLD_SIZE.
/// Errors: some of them missing or no numbers.
Result<ParallelPlace> parallelPlace();

/// Data parallel training: every process runs its share of a step's micro-batches over the same frozen base; only the
/// adapter's gradients and a few numbers travel (LibTorch's c10d: Gloo on CPUs, NCCL on GPUs). All processes must call
/// the same functions in the same order. LibTorch's errors leave as exceptions.
class Parallel
{
  public:
    /// Waits for all processes, minutes at most. Null for a size of 1.
    static std::unique_ptr<Parallel> join(const ParallelPlace& place, torch::Device device);
    virtual ~Parallel() = default;

    int rank() const { return place_.rank; }
    int size() const { return place_.size; }
    bool isFirst() const { return place_.rank == 0; }

    /// values become the sum over all processes; dense, on the device.
    virtual void sum(torch::Tensor& values) = 0;
    /// What rank 0 says; its evaluation may take as long as it likes.
    std::int64_t fromFirst(std::int64_t value);
    /// Returns when all are here.
    void meet();

  protected:
    struct Store;
    Parallel(const ParallelPlace& place, std::shared_ptr<Store> store);
    ParallelPlace place_;
    std::shared_ptr<Store> store_;

  private:
    /// Gloo or NCCL, whichever this build has (parallel_gloo.cpp, parallel_nccl.cpp).
    static std::unique_ptr<Parallel> make(const ParallelPlace& place, torch::Device device,
                                          std::shared_ptr<Store> store);
    std::int64_t rounds_ = 0;
};

} // namespace hilo
