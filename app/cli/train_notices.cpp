// SPDX-License-Identifier: GPL-3.0-or-later
#include "train_notices.h"

#include "result_lines.h"

#include "base/process_identity.h"
#include "engine/train/parallel.h"
#include "run/silence.h"

#include <chrono>

namespace hilo::cli {
namespace {

constexpr std::chrono::seconds between{30};

/// "finished. accuracy 81.3 % …"
std::string sentenceOf(const RunOutcome& outcome, const std::string& folder)
{
    if (!outcome.finished)
        return "stopped at step " + std::to_string(outcome.step) + " of " + std::to_string(outcome.steps) +
               "; \"hilo resume " + folder + "\" goes on with it.";
    std::string text = "finished";
    for (const TaskResult& one : outcome.results)
        text += (&one == &outcome.results.front() ? ", " : "; ") +
                (outcome.results.size() > 1 ? one.task + ": " : std::string()) + accuracyLine(one.result);
    return text + ".";
}

} // namespace

Result<std::unique_ptr<TrainNotices>>
TrainNotices::start(const NoticeOptions& options, const std::filesystem::path& runFolder, const std::string& project)
{
    HILO_TRY(std::unique_ptr<NoticeSender> sender, openNoticeSender(options, project));
    HILO_TRY(const ParallelPlace place, parallelPlace());
    if (!options.targets.any() || place.rank != 0)
        sender.reset();
    return std::unique_ptr<TrainNotices>(new TrainNotices(std::move(sender), runFolder));
}

TrainNotices::TrainNotices(std::unique_ptr<NoticeSender> sender, std::filesystem::path runFolder)
    : sender_(std::move(sender)), runFolder_(std::move(runFolder))
{
    if (sender_)
        thread_ = std::thread([this] { watch(); });
}

TrainNotices::~TrainNotices()
{
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

void TrainNotices::watch()
{
    SilenceWatch silence(runFolder_);
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, between, [this] { return ends_; })) {
        // A log that cannot be read now is read the next time; the training itself says what is wrong with it.
        if (const auto minutes = silence.look(millisecondsSinceBoot()); minutes && *minutes)
            sender_->send({WorkNotice::Kind::Silent, runFolder_.string(),
                           "no signal for " + std::to_string(**minutes) + " min; its process lives."});
    }
}

void TrainNotices::tellEnd(const Result<RunOutcome>& outcome)
{
    if (!sender_ || (outcome && outcome->isFollower))
        return;
    const std::string folder = runFolder_.string();
    if (outcome)
        sender_->send({outcome->finished ? WorkNotice::Kind::Finished : WorkNotice::Kind::Stopped, folder,
                       sentenceOf(*outcome, folder)});
    else if (outcome.error().code == ErrorCode::Cancelled)
        sender_->send({WorkNotice::Kind::Stopped, folder, "cancelled."});
    else
        sender_->send({WorkNotice::Kind::Failed, folder, "failed. " + describe(outcome.error())});
}

} // namespace hilo::cli
