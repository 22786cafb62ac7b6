// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/kept_predictions.h"

#include "base/atomic_file.h"
#include "run/predictions.h"

namespace hilo {
namespace fs = std::filesystem;

Status keepPredictions(const fs::path& runFolder, const std::vector<TaskResult>& results)
{
    std::string lines;
    for (const TaskResult& one : results)
        for (const ScoredRow& row : one.result.scored) {
            if (!row.right && !row.wanted)
                continue;
            Json line = {{"task", one.task}, {"split", one.result.split}};
            line.update(toJson(row));
            line["file"] = fs::path(row.file).filename().string();
            lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
        }
    if (!lines.empty())
        return writeFileAtomically(runFolder / predictionsFile, lines);
    // Of a run whose last end was killed.
    std::error_code code;
    fs::remove(runFolder / predictionsFile, code);
    return {};
}

} // namespace hilo
