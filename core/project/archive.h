// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// archive/ID.tar.gz
std::filesystem::path archiveFile(const Project& project, const std::string& id);
/// The ids of all archived runs, sorted.
std::vector<std::string> archivedIds(const Project& project);

} // namespace hilo
