// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "support/testing.h"

#include <filesystem>

namespace hilo::testing {

/// A folder with a tiny random llama model (the sample project's tokenizer), 96 rows of the sample project's data and a
/// run spec with experts of different ranks.
class TinyRun
{
  public:
    explicit TinyRun(const Json& training = Json::object());

    std::filesystem::path folder() const { return folder_.path(); }
    std::filesystem::path spec() const { return folder_ / "tiny.run.json"; }
    std::filesystem::path run(const std::string& name) const { return folder_ / name; }

  private:
    TemporaryFolder folder_;
};

/// The first lines of the run's own rows as another task of its spec; none: no such split.
void addTask(const TinyRun& tiny, const std::string& name, int train, int test);

/// Every weight of a run's adapter is another run's within the tolerance, and they have been trained at all.
void checkSameAdapter(const std::filesystem::path& actualRun, const std::filesystem::path& expectedRun,
                      double tolerance);
std::string adapterBytes(const std::filesystem::path& runFolder);
/// All events of this name.
std::vector<Json> eventsOf(const std::filesystem::path& runFolder, const std::string& name);

} // namespace hilo::testing
