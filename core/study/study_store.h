// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file_lock.h"
#include "project/project.h"
#include "study/study.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// PROJECT/studies/NAME.study.json.
std::filesystem::path studyFile(const Project& project, const std::string& name);

/// The names of all studies, sorted.
std::vector<std::string> studyNames(const Project& project);

/// bad input: no such study; names those that there are.
Result<Study> readStudy(const Project& project, const std::string& name);

/// Held by whoever changes the study: studies/.NAME.lock. Waits for it.
Result<FileLock> lockStudy(const Project& project, const std::string& name);

/// At once or not at all. Under the lock.
Status writeStudy(const Project& project, const Study& study);

/// Its file alone; runs stay. Under the lock.
Status removeStudyFile(const Project& project, const std::string& name);

} // namespace hilo
