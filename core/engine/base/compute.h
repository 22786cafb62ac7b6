// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "formats/model_config.h"

#include <string>

namespace hilo {

/// Where and how a model computes, with nothing left open.
struct Compute
{
    std::string device = "cpu";
    std::string dtype = "float32"; ///< of the frozen base: float32 or bfloat16
    bool onGpu() const { return device != "cpu"; }
    int gpu() const { return onGpu() ? std::stoi(device.substr(5)) : 0; } ///< "cuda:1": 1
    int threads = 1;
    double peakFlops = 0; ///< floating point operations/s in dtype: on the CPU measured on a feed-forward block of the
                          ///< model's widths, on a GPU by its datasheet (0: not known)
};

/// Errors: an unknown dtype, a device that this machine or this build has not.
Status checkCompute(const std::string& device, const std::string& dtype);

/// Resolves "auto" and 0. "auto" is the first GPU where there is one, and bfloat16 on it. On the CPU the thread count
/// is found by a short measurement on the model's own widths: more threads are taken while they make it at least 1.2
/// times as fast (on a busy machine more can be much slower); bfloat16 is chosen only where its products ran at
/// least 1.3 times as fast. Errors: an unknown dtype, a device that this machine or this build has not.
Result<Compute> chooseCompute(const ModelConfig& model, const std::string& device, const std::string& dtype,
                              int threads);

/// A GPU that need not be in this machine, by its name ("H100") or a longer one that has it, for plans: in bfloat16
/// unless dtype says otherwise. Errors: a name that no datasheet is known of.
Result<Compute> plannedGpu(const std::string& name, const std::string& dtype);

/// Sets LibTorch's threads. Call before any other work, once a process.
void applyCompute(const Compute& compute);

/// LibTorch's version, "1.13.1".
std::string torchVersion();

/// Of this process in bytes: now, and the most so far.
std::uint64_t residentMemory();
std::uint64_t peakResidentMemory();
/// The same where the model is: of the GPU's tensors, or of the process.
std::uint64_t memoryInUse(const Compute& compute);
std::uint64_t peakMemory(const Compute& compute);
/// What a run may use: free memory of the GPU and what this process has of it, or the machine's memory.
std::uint64_t usableMemory(const Compute& compute);

} // namespace hilo
