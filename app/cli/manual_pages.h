// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command_tree.h"

#include <string>
#include <utility>
#include <vector>

namespace hilo::cli {

/// A manual page of section 1 for every command: file name ("hilo-study-new.1") and text in roff with the macros of
/// man(7). date: as it is shown, "2026-11-30".
std::vector<std::pair<std::string, std::string>> manualPages(const CommandNode& root, const std::string& version,
                                                             const std::string& date);

} // namespace hilo::cli
