// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cuda/dim3.h"

#include <cstdint>
#include <functional>
#include <source_location>
#include <string>

/// The threads of a CUDA device, one after another on one thread of the CPU, so that the very kernels of gpu/cuda run
/// where there is no GPU. Threads change only where they meet (__syncthreads, the exchanges of a warp), in an order
/// that the caller chooses: what depends on the order is a race. What hangs or is undefined on a GPU is an error here:
/// threads that wait at different places, a warp that exchanges values without some of its members, a launch over the
/// device's limits.
namespace hilo::emulated {

/// In which order blocks, and the threads of a block, come to their turn.
enum class Order { Forward, Backward, Shuffled };
void useOrder(Order order);

/// Launches since the program began.
std::int64_t launches();

struct Launch
{
    dim3 blocks;
    dim3 threads;
    std::size_t sharedBytes = 0; ///< beside what the kernel declares itself
};

/// Runs thread() for every thread of the launch. Returns what is wrong, or an empty text.
std::string run(const Launch& launch, const std::function<void()>& thread);

/// For the running thread: waits for all of its block, or of its warp, at the same place of the source.
void meetBlock(const std::source_location& place);
void meetWarp(const std::source_location& place);

/// Ends the launch with an error.
[[noreturn]] void fail(const std::string& message);

/// Gives size bytes to the warp and returns those that the lane `other` gives at the same place.
const void* exchange(const void* value, std::size_t size, unsigned other, const std::source_location& place);

/// Of the running thread in its warp.
unsigned lane();

} // namespace hilo::emulated
