// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/train_run.h"
#include "notice_options.h"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

namespace hilo::cli {

/// Tells how the run that this process trains ends, and while it stands still. Of several processes that train one run
/// together the first tells.
class TrainNotices
{
  public:
    /// Nothing is told where options name nobody. HILO_RUN is the run's folder as it was named.
    static Result<std::unique_ptr<TrainNotices>>
    start(const NoticeOptions& options, const std::filesystem::path& runFolder, const std::string& project);
    ~TrainNotices();
    void tellEnd(const Result<RunOutcome>& outcome);

  private:
    TrainNotices(std::unique_ptr<NoticeSender> sender, std::filesystem::path runFolder);
    void watch();

    std::unique_ptr<NoticeSender> sender_;
    std::filesystem::path runFolder_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ends_ = false;
    std::thread thread_;
};

} // namespace hilo::cli
