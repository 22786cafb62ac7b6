// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "index/run_reader.h"
#include "index/run_store.h"
#include "project/project.h"
#include "support/testing.h"

namespace hilo::testing {

/// A complete run.json of a model with two layers. training replaces settings of that name.
Json runDocument(const std::string& name, const Json& training = Json::object(), const std::vector<int>& ranks = {2, 3},
                 const std::string& strategy = "hilo");

/// A project in a temporary folder, or in one that is given.
class ProjectFixture
{
  public:
    ProjectFixture();
    explicit ProjectFixture(const std::filesystem::path& folder);

    const Project& project() const { return project_; }
    std::filesystem::path folder(const std::string& id) const { return project_.runsFolder() / id; }
    /// runs/<id>/run.json
    void addRun(const std::string& id, const Json& document);
    void addRun(const std::string& id) { addRun(id, runDocument(id)); }
    /// The same with an event log of so many steps, a checkpoint event, an evaluation and the end.
    void addFinishedRun(const std::string& id, const Json& document, double accuracy, std::int64_t trainable,
                        int steps = 3);
    /// A finished run with a final evaluation of each task: {"cola": {"metrics": {"matthews": 0.4}, "loss": 1.2}, …}.
    void addRunOfTasks(const std::string& id, const Json& document, const Json& tasks, std::int64_t trainable);
    RunStore store() const { return REQUIRE_OK(RunStore::open(project_)); }
    RunReader reader() const { return REQUIRE_OK(RunReader::open(project_)); }

  private:
    TemporaryFolder temporary_;
    Project project_;
};

/// {"event": name, "t": …} with the fields, as one line without its end.
std::string eventLine(const std::string& name, const Json& fields, int second = 0);
std::string stepLine(int step, double loss);
void appendText(const std::filesystem::path& path, const std::string& text);
/// checkpoints/step-N with one file and its manifest.
std::filesystem::path makeCheckpoint(const std::filesystem::path& runFolder, std::int64_t step,
                                     const std::string& content = "weights");

/// Everything that the database says of the runs, in an order of its own and without row numbers.
std::string contentOf(Database& database);

} // namespace hilo::testing
