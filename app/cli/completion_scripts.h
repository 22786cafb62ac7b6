// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command_tree.h"

#include <string>

namespace hilo::cli {

/// Scripts that complete the commands, options and choices of a program; where a file may stand, files are offered.
std::string bashCompletion(const CommandNode& root);
std::string zshCompletion(const CommandNode& root);
std::string fishCompletion(const CommandNode& root);

} // namespace hilo::cli
