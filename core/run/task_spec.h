// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "data/data_spec.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

enum class Protocol;

/// Named data of a run with its part of the mixture and the way it is measured.
struct TaskSpec
{
    std::string name; ///< JSON key "task"; by default defaultTaskName()
    DataSpec data;
    double weight = 1;                        ///< times the task's share of the training rows; above 0
    std::int64_t limit = 0;                   ///< the first training rows only; 0: all
    std::optional<Protocol> protocol;         ///< nothing: the run's
    std::optional<std::int64_t> maxNewTokens; ///< of generated answers; nothing: the run's
    std::string scoredSplit; ///< that the task's benchmark is scored on, no key of its own; empty: the run's
};

/// What data is called that nobody gave a name: its benchmark's, else the path's name, without the endings of data
/// files, or that of the first file of its splits; "data" where there is neither.
std::string defaultTaskName(const DataSpec& data);

/// The task's name, or that which it has by default.
std::string nameOfTask(const TaskSpec& task);

/// "data" of a run spec: an object, which is one task, or a list of them. Relative paths are resolved against folder.
/// Errors: an empty list, two tasks of one name, values out of range, and those of parseDataSpec().
Result<std::vector<TaskSpec>> parseTasks(const JsonObject& root, const std::filesystem::path& folder);
/// One task as an object, with the keys beside those of its data only where they say something; several as a list with
/// all of them.
Json toJson(const std::vector<TaskSpec>& tasks);

/// "cola, mrpc": for messages.
std::string taskNames(const std::vector<TaskSpec>& tasks);
/// The task of a name; with an empty name the only one. Errors: no such task; several and none was named, with option
/// as what names one.
Result<TaskSpec> taskNamed(const std::vector<TaskSpec>& tasks, const std::string& name, const std::string& option);

} // namespace hilo
