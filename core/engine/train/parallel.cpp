// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/parallel.h"

#include "engine/train/parallel_store.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace hilo {
namespace {

constexpr std::chrono::hours patience{24 * 7};

Result<int> number(const char* name, int lowest, int highest)
{
    const char* const text = std::getenv(name);
    if (!text)
        return failure(badInput({}, name, "WORLD_SIZE is set, but this environment variable is not.",
                                "Start all processes with torchrun, or use hilo train --devices."));
    const std::string_view view(text);
    int value = 0;
    const auto end = std::from_chars(view.data(), view.data() + view.size(), value);
    if (end.ec != std::errc() || end.ptr != view.data() + view.size() || value < lowest || value > highest)
        return failure(badInput({}, name,
                                "\"" + std::string(view) + "\" is not a whole number from " + std::to_string(lowest) +
                                    " to " + std::to_string(highest)));
    return value;
}

} // namespace

Result<ParallelPlace> parallelPlace()
{
    ParallelPlace place;
    if (!std::getenv("WORLD_SIZE"))
        return place;
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

std::unique_ptr<Parallel> Parallel::join(const ParallelPlace& place, torch::Device device)
{
    if (place.size == 1)
        return nullptr;
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(place.port);
    options.isServer = place.rank == 0;
    options.numWorkers = static_cast<std::size_t>(place.size);
    options.timeout = std::chrono::minutes(10);
    auto store = std::make_shared<Store>();
    store->store = c10::make_intrusive<c10d::TCPStore>(place.host, options);
    auto parallel = make(place, device, store);
    store->store->setTimeout(patience);
    return parallel;
}

Parallel::Parallel(const ParallelPlace& place, std::shared_ptr<Store> store) : place_(place), store_(std::move(store))
{
}

std::int64_t Parallel::fromFirst(std::int64_t value)
{
    const std::string key = "round/" + std::to_string(++rounds_);
    if (isFirst()) {
        const std::string text = std::to_string(value);
        store_->store->set(key, std::vector<std::uint8_t>(text.begin(), text.end()));
        return value;
    }
    const std::vector<std::uint8_t> bytes = store_->store->get(key);
    return std::strtoll(std::string(bytes.begin(), bytes.end()).c_str(), nullptr, 10);
}

void Parallel::meet()
{
    const std::string key = "here/" + std::to_string(++rounds_) + "/";
    store_->store->set(key + std::to_string(place_.rank), std::vector<std::uint8_t>{1});
    std::vector<std::string> all;
    for (int rank = 0; rank < place_.size; ++rank)
        all.push_back(key + std::to_string(rank));
    store_->store->wait(all, patience);
}

} // namespace hilo
