// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/portable_path.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;

std::string portablePath(const std::string& path, const fs::path& project, const fs::path& base)
{
    if (path.empty() || !fs::path(path).is_absolute())
        return path;
    std::error_code code;
    const fs::path full = fs::weakly_canonical(path, code);
    if (code)
        return path;
    const auto [rest, unused] = std::mismatch(project.begin(), project.end(), full.begin(), full.end());
    return rest == project.end() ? full.lexically_relative(base).string() : full.string();
}

std::string resolvedPath(const std::string& path, const fs::path& base)
{
    if (path.empty() || fs::path(path).is_absolute())
        return path;
    std::error_code code;
    return fs::absolute(base / path, code).lexically_normal().string();
}

} // namespace hilo
