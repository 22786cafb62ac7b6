// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>

namespace hilo {

/// The folder of files that the programs read at run time (prompt templates, …): the environment's HILO_RESOURCES, else
/// <program folder>/../../resources, else <program folder>/../share/hilo/resources, else the source tree that the
/// program was built from. The first that exists.
Result<std::filesystem::path> resourceFolder();

/// A file or folder in it ("prompts/alpaca.json"); an error when it is not there.
Result<std::filesystem::path> resourcePath(const std::string& name);

} // namespace hilo
