// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/control.h"

#include "base/atomic_file.h"
#include "base/log.h"

#include <array>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::pair<ControlWord, const char*>, 4> words{{{ControlWord::Pause, "pause"},
                                                                    {ControlWord::Resume, "resume"},
                                                                    {ControlWord::Stop, "stop"},
                                                                    {ControlWord::Checkpoint, "checkpoint"}}};

std::optional<ControlWord> wordIn(const fs::path& file)
{
    auto text = readFile(file, 64);
    if (!text)
        return {};
    text->erase(text->find_last_not_of(" \t\r\n") + 1);
    const auto word = controlWordOf(*text);
    return word ? std::optional(*word) : std::nullopt;
}

} // namespace

std::string nameOf(ControlWord word)
{
    for (const auto& [value, name] : words)
        if (value == word)
            return name;
    return {};
}

Result<ControlWord> controlWordOf(const std::string& text)
{
    for (const auto& [value, name] : words)
        if (text == name)
            return value;
    return failure(wrongUsage("\"" + text + "\" is not a control word.", "Use pause, resume, stop or checkpoint."));
}

Status writeControl(const std::filesystem::path& runFolder, ControlWord word)
{
    return writeFileAtomically(runFolder / "control", nameOf(word) + "\n");
}

std::optional<ControlWord> readControl(const std::filesystem::path& runFolder)
{
    return wordIn(runFolder / "control");
}

std::optional<ControlWord> takeControl(const fs::path& runFolder)
{
    const auto waiting = readControl(runFolder);
    if (!waiting || waiting == ControlWord::Stop)
        return waiting;
    // Another word may have come since: what is moved away is what is obeyed.
    const fs::path taken = runFolder / ".control.taken";
    std::error_code code;
    fs::rename(runFolder / "control", taken, code);
    if (code)
        return {};
    const auto word = wordIn(taken);
    fs::remove(taken, code);
    if (word == ControlWord::Stop && !writeControl(runFolder, ControlWord::Stop))
        logger("project")->warn("{}: the word \"stop\" cannot be kept; it is obeyed", runFolder.string());
    return word;
}

void clearControl(const std::filesystem::path& runFolder)
{
    std::error_code ignored;
    std::filesystem::remove(runFolder / "control", ignored);
}

} // namespace hilo
