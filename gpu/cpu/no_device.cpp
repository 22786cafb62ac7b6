// SPDX-License-Identifier: GPL-3.0-or-later
// A build without CUDA: no devices, nothing that records.
#include "gpu/device.h"
#include "gpu/step_graph.h"

#include <stdexcept>

namespace hilo::gpu {
namespace {

[[noreturn]] void noDevice()
{
    throw std::runtime_error("this build computes on the CPU only");
}

} // namespace

std::string backendName()
{
    return "cpu";
}

int deviceCount()
{
    return 0;
}

std::string deviceName(int)
{
    noDevice();
}

DeviceMemory deviceMemory(int)
{
    return {};
}

void resetPeakMemory(int) {}

void releaseCachedMemory() {}

void useDevice(int)
{
    noDevice();
}

void waitForDevice(int) {}

struct StepGraph::State
{
};

StepGraph::StepGraph(bool onGpu) : onGpu_(onGpu) {}

StepGraph::~StepGraph() = default;

void StepGraph::run(const std::function<void()>& work)
{
    work();
}

bool StepGraph::isRecorded() const
{
    return false;
}

} // namespace hilo::gpu
