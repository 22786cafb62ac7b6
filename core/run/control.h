// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>

namespace hilo {

/// What a person or the workbench asks of a running run: one word in the run folder's file "control".
enum class ControlWord { Pause, Resume, Stop, Checkpoint };

std::string nameOf(ControlWord word);
Result<ControlWord> controlWordOf(const std::string& text);

/// Puts the word into runs/ID/control, in one step.
Status writeControl(const std::filesystem::path& runFolder, ControlWord word);
/// The word that waits there; nothing when the file is absent or holds something else.
std::optional<ControlWord> readControl(const std::filesystem::path& runFolder);
/// For the process that the word is for: the word that waits there, taken out, so that none that comes meanwhile is
/// lost. A stop stays until clearControl(): nobody may put another word in its place.
std::optional<ControlWord> takeControl(const std::filesystem::path& runFolder);
void clearControl(const std::filesystem::path& runFolder);

} // namespace hilo
