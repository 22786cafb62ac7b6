// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/resources.h"

#include <cstdlib>

namespace hilo {

std::filesystem::path resourcesFolder()
{
    namespace fs = std::filesystem;
    if (const char* folder = std::getenv("HILO_RESOURCES"))
        return folder;
    std::error_code code;
    const fs::path program = fs::read_symlink("/proc/self/exe", code).parent_path();
    for (const fs::path& candidate : {program / "../../resources", program / "../share/hilo/resources"})
        if (fs::is_directory(candidate / "prompts", code))
            return fs::weakly_canonical(candidate, code);
    return HILO_SOURCE_RESOURCES;
}

} // namespace hilo
