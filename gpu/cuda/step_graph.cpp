// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/step_graph.h"

#include <ATen/cuda/CUDAEvent.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

namespace hilo::gpu {
namespace {

/// Everything that is made on first use (cuBLAS' handles and workspaces of both threads, loaded kernels) is there after
/// one time; the second one runs as the recorded one will.
constexpr int timesBeforeRecording = 2;

/// later waits for all that is queued on earlier now.
void waitFor(const c10::cuda::CUDAStream& later, const c10::cuda::CUDAStream& earlier)
{
    at::cuda::CUDAEvent event;
    event.record(earlier);
    event.block(later);
}

} // namespace

struct StepGraph::State
{
    /// Nothing can be recorded on the default stream. The work runs here before it is recorded, too: LibTorch keeps
    /// cuBLAS' workspaces and autograd's nodes by stream.
    c10::cuda::CUDAStream side = c10::cuda::getStreamFromPool(false);
    std::unique_ptr<at::cuda::CUDAGraph> graph;
    int times = 0;

    void call(const std::function<void()>& work)
    {
        const c10::cuda::CUDAStream outer = c10::cuda::getCurrentCUDAStream();
        waitFor(side, outer);
        {
            const c10::cuda::CUDAStreamGuard guard(side);
            work();
        }
        waitFor(outer, side);
        ++times;
    }

    void record(const std::function<void()>& work)
    {
        // What is queued has to be over: recording must not wait for it. The recorded work has memory of its own; what
        // the calls before have left is given back.
        c10::cuda::device_synchronize();
        c10::cuda::CUDACachingAllocator::emptyCache();
        const c10::cuda::CUDAStreamGuard guard(side);
        auto recorded = std::make_unique<at::cuda::CUDAGraph>();
        // Other threads (autograd's, NCCL's watchdog) may ask CUDA for what they like meanwhile.
        recorded->capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
        try {
            work();
        } catch (...) {
            try {
                recorded->capture_end();
            } catch (...) { // NOLINT(bugprone-empty-catch): the first error tells what is wrong
            }
            throw;
        }
        recorded->capture_end();
        graph = std::move(recorded);
    }
};

StepGraph::StepGraph(bool onGpu) : onGpu_(onGpu) {}

StepGraph::~StepGraph() = default;

void StepGraph::run(const std::function<void()>& work)
{
    if (!onGpu_) {
        work();
        return;
    }
    if (!state_)
        state_ = std::make_unique<State>();
    if (state_->times < timesBeforeRecording) {
        state_->call(work);
        return;
    }
    if (!state_->graph)
        state_->record(work);
    state_->graph->replay();
}

bool StepGraph::isRecorded() const
{
    return state_ && state_->graph;
}

} // namespace hilo::gpu
