// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <filesystem>

namespace hilo {

/// The spec with its paths as a file of a project has them (base/portable_path.h): relative to folder, where that file
/// stands, for what lies in the project, and absolute elsewhere.
RunSpec portableSpec(RunSpec spec, const std::filesystem::path& project, const std::filesystem::path& folder);

} // namespace hilo
