// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file_lock.h"
#include "project/project.h"

#include <string>
#include <vector>

namespace hilo {

/// Devices that a run has for itself, by locks that its processes inherit.
struct TakenDevices
{
    std::vector<std::string> names; ///< "cpu", "cuda:0"
    std::vector<FileLock> locks;    ///< one a device
};

/// The devices that a worker serves. Each is a slot that one run holds, by a lock on a file of the project, so that
/// several workers never give a device to two runs.
///
/// The queue is looked at again and again, each time in its order. A run that needs several devices and finds too few
/// free ones keeps those from the runs behind it, and holds their locks until the next look: so it gets its turn, also
/// beside another worker that serves a part of the devices. Only one worker of a project collects devices at a time, or
/// two of them could wait for each other.
class DeviceSlots
{
  public:
    /// names: "cpu", which may be named several times, "cuda:0", …
    DeviceSlots(const Project& project, const std::vector<std::string>& names);

    /// How many of the devices fit what a run asks for: "auto" (the GPUs, else the CPU), "cpu", "cuda", "cuda:1".
    int fitting(const std::string& wanted) const;

    void beginLook();
    /// So many devices that fit, or nothing when too few of them are free.
    Result<std::optional<TakenDevices>> take(const std::string& wanted, int count);
    /// Gives back what no run waits for.
    Status endLook();

  private:
    struct Slot
    {
        std::string device;
        std::filesystem::path file;
        std::optional<FileLock> lock;
        bool busy = false; ///< in this look: another run has it
        bool kept = false; ///< in this look: for a run that waits for more
    };
    bool fits(const std::string& wanted, const std::string& device) const;

    std::filesystem::path folder_;
    std::vector<Slot> slots_;
    std::optional<FileLock> collecting_;
};

} // namespace hilo
