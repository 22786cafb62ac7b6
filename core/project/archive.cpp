// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/archive.h"

#include "run/run_id.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view ending = ".tar.gz";

} // namespace

fs::path archiveFile(const Project& project, const std::string& id)
{
    return project.archiveFolder() / (id + std::string(ending));
}

std::vector<std::string> archivedIds(const Project& project)
{
    std::vector<std::string> ids;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(project.archiveFolder(), code)) {
        std::string name = entry.path().filename().string();
        if (!name.ends_with(ending) || !entry.is_regular_file(code))
            continue;
        name.resize(name.size() - ending.size());
        if (checkRunId(name))
            ids.push_back(std::move(name));
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

} // namespace hilo
