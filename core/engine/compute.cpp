// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compute.h"

#include "base/log.h"
#include "engine/torch_border.h"
#include "gpu/backend.h"

#include <torch/torch.h>
#include <torch/version.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

namespace hilo {
namespace {

using Clock = std::chrono::steady_clock;

/// Floating point operations per second of a feed-forward block with 256 tokens: the mean over 80 ms, for on a busy
/// machine threads that wait for each other cost most of the time in all repetitions but the best.
double measureBlock(const ModelConfig& model, torch::Dtype dtype, int threads)
{
    const torch::NoGradGuard noGradient;
    torch::set_num_threads(threads);
    constexpr std::int64_t tokens = 256;
    const auto filled = [&](std::int64_t rows, std::int64_t columns) {
        return torch::full({rows, columns}, 0.01, torch::kFloat32).to(dtype);
    };
    const torch::Tensor x = filled(tokens, model.hidden);
    const torch::Tensor up = filled(model.intermediate, model.hidden);
    const torch::Tensor down = filled(model.hidden, model.intermediate);
    const auto block = [&] { return torch::mm(torch::silu(torch::mm(x, up.t())), down.t()); };
    block();
    int repetitions = 0;
    const auto start = Clock::now();
    double elapsed = 0;
    do {
        block();
        ++repetitions;
        elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    } while (elapsed < 0.08);
    return 4.0 * tokens * static_cast<double>(model.hidden * model.intermediate) * repetitions / elapsed;
}

std::uint64_t statusBytes(const std::string& key)
{
    std::ifstream file("/proc/self/status");
    std::string line;
    while (std::getline(file, line))
        if (line.starts_with(key))
            return std::strtoull(line.c_str() + key.size(), nullptr, 10) * 1024;
    return 0;
}

} // namespace

Result<Compute> chooseCompute(const ModelConfig& model, const std::string& device, const std::string& dtype,
                              int threads)
{
    Compute compute;
    if (device != "auto" && device != "cpu") {
        return failure(badInput({}, "device",
                                "The device \"" + device + "\" is not available: this build computes on " +
                                    gpu::backendName() + ".",
                                "Use \"auto\" or \"cpu\"."));
    }
    if (dtype != "auto" && dtype != "float32" && dtype != "bfloat16")
        return failure(badInput({}, "dtype", "\"" + dtype + "\" is not known; expected auto, float32 or bfloat16"));
    HILO_CHECK(atTorchBorder([&]() -> Status {
        const int cores = std::max(1u, std::thread::hardware_concurrency());
        double plain = 0;
        compute.threads = threads;
        for (int count = 1; threads == 0 && count <= cores;
             count = count == cores ? cores + 1 : std::min(count * 2, cores)) {
            const double speed = measureBlock(model, torch::kFloat32, count);
            if (speed > 1.2 * plain) {
                plain = speed;
                compute.threads = count;
            }
        }
        if (plain == 0)
            plain = measureBlock(model, torch::kFloat32, compute.threads);
        compute.peakFlops = plain;
        if (dtype != "float32") {
            const double half = measureBlock(model, torch::kBFloat16, compute.threads);
            logger("train")->info("matrix products: {:.1f} GFLOP/s in float32, {:.1f} in bfloat16, {} threads",
                                  plain / 1e9, half / 1e9, compute.threads);
            if (dtype == "bfloat16" || half > 1.3 * plain) {
                compute.dtype = "bfloat16";
                compute.peakFlops = half;
            }
        }
        return {};
    }));
    return compute;
}

void applyCompute(const Compute& compute)
{
    torch::set_num_threads(compute.threads);
}

std::string torchVersion()
{
    return TORCH_VERSION;
}

std::uint64_t residentMemory()
{
    return statusBytes("VmRSS:");
}

std::uint64_t peakResidentMemory()
{
    return statusBytes("VmHWM:");
}

} // namespace hilo
