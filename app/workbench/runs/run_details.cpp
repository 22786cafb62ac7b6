// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_details.h"

namespace hilo {

Result<RunDetails> readRunDetails(const std::string& project, const std::string& id)
{
    HILO_TRY(const Project opened, Project::open(project));
    HILO_TRY(RunReader reader, RunReader::open(opened));
    RunDetails details;
    HILO_TRY(details.settings, reader.settings(id));
    HILO_TRY(const auto folder, opened.pathOfRun(id));
    if (auto provenance = readProvenance(folder))
        details.provenance = std::move(*provenance);
    HILO_TRY(const RunSummary own, reader.run(id));
    if (!own.queuePosition || own.state != "queued")
        return details;
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
    details.queuePlace = 1;
    for (const RunSummary& run : runs) {
        if (run.state != "queued" || !run.queuePosition)
            continue;
        ++details.queueLength;
        details.queuePlace += *run.queuePosition < *own.queuePosition ? 1 : 0;
    }
    return details;
}

} // namespace hilo
