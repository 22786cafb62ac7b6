// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/compute.h"

#include "base/log.h"
#include "engine/base/block_cache.h"
#include "engine/base/torch_border.h"
#include "gpu/compatibility.h"
#include "gpu/device.h"
#include "gpu/device_peak.h"
#include "gpu/tensor.h"

#include <torch/version.h>

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace hilo {
namespace {

using Clock = std::chrono::steady_clock;

/// LibTorch's own threads, and those of OpenBLAS where it brings threads of its own (Debian's libopenblas0-pthread):
/// LibTorch does not tell it, and two processes whose products wait for each other's cores become ten times slower.
void setThreads(int threads)
{
    torch::set_num_threads(threads);
    using Setter = void (*)(int);
    if (const auto setter = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads")))
        setter(threads);
}

/// Floating point operations per second.
struct BlockSpeed
{
    double mean = 0; ///< tells whether threads wait for each other, as they do on a busy machine
    double best = 0; ///< of one repetition: what the machine can
};

/// Of a feed-forward block with 256 tokens, repeated for 80 ms.
BlockSpeed measureBlock(const ModelConfig& model, torch::Dtype dtype, int threads)
{
    const torch::NoGradGuard noGradient;
    setThreads(threads);
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
    double elapsed = 0;
    double shortest = 1e9;
    do {
        const auto start = Clock::now();
        block();
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        shortest = std::min(shortest, seconds);
        elapsed += seconds;
        ++repetitions;
    } while (elapsed < 0.08);
    const double operations = 4.0 * tokens * static_cast<double>(model.hidden * model.intermediate);
    return {operations * repetitions / elapsed, operations / shortest};
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

Status checkCompute(const std::string& device, const std::string& dtype)
{
    const int gpus = gpu::deviceCount();
    bool known = device == "auto" || device == "cpu";
    for (int index = 0; index < gpus; ++index)
        known = known || device == "cuda:" + std::to_string(index);
    if (!known)
        return failure(badInput({}, "device",
                                "The device \"" + device + "\" is not available: this build computes on " +
                                    gpu::backendName() +
                                    (gpus > 0                      ? " and sees " + std::to_string(gpus) + " GPUs"
                                     : gpu::backendName() == "cpu" ? ""
                                                                   : " and sees no GPU") +
                                    ".",
                                gpus > 0 ? "Use \"auto\", \"cpu\" or \"cuda:0\"." : "Use \"auto\" or \"cpu\"."));
    if (dtype != "auto" && dtype != "float32" && dtype != "bfloat16")
        return failure(badInput({}, "dtype", "\"" + dtype + "\" is not known; expected auto, float32 or bfloat16"));
    return {};
}

namespace {

/// The CPU beside a GPU has little to do.
Compute gpuCompute(int index, const std::string& name, const std::string& dtype, int threads)
{
    Compute compute;
    compute.device = "cuda:" + std::to_string(index);
    compute.dtype = dtype == "float32" ? "float32" : "bfloat16";
    compute.threads = threads > 0 ? threads : 1;
    compute.peakFlops = gpu::peakOfDevice(name);
    return compute;
}

} // namespace

Result<Compute> chooseCompute(const ModelConfig& model, const std::string& device, const std::string& dtype,
                              int threads)
{
    HILO_CHECK(checkCompute(device, dtype));
    if (device.starts_with("cuda:") || (device == "auto" && gpu::deviceCount() > 0)) {
        const int index = device == "auto" ? 0 : std::stoi(device.substr(5));
        const std::string name = gpu::deviceName(index);
        const Compute found = gpuCompute(index, name, dtype, threads);
        logger("train")->info("computing in {} on {}", found.dtype, name);
        return found;
    }
    Compute compute;
    HILO_CHECK(atTorchBorder([&]() -> Status {
        const int cores = std::max(1u, std::thread::hardware_concurrency());
        BlockSpeed plain;
        compute.threads = threads;
        for (int count = 1; threads == 0 && count <= cores;
             count = count == cores ? cores + 1 : std::min(count * 2, cores)) {
            const BlockSpeed speed = measureBlock(model, torch::kFloat32, count);
            if (speed.mean > 1.2 * plain.mean) {
                plain = speed;
                compute.threads = count;
            }
        }
        if (threads > 0)
            plain = measureBlock(model, torch::kFloat32, threads);
        compute.peakFlops = plain.best;
        if (dtype != "float32") {
            const BlockSpeed half = measureBlock(model, torch::kBFloat16, compute.threads);
            logger("train")->info("matrix products: {:.1f} GFLOP/s in float32, {:.1f} in bfloat16, threads: {}",
                                  plain.mean / 1e9, half.mean / 1e9, compute.threads);
            if (dtype == "bfloat16" || half.mean > 1.3 * plain.mean) {
                compute.dtype = "bfloat16";
                compute.peakFlops = half.best;
            }
        }
        return {};
    }));
    return compute;
}

Result<Compute> plannedGpu(const std::string& name, const std::string& dtype)
{
    HILO_CHECK(checkCompute("auto", dtype));
    const Compute compute = gpuCompute(0, name, dtype, 0);
    if (compute.peakFlops > 0)
        return compute;
    std::string known;
    for (const gpu::DevicePeak& device : gpu::devicePeaks)
        known += (known.empty() ? "" : ", ") + std::string(device.part);
    return failure(wrongUsage("Nothing is known of a GPU named \"" + name + "\".", "Known are " + known + "."));
}

void applyCompute(const Compute& compute)
{
    installBlockCache();
    setThreads(compute.threads);
    if (compute.onGpu()) {
        // Before the first product: cuBLAS reads it when it starts, and repeats its sums in the same order with it.
        setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
        gpu::useDevice(compute.gpu());
        gpu::useDeterministicAlgorithms();
    }
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

std::uint64_t memoryInUse(const Compute& compute)
{
    return compute.onGpu() ? static_cast<std::uint64_t>(gpu::deviceMemory(compute.gpu()).used) : residentMemory();
}

std::uint64_t peakMemory(const Compute& compute)
{
    return compute.onGpu() ? static_cast<std::uint64_t>(gpu::deviceMemory(compute.gpu()).peak) : peakResidentMemory();
}

std::uint64_t usableMemory(const Compute& compute)
{
    if (compute.onGpu()) {
        const gpu::DeviceMemory memory = gpu::deviceMemory(compute.gpu());
        return static_cast<std::uint64_t>(memory.free + memory.used);
    }
    return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGE_SIZE));
}

} // namespace hilo
