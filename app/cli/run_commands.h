// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/facts.h"
#include "command.h"

#include <functional>
#include <vector>

namespace hilo::cli {

/// What `--version --verbose` tells beside the facts of hilo_core.
using MoreFacts = std::function<Facts()>;

/// Parses the command line, does what it asks for and returns the exit code.
int runCommands(int argc, char** argv, const std::vector<AddCommand>& commands, const MoreFacts& more = {});

} // namespace hilo::cli
