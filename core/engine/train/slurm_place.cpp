// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/slurm_place.h"

#include "base/environment.h"

#include <cstdlib>

namespace hilo {
namespace {

constexpr int lowestPort = 20000;
constexpr int ports = 20000;

Result<int> number(const char* name, int lowest, int highest)
{
    return environmentNumber(name, lowest, highest, "srun sets it for each process that it starts.");
}

} // namespace

std::string firstNode(const std::string& nodes)
{
    const auto bracket = nodes.find('[');
    const auto comma = nodes.find(',');
    if (bracket == std::string::npos || comma < bracket)
        return nodes.substr(0, comma);
    return nodes.substr(0, bracket) + nodes.substr(bracket + 1, nodes.find_first_of("-,]", bracket) - bracket - 1);
}

Result<ParallelPlace> slurmPlace()
{
    ParallelPlace place;
    if (!std::getenv("SLURM_STEP_NUM_TASKS"))
        return place;
    HILO_TRY(place.size, number("SLURM_STEP_NUM_TASKS", 1, 4096));
    if (place.size == 1)
        return ParallelPlace{};
    HILO_TRY(place.rank, number("SLURM_PROCID", 0, place.size - 1));
    HILO_TRY(place.localRank, number("SLURM_LOCALID", 0, 4095));
    place.host = environmentText("MASTER_ADDR");
    if (place.host.empty())
        place.host = firstNode(environmentText("SLURM_STEP_NODELIST"));
    if (place.host.empty())
        return failure(badInput({}, "SLURM_STEP_NODELIST",
                                "Neither this nor MASTER_ADDR says where the first process is.",
                                "Set MASTER_ADDR to the name or address of the first node."));
    if (!environmentText("MASTER_PORT").empty()) {
        HILO_TRY(place.port, number("MASTER_PORT", 1, 65535));
        return place;
    }
    // Two jobs on one node must not meet.
    HILO_TRY(const int job, number("SLURM_JOB_ID", 0, 2147483647));
    HILO_TRY(const int step, number("SLURM_STEP_ID", 0, 2147483647));
    place.port = lowestPort + static_cast<int>((std::int64_t{7} * job + step) % ports);
    return place;
}

} // namespace hilo
