// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace hilo {

/// Further processes of this program with the same arguments, one a device, that train a run together with this one.
/// They end with this process, however that ends.
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
    /// For a run that did not come to its end: they learn that from the link, and have a moment for it.
    ~LocalRanks();
    /// For a run that did: waits until they have cleared up, a minute at most.
    void wait();

  private:
    void endWithin(int milliseconds);
    std::vector<pid_t> children_;
};

/// Which process of LocalRanks has ended already, and how, in a sentence; empty when none has.
std::string localRankThatEnded();

/// What --devices said where it made this process one of several, with every GPU as "cuda:N"; empty otherwise.
std::string devicesOfRanks();

} // namespace hilo
