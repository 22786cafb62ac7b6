// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

namespace hilo {

/// The error for an id that names no run folder: it may be archived, misspelt or without its run.json.
Error missingRun(const Project& project, const std::string& id);

} // namespace hilo
