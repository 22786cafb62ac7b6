// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>

namespace hilo {

/// A run's id is the name of its folder, so it may hold only letters, digits, '.', '_' and '-', starts with a letter or
/// a digit and has at most 100 characters. Everything else (separators, "..", hidden names) is an error: an id from a
/// file, a database or a command line never becomes a path before this check.
Status checkRunId(const std::string& id);

/// The nearest valid id for a free text: "HILO 2468/2468" -> "hilo-2468-2468"; never empty.
std::string runIdFrom(const std::string& text);

/// A relative path from a file, joined to folder; an error when it is absolute, has ".." or leaves the folder through a
/// link. file and place name where the path was read.
Result<std::filesystem::path> pathInside(const std::filesystem::path& folder, const std::string& relative,
                                         const std::string& file, const std::string& place);

} // namespace hilo
