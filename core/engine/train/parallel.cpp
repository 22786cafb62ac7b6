// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/parallel.h"

#include "base/environment.h"
#include "engine/base/torch_border.h"
#include "engine/train/local_ranks.h"
#include "engine/train/parallel_store.h"
#include "engine/train/rank_socket.h"
#include "engine/train/slurm_place.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>

#include <cstdlib>
#include <thread>

namespace hilo {
namespace {

constexpr std::chrono::minutes joinPatience{10};
constexpr const char* linkKey = "hilo/link";

Result<int> number(const char* name, int lowest, int highest)
{
    if (!std::getenv(name))
        return failure(badInput({}, name, "WORLD_SIZE is set, but this environment variable is not.",
                                "Start all processes with torchrun, or use hilo train --devices."));
    return environmentNumber(name, lowest, highest);
}

/// Until look() is true; asks whether this process shall end meanwhile.
template <class Look>
Status lookFor(const std::string& what, const Progress& progress, const Look& look)
{
    const auto deadline = std::chrono::steady_clock::now() + joinPatience;
    while (!look()) {
        if (progress.isCancelled())
            return failure(cancelled());
        if (std::chrono::steady_clock::now() > deadline)
            return failure(internalError("The process of rank 0 is not found at " + what + ".",
                                         "Start it, or correct MASTER_ADDR and MASTER_PORT."));
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return {};
}

bool isHere(const std::string& host)
{
    return host == "127.0.0.1" || host == "localhost";
}

/// torchrun keeps the numbers by itself where it says so; a restart of the processes takes other names.
std::optional<std::string> agentsPrefix()
{
    const char* const agent = std::getenv("TORCHELASTIC_USE_AGENT_STORE");
    if (!agent || std::string_view(agent) != "True")
        return {};
    const char* const restarts = std::getenv("TORCHELASTIC_RESTART_COUNT");
    return std::string("/worker/attempt_") + (restarts ? restarts : "0");
}

Result<c10::intrusive_ptr<c10d::Store>> openStore(const ParallelPlace& place, const Progress& progress)
{
    const auto prefix = agentsPrefix();
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(place.port);
    options.isServer = place.rank == 0 && !prefix;
    options.numWorkers = static_cast<std::size_t>(place.size);
    // The link waits for the others, and learns when one does not come.
    options.waitWorkers = false;
    options.timeout = joinPatience;
    if (!options.isServer)
        HILO_CHECK(lookFor(place.host + ":" + std::to_string(place.port), progress,
                           [&] { return RankSocket::connect(place.host, place.port).has_value(); }));
    c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::TCPStore>(place.host, options);
    if (prefix)
        store = c10::make_intrusive<c10d::PrefixStore>(*prefix, store);
    return store;
}

/// Connects with the others: rank 0 says in the store where.
Result<std::unique_ptr<RankLink>> openLink(const ParallelPlace& place, c10d::Store& store, const Progress& progress)
{
    if (place.rank == 0) {
        HILO_TRY(auto link, RankLink::listen(place.size, isHere(place.host), progress));
        const std::string address = link->address();
        store.set(linkKey, std::vector<std::uint8_t>(address.begin(), address.end()));
        HILO_CHECK(link->acceptAll(localRankThatEnded));
        return link;
    }
    HILO_CHECK(lookFor(place.host, progress, [&] { return store.check({linkKey}); }));
    const std::vector<std::uint8_t> address = store.get(linkKey);
    return RankLink::connect(place.host, std::string(address.begin(), address.end()), place.rank, place.size, progress);
}

} // namespace

Result<ParallelPlace> parallelPlace()
{
    ParallelPlace place;
    if (!std::getenv("WORLD_SIZE"))
        return slurmPlace();
    HILO_TRY(place.size, number("WORLD_SIZE", 1, 4096));
    if (place.size == 1)
        return ParallelPlace{};
    HILO_TRY(place.rank, number("RANK", 0, place.size - 1));
    HILO_TRY(place.port, number("MASTER_PORT", 1, 65535));
    place.localRank = place.rank;
    if (std::getenv("LOCAL_RANK")) {
        HILO_TRY(place.localRank, number("LOCAL_RANK", 0, 4095));
    }
    const char* const host = std::getenv("MASTER_ADDR");
    place.host = host ? host : "127.0.0.1";
    return place;
}

Result<std::unique_ptr<Parallel>> Parallel::join(const ParallelPlace& place, const Progress& progress)
{
    std::unique_ptr<Parallel> parallel;
    if (place.size == 1)
        return parallel;
    const Status joined = atTorchBorder([&]() -> Status {
        auto store = std::make_shared<Store>();
        HILO_TRY(store->store, openStore(place, progress));
        HILO_TRY(auto link, openLink(place, *store->store, progress));
        parallel.reset(new Parallel(place, std::move(store), std::move(link)));
        return {};
    });
    HILO_CHECK(joined);
    return parallel;
}

Parallel::Parallel(const ParallelPlace& place, std::shared_ptr<Store> store, std::unique_ptr<RankLink> link)
    : place_(place), store_(std::move(store)), link_(std::move(link))
{
}

Parallel::~Parallel() = default;

void Parallel::openSums(torch::Device device)
{
    sumFailed_ = true;
    sums_ = makeSums(place_, device, *store_);
    sumFailed_ = false;
}

void Parallel::sum(torch::Tensor& values)
{
    sumFailed_ = true;
    sums_->sum(values);
    sumFailed_ = false;
}

RankTrouble Parallel::fail(const Error& error)
{
    // A sum that breaks off tells of another's end before the link does.
    return link_->fail(error, sumFailed_);
}

} // namespace hilo
