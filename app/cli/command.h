// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>

namespace hilo::cli {

/// What every command gets: how to print and whether to stop.
class Console;

/// What a command's work returns: success or an error that main turns into message and exit code.
using Work = std::function<Status(Console&)>;

/// Each command is one file with one function of this shape: adds its sub-command with options to app and says by
/// chosen what to run when it was the one asked for.
using AddCommand = void (*)(CLI::App& app, std::function<void(Work)> chosen);

void addInspect(CLI::App& app, std::function<void(Work)> chosen);
void addAllocate(CLI::App& app, std::function<void(Work)> chosen);
void addEstimate(CLI::App& app, std::function<void(Work)> chosen);
void addProfile(CLI::App& app, std::function<void(Work)> chosen);
void addMap(CLI::App& app, std::function<void(Work)> chosen);
void addSweep(CLI::App& app, std::function<void(Work)> chosen);
void addStudy(CLI::App& app, std::function<void(Work)> chosen);
void addRefine(CLI::App& app, std::function<void(Work)> chosen);
void addSearch(CLI::App& app, std::function<void(Work)> chosen);
void addTrain(CLI::App& app, std::function<void(Work)> chosen);
void addResume(CLI::App& app, std::function<void(Work)> chosen);
void addEvaluate(CLI::App& app, std::function<void(Work)> chosen);
void addGenerate(CLI::App& app, std::function<void(Work)> chosen);
void addServe(CLI::App& app, std::function<void(Work)> chosen);
void addPretrain(CLI::App& app, std::function<void(Work)> chosen);
void addData(CLI::App& app, std::function<void(Work)> chosen);
void addCompare(CLI::App& app, std::function<void(Work)> chosen);
void addProject(CLI::App& app, std::function<void(Work)> chosen);
void addRun(CLI::App& app, std::function<void(Work)> chosen);
void addWork(CLI::App& app, std::function<void(Work)> chosen);
void addExport(CLI::App& app, std::function<void(Work)> chosen);
void addBenchmark(CLI::App& app, std::function<void(Work)> chosen);
void addFetch(CLI::App& app, std::function<void(Work)> chosen);
void addImport(CLI::App& app, std::function<void(Work)> chosen);
void addImportScores(CLI::App& app, std::function<void(Work)> chosen);
void addMerge(CLI::App& app, std::function<void(Work)> chosen);
void addCompletion(CLI::App& app, std::function<void(Work)> chosen);
void addManual(CLI::App& app, std::function<void(Work)> chosen);

} // namespace hilo::cli
