// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace hilo {

/// Further processes of this program with the same arguments, one a device, that train a run together with this one.
/// They end with this process.
class LocalRanks
{
  public:
    /// devices: "0,1" (GPUs) or "cpu,cpu". Makes this process rank 0, by the environment variables that
    /// parallelPlace() reads and HILO_DEVICE, and starts the others. Nothing happens for one device, or where this
    /// process is one of several already. Errors: names that are no devices, no free port, no further process.
    static Result<LocalRanks> start(const std::string& devices);

    LocalRanks() = default;
    LocalRanks(LocalRanks&& other) noexcept;
    LocalRanks& operator=(LocalRanks&& other) noexcept;
    /// Ends those that are still running.
    ~LocalRanks();
    /// Waits for all of them.
    void wait();

  private:
    std::vector<pid_t> children_;
};

/// What --devices said where it made this process one of several, with every GPU as "cuda:N"; empty otherwise.
std::string devicesOfRanks();

/// The device that --devices chose for this process; otherwise fallback, with "auto" the GPU of the local rank when
/// several processes train together.
std::string deviceOfRank(const std::string& fallback, int size, int localRank, int gpus);

} // namespace hilo
