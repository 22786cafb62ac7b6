// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "run/run_spec.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// A setting of a run spec that a run is added with: "training.learning_rate" and the value as JSON or as a plain word.
struct SettingChange
{
    std::string key;
    std::string value;
};

/// A project is one folder: project.json, maps/, profiles/, runs/ and workbench.db. Nothing inside names the folder
/// itself, so that it can be moved or copied.
class Project
{
  public:
    /// Makes the folder with its sub-folders; an error when it holds a project already or other files.
    static Result<Project> create(const std::filesystem::path& folder, const std::string& name);
    static Result<Project> open(const std::filesystem::path& folder);

    const std::string& name() const { return name_; }
    /// Absolute.
    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path mapsFolder() const { return folder_ / "maps"; }
    std::filesystem::path runsFolder() const { return folder_ / "runs"; }
    std::filesystem::path archiveFolder() const { return folder_ / "archive"; }
    std::filesystem::path databaseFile() const { return folder_ / "workbench.db"; }

    /// Where a run of this id lies or would lie; the id is checked, the folder may not exist.
    Result<std::filesystem::path> pathOfRun(const std::string& id) const;
    /// The folder of a run that exists (has a run.json); the error names the runs with the nearest ids.
    Result<std::filesystem::path> runFolder(const std::string& id) const;
    /// The ids of all run folders, sorted. Hidden and misnamed folders are not runs.
    Result<std::vector<std::string>> runIds() const;

    /// Makes runs/ID/ with run.json (every default written out); returns the id. Without an id one is made from the
    /// spec's name, with the seed behind it when one is given; a free one is found by a number behind it. A seed
    /// replaces training.seed. Relative paths are seen from the project's folder; model and data paths inside the
    /// project are written relative to the run folder, others absolute. Everything is checked as if it came from a
    /// file.
    Result<std::string> addRun(const RunSpec& spec, const std::optional<std::string>& id = {},
                               std::optional<std::int64_t> seed = {}) const;
    /// The same from a run spec file, whose name stands in for the spec's when that has none. changes: of the spec,
    /// such as a run's own run.json; the paths among them are seen from the spec's folder.
    Result<std::string> addRun(const std::filesystem::path& specFile, const std::optional<std::string>& id = {},
                               std::optional<std::int64_t> seed = {},
                               const std::vector<SettingChange>& changes = {}) const;

  private:
    Project(std::filesystem::path folder, std::string name);
    Result<std::string> addNamed(RunSpec spec, const std::string& name, const std::optional<std::string>& id,
                                 std::optional<std::int64_t> seed) const;
    std::filesystem::path folder_;
    std::string name_;
};

} // namespace hilo
