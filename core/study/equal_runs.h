// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "project/project.h"
#include "run/run_spec.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// What a run was made of, wherever it lay: two runs of equal content are the same run.
struct RunContent
{
    std::string settings; ///< settingsHash()
    std::int64_t seed = 0;
    std::string model, data; ///< hashes as in its provenance
    bool operator==(const RunContent&) const = default;
};

/// SHA-256 of a spec without its name, its seed, the name of its map and where model and data lie; templates and the
/// adapter that it starts from by their content. Errors: such a file is not there.
Result<std::string> settingsHash(RunSpec spec);

/// Finds runs of a project by what they were made of: in a project that was moved or copied, or beside a base model
/// that was, the paths of equal runs differ. Looked at are runs that were started, for only they know what their model
/// and data were.
class EqualRuns
{
  public:
    EqualRuns(const Project& project, RunReader& reader) : project_(&project), reader_(&reader) {}

    /// The first by id; nothing where there is none, or where the spec's model or data cannot be read. Finished ones
    /// alone where asked for.
    Result<std::optional<std::string>> find(const RunSpec& spec, bool finished = false);
    Result<std::optional<std::string>> find(const RunContent& content, bool finished = false);

  private:
    struct Known
    {
        std::string id, model, data;
        bool isFinished = false;
    };
    using Key = std::pair<std::string, std::int64_t>; ///< settings and seed

    Result<const std::vector<Known>*> candidates(const Key& key);
    Status readAll();

    const Project* project_;
    RunReader* reader_;
    bool isRead_ = false;
    std::map<Key, std::vector<Known>> known_;
    std::map<std::string, std::string> models_, data_; ///< hashes by path, and by the document of the data
};

} // namespace hilo
