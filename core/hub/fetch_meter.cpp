// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/fetch_meter.h"

#include "base/shown_bytes.h"

namespace hilo {
namespace {

constexpr std::chrono::seconds window{5};
constexpr std::chrono::milliseconds betweenSamples{100};

} // namespace

FetchMeter::FetchMeter(const Progress& progress, std::string what, std::int64_t total)
    : progress_(progress), what_(std::move(what)), total_(total)
{
}

void FetchMeter::beginFile(std::string name)
{
    file_ = std::move(name);
    report();
}

void FetchMeter::addWithoutSpeed(std::int64_t bytes)
{
    done_ += bytes;
    for (auto& [time, count] : past_)
        count += bytes;
}

void FetchMeter::report()
{
    const auto now = Clock::now();
    const std::int64_t done = done_;
    if (past_.empty() || now - past_.back().first >= betweenSamples)
        past_.emplace_back(now, done);
    while (past_.size() > 1 && now - past_.front().first > window)
        past_.pop_front();
    std::string detail = file_;
    const double elapsed = std::chrono::duration<double>(now - past_.front().first).count();
    if (elapsed > 0.2 && done > past_.front().second)
        detail = shownBytes(static_cast<std::uint64_t>(static_cast<double>(done - past_.front().second) / elapsed)) +
                 "/s, " + detail;
    progress_.report({what_, done, total_, detail});
}

} // namespace hilo
