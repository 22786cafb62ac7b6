// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

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
Status workOnStudy(RunStore& store, const std::string& name, const std::string& folder,
                   const std::vector<std::string>& devices, Console& console);

} // namespace hilo::cli
