// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/missing_run.h"

#include "base/edit_distance.h"
#include "base/text_format.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t mostOffered = 3;

/// The ids that were most likely meant, the nearest first: those that hold the text, or differ from it by a few
/// letters.
std::vector<std::string> nearestIds(const Project& project, const std::string& id)
{
    const auto all = project.runIds();
    // Two letters that changed places count as two.
    const std::size_t farthest = id.size() < 4 ? 1 : std::max<std::size_t>(2, id.size() / 4);
    std::vector<std::pair<std::size_t, std::string>> near;
    if (all)
        for (const std::string& candidate : *all) {
            const std::size_t distance = editDistance(id, candidate);
            if (distance <= farthest || candidate.find(id) != std::string::npos)
                near.emplace_back(distance, candidate);
        }
    std::sort(near.begin(), near.end());
    near.resize(std::min(near.size(), mostOffered));
    std::vector<std::string> ids;
    for (auto& [distance, candidate] : near)
        ids.push_back(std::move(candidate));
    return ids;
}

} // namespace

Error missingRun(const Project& project, const std::string& id)
{
    const std::string folder = project.folder().string();
    std::error_code code;
    if (std::filesystem::exists(project.archiveFolder() / (id + ".tar.gz"), code))
        return badInput(folder, id, "The run is archived.",
                        "\"hilo project restore " + folder + " " + id + "\" brings it back.");
    const std::filesystem::path run = project.runsFolder() / id;
    if (std::filesystem::is_directory(run, code) && !std::filesystem::is_symlink(run, code))
        return badInput(run.string(), {}, "The run's folder has no run.json.",
                        "Restore that file from a backup, or remove the folder.");
    const std::vector<std::string> near = nearestIds(project, id);
    return badInput(project.runsFolder().string(), id, "The project has no such run.",
                    near.empty() ? "\"hilo project list " + folder + "\" shows the runs."
                                 : "Did you mean " + joined(near) + "?");
}

} // namespace hilo
