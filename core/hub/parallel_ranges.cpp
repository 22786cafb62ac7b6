// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/parallel_ranges.h"

#include "hub/hub_error.h"
#include "hub/hub_text.h"
#include "hub/patience.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace hilo {
namespace {

/// The threads that fetch, and the one that writes what they have got.
class PieceFetcher
{
  public:
    PieceFetcher(const BlobJob& job, DownloadSource& source, BlobWriter& writer, const HubSettings& settings,
                 FetchMeter& meter)
        : job_(job), source_(source), writer_(writer), settings_(settings), meter_(meter), begin_(writer.size()),
          count_((job.size - begin_ + settings.pieceBytes - 1) / settings.pieceBytes)
    {
    }

    Result<bool> run();

  private:
    std::int64_t fromOf(std::int64_t index) const { return begin_ + index * settings_.pieceBytes; }
    std::int64_t endOf(std::int64_t index) const { return std::min(job_.size, fromOf(index + 1)); }

    void work();
    std::optional<std::int64_t> takeIndex();
    bool fetch(std::int64_t index, HttpConnection& connection, std::string& bytes);
    bool failed(Error error);
    void stop();
    void write();
    Status writeNext(std::unique_lock<std::mutex>& lock);
    void writeRest();

    const BlobJob& job_;
    DownloadSource& source_;
    BlobWriter& writer_;
    const HubSettings& settings_;
    FetchMeter& meter_;
    const std::int64_t begin_, count_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::int64_t next_ = 0, written_ = 0;
    std::map<std::int64_t, std::string> got_; ///< by index; a whole piece unless stopped
    std::optional<Error> error_;
    bool knowsRanges_ = true;
    std::atomic<bool> stop_{false};
};

void PieceFetcher::stop()
{
    stop_ = true;
    changed_.notify_all();
}

bool PieceFetcher::failed(Error error)
{
    {
        const std::lock_guard lock(mutex_);
        if (!error_)
            error_ = std::move(error);
    }
    stop();
    return false;
}

/// Not too far ahead of what is written: pieces wait in memory.
std::optional<std::int64_t> PieceFetcher::takeIndex()
{
    std::unique_lock lock(mutex_);
    const auto mayGo = [&] { return stop_ || next_ >= count_ || next_ < written_ + settings_.connections + 2; };
    while (!mayGo())
        changed_.wait_for(lock, std::chrono::milliseconds(100));
    if (stop_ || next_ >= count_)
        return std::nullopt;
    return next_++;
}

/// False when all shall end; bytes is then what had come.
bool PieceFetcher::fetch(std::int64_t index, HttpConnection& connection, std::string& bytes)
{
    const std::int64_t from = fromOf(index);
    const auto length = static_cast<std::size_t>(endOf(index) - from);
    Patience patience(settings_);
    for (;;) {
        const std::size_t before = bytes.size();
        const auto first = from + static_cast<std::int64_t>(before);
        std::optional<RangeAnswer> answer;
        const auto take = [&](const HttpReply& reply, std::span<const char> part) {
            if (!answer)
                answer = rangeAnswer(reply, first, job_.size);
            if (*answer != RangeAnswer::Asked || stop_)
                return false;
            const std::size_t taken = std::min(part.size(), length - bytes.size());
            bytes.append(part.data(), taken);
            meter_.add(static_cast<std::int64_t>(taken));
            return taken == part.size();
        };
        const HttpReply reply = connection.perform({source_.address(), false, first, endOf(index), false}, take);
        // A reply without any byte does not come to take().
        if (!answer && reply.isSuccess())
            answer = rangeAnswer(reply, first, job_.size);
        if (bytes.size() == length) {
            source_.remember(reply);
            return true;
        }
        if (stop_)
            return false;
        if (answer == RangeAnswer::Whole) {
            const std::lock_guard lock(mutex_);
            knowsRanges_ = false;
            stop_ = true;
            return false;
        }
        if (bytes.size() > before)
            patience.succeeded();
        if (source_.forget(reply))
            continue;
        const bool isShort = reply.isSuccess() && bytes.size() > before;
        if (!isShort && !isTransient(reply)) {
            if (answer == RangeAnswer::Wrong || reply.isSuccess())
                return failed(badInput({}, {},
                                       job_.repository.repository() + ": " + originOf(reply.address) +
                                           " sent another part of " + job_.file + " than it was asked for.",
                                       "This is a fault of the server or of something before it; try again later."));
            return failed(hubError(reply, job_.repository, settings_, job_.file));
        }
        if (!patience.wait(reply, [this] { return stop_.load(); }))
            return stop_ ? false : failed(hubError(reply, job_.repository, settings_, job_.file));
    }
}

void PieceFetcher::work()
{
    const Progress stopping({}, &stop_);
    HttpConnection connection(settings_, stopping);
    while (const auto index = takeIndex()) {
        std::string bytes;
        bytes.reserve(static_cast<std::size_t>(endOf(*index) - fromOf(*index)));
        const bool goesOn = fetch(*index, connection, bytes);
        {
            const std::lock_guard lock(mutex_);
            got_[*index] = std::move(bytes);
        }
        changed_.notify_all();
        if (!goesOn)
            return;
    }
}

Status PieceFetcher::writeNext(std::unique_lock<std::mutex>& lock)
{
    const std::string bytes = std::move(got_[written_]);
    got_.erase(written_);
    lock.unlock();
    const Status status = writer_.append(bytes);
    lock.lock();
    ++written_;
    changed_.notify_all();
    return status;
}

void PieceFetcher::write()
{
    std::unique_lock lock(mutex_);
    while (written_ < count_ && !stop_) {
        if (!got_.contains(written_)) {
            changed_.wait_for(lock, std::chrono::milliseconds(100));
            lock.unlock();
            if (meter_.isCancelled())
                stop();
            meter_.report();
            lock.lock();
            continue;
        }
        if (const Status status = writeNext(lock); !status && !error_) {
            error_ = status.error();
            stop_ = true;
        }
    }
}

/// What came behind the last written piece without a gap, its last part too.
void PieceFetcher::writeRest()
{
    std::int64_t dropped = 0;
    bool isGap = error_ && error_->code == ErrorCode::NoSpace;
    for (const auto& [index, bytes] : got_) {
        isGap = isGap || writer_.size() != fromOf(index);
        if (isGap || !writer_.append(bytes)) {
            isGap = true;
            dropped += static_cast<std::int64_t>(bytes.size());
        }
    }
    meter_.takeBack(dropped);
}

Result<bool> PieceFetcher::run()
{
    std::vector<std::thread> threads;
    for (int i = 0; i < std::min<std::int64_t>(settings_.connections, count_); ++i)
        threads.emplace_back([this] { work(); });
    write();
    if (written_ < count_)
        stop();
    for (std::thread& thread : threads)
        thread.join();
    writeRest();
    if (meter_.isCancelled() && written_ < count_)
        return failure(cancelled());
    if (error_)
        return failure(*error_);
    return knowsRanges_;
}

} // namespace

Result<bool> fetchByPieces(const BlobJob& job, DownloadSource& source, BlobWriter& writer, const HubSettings& settings,
                           FetchMeter& meter)
{
    return PieceFetcher(job, source, writer, settings, meter).run();
}

} // namespace hilo
