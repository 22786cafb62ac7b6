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
    int threads = 1;
    double peakFlops =
        0; ///< measured on a feed-forward block of the model's widths, in dtype, floating point operations/s
};

/// Errors: an unknown dtype, a device that this machine or this build has not.
Status checkCompute(const std::string& device, const std::string& dtype);

/// Resolves "auto" and 0. The thread count is found by a short measurement on the model's own widths: more threads
/// are taken while they make it at least 1.2 times as fast (on a busy machine more can be much slower); bfloat16 is
/// chosen only where its products ran at least 1.3 times as fast. Errors: an unknown dtype, a device that this machine
/// or this build has not.
Result<Compute> chooseCompute(const ModelConfig& model, const std::string& device, const std::string& dtype,
                              int threads);

/// Sets LibTorch's threads. Call before any other work, once a process.
void applyCompute(const Compute& compute);

/// LibTorch's version, "1.13.1".
std::string torchVersion();

/// Of this process in bytes: now, and the most so far.
std::uint64_t residentMemory();
std::uint64_t peakResidentMemory();

} // namespace hilo
