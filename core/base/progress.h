// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace hilo {

/// How far a long piece of work is.
struct ProgressReport
{
    std::string what;       ///< "Reading weights", "Training"
    std::int64_t done = 0;  ///< in the unit of total
    std::int64_t total = 0; ///< 0 when unknown
    std::string detail;     ///< "loss 2.31, 1240 tokens/s"; may be empty
};

/// Given to long work: it reports how far it is, and asks whether it should end. Copies share one cancel flag.
/// The default-made one reports nothing and is never cancelled.
class Progress
{
  public:
    using Sink = std::function<void(const ProgressReport&)>;

    Progress() = default;
    Progress(Sink sink, const std::atomic<bool>* cancelFlag) : sink_(std::move(sink)), cancelFlag_(cancelFlag) {}

    void report(const ProgressReport& report) const
    {
        if (sink_)
            sink_(report);
    }
    bool isCancelled() const { return cancelFlag_ && cancelFlag_->load(std::memory_order_relaxed); }

  private:
    Sink sink_;
    const std::atomic<bool>* cancelFlag_ = nullptr;
};

} // namespace hilo
