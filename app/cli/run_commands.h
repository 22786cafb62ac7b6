// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

#include <vector>

namespace hilo::cli {

/// Parses the command line, does what it asks for and returns the exit code.
int runCommands(int argc, char** argv, const std::vector<AddCommand>& commands);

} // namespace hilo::cli
