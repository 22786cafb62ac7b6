// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace hilo::gpu {

/// Work on a GPU that is always the same: recorded once as a CUDA graph and then replayed, so that the host starts one
/// thing instead of thousands. Work on a CPU is run as it is.
///
/// What is recorded are kernels with their pointers and numbers: the work must read what changes from tensors that stay
/// where they are, must write its results into such, must not wait for the device and must not copy from the host.
class StepGraph
{
  public:
    explicit StepGraph(bool onGpu);
    ~StepGraph();
    StepGraph(const StepGraph&) = delete;
    StepGraph& operator=(const StepGraph&) = delete;

    /// Does the work once, on tensors of the current device and in the order of its current stream: the first times
    /// by calling it (libraries make what they need), then once by recording it, from then on without calling it.
    void run(const std::function<void()>& work);
    /// True from when work is no longer called.
    bool isRecorded() const;

  private:
    struct State;
    bool onGpu_ = false;
    std::unique_ptr<State> state_;
};

} // namespace hilo::gpu
