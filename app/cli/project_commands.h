// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

#include "index/run_reader.h"
#include "index/run_store.h"

namespace hilo::cli {

/// The sub-commands of `hilo project`, by topic: each function adds its own to project.
void addProjectListCommands(CLI::App& project, const std::function<void(Work)>& chosen);
void addProjectQueueCommands(CLI::App& project, const std::function<void(Work)>& chosen);
void addProjectCareCommands(CLI::App& project, const std::function<void(Work)>& chosen);
void addProjectSpaceCommands(CLI::App& project, const std::function<void(Work)>& chosen);

/// --devices-per-run of the commands that queue runs.
CLI::Option* addDevicesPerRun(CLI::App& command, int& devices);

/// Opens a project and its store.
Result<RunStore> openStore(const std::string& folder);
/// The same, with what is new in the run folders read.
Result<RunStore> openScannedStore(const std::string& folder, Console& console);
/// For commands that only read: brings the index up to date first. A project that cannot be written is shown as its
/// index stands, which is said.
Result<RunReader> openReader(const Project& project, Console& console);

} // namespace hilo::cli
