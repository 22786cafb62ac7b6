// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "study/study.h"

#include <filesystem>

namespace hilo {

inline constexpr const char* studyFormat = "hilo.study/1";

/// The document of a study whose file stands in folder, in a project: paths are kept as in other files of a project.
Json studyDocument(const Study& study, const std::filesystem::path& project, const std::filesystem::path& folder);

/// Reads it back. Errors: unknown keys, wrong types, values out of range, runs of arms or tasks that are not there;
/// each with the place.
Result<Study> parseStudy(const Json& document, const std::string& file, const std::filesystem::path& folder);

} // namespace hilo
