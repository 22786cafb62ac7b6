// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace hilo {

/// The folder of the program's own data (prompts, …): the environment variable HILO_RESOURCES, else resources/ beside
/// the build or share/hilo/resources beside the installed program, else the source tree it was built from.
std::filesystem::path resourcesFolder();

} // namespace hilo
