// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo {

/// What decides on which device a process trains.
struct DeviceQuestion
{
    std::string chosen;          ///< for this very process, by --devices: "cpu", "cuda:1"; empty: nothing
    std::string asked;           ///< by the run's settings: auto, cpu, cuda, cuda:1
    std::string before;          ///< where the checkpoint was computed (by rank 0); empty for a fresh run
    int size = 1;                ///< processes of the run
    int localRank = 0;           ///< among those of this machine
    int gpus = 0;                ///< that this process sees
    bool seesChosenGpus = false; ///< somebody has chosen which (CUDA_VISIBLE_DEVICES)
};

/// The device of this process: what --devices chose. Otherwise several processes on GPUs have one each, by their local
/// rank (or the only one that each was let see), whatever number the settings or the checkpoint name; and a run that
/// goes on stays on the kind of device that its checkpoint was computed on, on the same one where that is there.
/// May be "auto", and may be a device that is not there: checkCompute() says so.
std::string deviceOf(const DeviceQuestion& question);

/// The same of this process: its environment and its GPUs.
std::string deviceOfThisProcess(const std::string& asked, const std::string& before, int size, int localRank);

} // namespace hilo
