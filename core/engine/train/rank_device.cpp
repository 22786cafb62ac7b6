// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/rank_device.h"

#include "gpu/device.h"

#include <cstdlib>

namespace hilo {
namespace {

bool namesGpu(const std::string& device)
{
    return device == "cuda" || device.starts_with("cuda:");
}

} // namespace

std::string deviceOf(const DeviceQuestion& question)
{
    if (!question.chosen.empty())
        return question.chosen;
    const bool isFresh = question.before.empty();
    const bool onGpu = namesGpu(isFresh ? question.asked : question.before) ||
                       (isFresh && question.asked == "auto" && question.gpus > 0);
    if (!onGpu)
        return isFresh ? question.asked : question.before;
    if (question.size > 1) {
        const bool seesItsOwn = question.seesChosenGpus && question.gpus == 1;
        return "cuda:" + std::to_string(seesItsOwn ? 0 : question.localRank);
    }
    if (isFresh)
        return question.asked == "cuda" ? "cuda:0" : question.asked;
    // A run that leaves its device open was given another one, or is let see only that: its number is another, too.
    const bool isOpen = question.asked == "auto" || question.asked == "cuda";
    const bool isThere = question.before.size() > 5 && std::atoi(question.before.c_str() + 5) < question.gpus;
    return isOpen && !isThere && question.gpus > 0 ? "cuda:0" : question.before;
}

std::string deviceOfThisProcess(const std::string& asked, const std::string& before, int size, int localRank)
{
    const char* const chosen = std::getenv("HILO_DEVICE");
    return deviceOf({chosen ? chosen : "", asked, before, size, localRank, gpu::deviceCount(),
                     std::getenv("CUDA_VISIBLE_DEVICES") != nullptr});
}

} // namespace hilo
