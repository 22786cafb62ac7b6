// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/torch_facts.h"

#include "engine/base/compute.h"
#include "gpu/device.h"
#include "gpu/tensor.h"

#include <ATen/Version.h>

#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace hilo {
namespace {

/// What stands behind a word of LibTorch's own description, up to the end of the line or a comma.
std::string toldBehind(const std::string& description, const std::string& word)
{
    const auto found = description.find(word);
    if (found == std::string::npos)
        return {};
    const auto start = found + word.size();
    const auto end = description.find_first_of(",\n", start);
    return description.substr(start, end == std::string::npos ? end : end - start);
}

std::string fileOfLibTorch()
{
    Dl_info info{};
    if (dladdr(reinterpret_cast<void*>(&at::show_config), &info) == 0 || info.dli_fname == nullptr)
        return {};
    std::error_code code;
    const auto file = std::filesystem::canonical(info.dli_fname, code);
    return code ? info.dli_fname : file.string();
}

/// The libraries that matrix products may come from; which one Debian's libblas is, is a link of the system.
std::vector<std::string> loadedBlas()
{
    std::set<std::string> names;
    const auto look = [](dl_phdr_info* info, std::size_t, void* found) {
        std::error_code code;
        const auto file = std::filesystem::canonical(info->dlpi_name, code);
        if (const std::string name = file.filename().string();
            name.find("blas") != std::string::npos || name.find("mkl_core") != std::string::npos)
            static_cast<std::set<std::string>*>(found)->insert(file.string());
        return 0;
    };
    dl_iterate_phdr(look, &names);
    return {names.begin(), names.end()};
}

Fact fact(std::string key, std::string name, const std::string& value)
{
    return {std::move(key), std::move(name), value.empty() ? std::vector<std::string>{} : std::vector{value}, false};
}

} // namespace

Facts torchFacts()
{
    const std::string description = at::show_config();
    const std::string backend = gpu::backendName();
    Facts facts = {fact("libtorch", "LibTorch", torchVersion()),
                   fact("libtorch_file", "its file", fileOfLibTorch()),
                   fact("cpu_capability", "its instruction set", toldBehind(description, "CPU capability usage: ")),
                   {"blas", "BLAS", loadedBlas(), true},
                   fact("onednn", "oneDNN", at::get_mkldnn_version()),
                   fact("openmp", "OpenMP", at::get_openmp_version()),
                   fact("cuda", "CUDA", backend.starts_with("cuda ") ? backend.substr(5) : std::string()),
                   fact("cudnn", "cuDNN", toldBehind(description, "CuDNN "))};
    Fact devices{"cuda_devices", "CUDA devices", {}, true};
    for (int i = 0; i < gpu::deviceCount(); ++i)
        devices.values.push_back(gpu::deviceName(i));
    facts.push_back(std::move(devices));
    // They tell their names themselves.
    for (Fact& each : facts)
        for (std::string& value : each.values)
            if (each.key == "onednn" || each.key == "openmp")
                value = value.substr(0, value.find(" (Git Hash"));
    return facts;
}

} // namespace hilo
