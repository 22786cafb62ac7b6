// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_changes.h"

#include "queue/run_queue.h"

namespace hilo {

Status addRuns(RunStore& store, const std::vector<RunSpec>& specs, bool queue, std::vector<std::string>& ids)
{
    for (const RunSpec& spec : specs) {
        const auto seed = specs.size() > 1 ? std::optional(spec.training.seed) : std::nullopt;
        HILO_TRY(const std::string id, store.project().addRun(spec, {}, seed));
        ids.push_back(id);
        HILO_TRY([[maybe_unused]] const IndexReport read, store.update(id));
        if (queue)
            HILO_CHECK(enqueue(store, id));
    }
    return {};
}

Status forEachRun(RunStore& store, const std::vector<std::string>& ids,
                  const std::function<Status(RunStore&, const std::string&)>& work)
{
    Status first;
    for (const std::string& id : ids)
        if (Status done = work(store, id); !done && first)
            first = std::move(done);
    return first;
}

} // namespace hilo
