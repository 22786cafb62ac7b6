// SPDX-License-Identifier: GPL-3.0-or-later
// hilo: commands that need no LibTorch are done here, at once; for the others, and for the help on all of them, it
// becomes hilo-engine, which lies beside it. Loading LibTorch alone takes about a second.
#include "run_commands.h"

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct QuickCommand
{
    std::string_view name;
    hilo::cli::AddCommand add;
};

constexpr QuickCommand quickCommands[] = {
    {"inspect", hilo::cli::addInspect},
    {"allocate", hilo::cli::addAllocate},
    {"compare", hilo::cli::addCompare},
    {"map", hilo::cli::addMap},
    {"data", hilo::cli::addData},
    {"fetch", hilo::cli::addFetch},
    {"benchmark", hilo::cli::addBenchmark},
    {"import-scores", hilo::cli::addImportScores},
    {"run", hilo::cli::addRun},
};

/// The word that stands where a command is expected; empty where there is none.
std::string_view commandOf(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--log-level")
            ++i;
        else if (!word.starts_with('-'))
            return word;
    }
    return {};
}

int becomeEngine(char** argv)
{
    std::error_code code;
    const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", code);
    const std::filesystem::path engine = own.parent_path() / "hilo-engine";
    execv(engine.c_str(), argv);
    std::cerr << "hilo: " << engine.string() << " cannot be started: " << std::strerror(errno)
              << "\n  It belongs beside hilo; install or build both.\n";
    return static_cast<int>(hilo::ErrorCode::Internal);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 2 && std::string_view(argv[1]) == "--version")
        return hilo::cli::runCommands(argc, argv, {});
    const std::string_view command = commandOf(argc, argv);
    for (const QuickCommand& quick : quickCommands)
        if (quick.name == command)
            return hilo::cli::runCommands(argc, argv, {quick.add});
    return becomeEngine(argv);
}
