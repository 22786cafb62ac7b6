// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/machine.h"

#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 16> usefulSets = {
    "f16c",        "fma",         "avx",         "avx2",     "avx_vnni", "avx512f", "avx512bw", "avx512vl",
    "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_tile", "amx_bf16", "asimd",   "bf16",     "sve"};

/// The value of the first line that starts with key, behind its colon.
std::string lineValue(const fs::path& file, const std::string& key)
{
    std::ifstream stream(file);
    std::string line;
    while (std::getline(stream, line)) {
        const auto colon = line.find(':');
        if (line.starts_with(key) && colon != std::string::npos) {
            const auto start = line.find_first_not_of(" \t", colon + 1);
            return start == std::string::npos ? "" : line.substr(start);
        }
    }
    return {};
}

std::vector<std::string> instructionSets()
{
    std::string all = lineValue("/proc/cpuinfo", "flags");
    if (all.empty())
        all = lineValue("/proc/cpuinfo", "Features");
    std::istringstream words(all);
    std::vector<std::string> found;
    for (std::string word; words >> word;)
        if (std::find(usefulSets.begin(), usefulSets.end(), word) != usefulSets.end())
            found.push_back(word);
    return found;
}

} // namespace

Machine thisMachine()
{
    Machine machine;
    machine.processor = lineValue("/proc/cpuinfo", "model name");
    machine.instructionSets = instructionSets();
    utsname names{};
    if (uname(&names) == 0) {
        machine.kernel = std::string(names.sysname) + " " + names.release + " " + names.machine;
        machine.host = names.nodename;
    }
    std::error_code code;
    for (const auto& entry : fs::directory_iterator("/proc/driver/nvidia/gpus", code))
        machine.gpus.push_back(lineValue(entry.path() / "information", "Model"));
    std::sort(machine.gpus.begin(), machine.gpus.end());
    std::ifstream version("/proc/driver/nvidia/version");
    std::getline(version, machine.driver);
    return machine;
}

} // namespace hilo
