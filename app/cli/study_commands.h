// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"
#include "notice_options.h"

#include "index/run_store.h"
#include "study/study.h"

#include <string>
#include <vector>

namespace hilo::cli {

/// The sub-commands of `hilo study`, by topic: each function adds its own to study.
void addStudyNewCommands(CLI::App& study, const std::function<void(Work)>& chosen);
void addStudyRecordCommands(CLI::App& study, const std::function<void(Work)>& chosen);
void addStudyShowCommand(CLI::App& study, const std::function<void(Work)>& chosen);

/// The table of a study's allocations: parameters, learning rate, scaling.
std::vector<std::vector<std::string>> armRows(const Study& study);
Json armsAsJson(const Study& study);

/// Trains a study's queued runs and those that come of them, until nothing is left to do.
/// Tells whom of each run, and of the study's end.
Status workOnStudy(RunStore& store, const std::string& name, const std::string& folder,
                   const std::vector<std::string>& devices, const NoticeOptions& whom, Console& console);
/// The options of notices, as all commands that train a study have them.
std::shared_ptr<NoticeOptions> addStudyNotices(CLI::App& command);

} // namespace hilo::cli
