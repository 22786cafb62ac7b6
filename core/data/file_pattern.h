// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// Whether a path with slashes fits a pattern: "*" and "?" within a name, "[abc]", "[a-z]" and "[!abc]", and "**" for
/// any number of folders.
bool fitsPattern(std::string_view path, std::string_view pattern);

/// Every file below a folder by its path in it, sorted; hidden ones and what is below hidden folders left out. Links to
/// files are followed, links to folders are not. Errors: a folder that cannot be read, more than a million files.
Result<std::vector<std::string>> filesBelow(const std::filesystem::path& folder);

} // namespace hilo
