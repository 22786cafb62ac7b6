// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_watcher.h"

#include "project/run_indexer.h"

#include <QFile>
#include <QTimer>

#include <algorithm>

namespace hilo {
namespace {

constexpr int lookEvery = 300;         ///< milliseconds
constexpr qint64 scanEvery = 1000;     ///< milliseconds, more when a scan takes long
constexpr qint64 logBytes = 64 * 1024; ///< shown of a log

QString endOfFile(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    if (file.size() > logBytes) {
        file.seek(file.size() - logBytes);
        file.readLine();
    }
    return QString::fromUtf8(file.readAll());
}

} // namespace

RunWatcher::RunWatcher() = default;
RunWatcher::~RunWatcher() = default;

void RunWatcher::setProject(const std::string& folder)
{
    reader_.reset();
    store_.reset();
    seenChange_.reset();
    lastProblem_.clear();
    follow({});
    if (!timer_) {
        timer_ = new QTimer(this);
        connect(timer_, &QTimer::timeout, this, &RunWatcher::look);
    }
    timer_->stop();
    Q_EMIT listed(std::make_shared<const std::vector<RunSummary>>());
    if (folder.empty())
        return;
    auto opened = [&]() -> Status {
        HILO_TRY(const Project project, Project::open(folder));
        HILO_TRY(RunStore store, RunStore::open(project));
        for (const std::string& note : store.notes())
            Q_EMIT problem(QString::fromStdString(note));
        HILO_TRY(RunReader reader, RunReader::open(project));
        store_.emplace(std::move(store));
        reader_.emplace(std::move(reader));
        return {};
    }();
    if (!opened) {
        Q_EMIT problem(QString::fromStdString(describe(opened.error())));
        return;
    }
    sinceScan_.invalidate();
    look();
    timer_->start(lookEvery);
}

void RunWatcher::follow(const std::string& id)
{
    followed_ = id;
    cursor_ = {};
    news_ = {};
    news_.id = QString::fromStdString(id);
    logStamp_.clear();
    toldOnce_ = false;
    if (!id.empty())
        lookAtRun();
}

Status RunWatcher::change(const std::function<Status(RunStore&)>& work)
{
    if (!store_)
        return failure(wrongUsage("No project is open.", "Open one on the start page."));
    const Status status = work(*store_);
    sinceScan_.invalidate();
    look();
    return status;
}

void RunWatcher::look()
{
    if (!store_ || stop)
        return;
    if (!sinceScan_.isValid() || sinceScan_.elapsed() > std::max(scanEvery, 10 * scanTook_))
        lookAtAll();
    lookAtRun();
}

void RunWatcher::lookAtAll()
{
    QElapsedTimer took;
    took.start();
    const auto done = [&]() -> Status {
        HILO_CHECK(store_->scan(Progress({}, &stop)));
        HILO_TRY(const std::int64_t number, reader_->changeNumber());
        if (seenChange_ == number)
            return {};
        HILO_TRY(std::vector<RunSummary> runs, reader_->runs());
        seenChange_ = number;
        Q_EMIT listed(std::make_shared<const std::vector<RunSummary>>(std::move(runs)));
        return {};
    }();
    scanTook_ = took.elapsed();
    sinceScan_.start();
    if (!done && done.error().code != ErrorCode::Cancelled && lastProblem_ != done.error().message) {
        lastProblem_ = done.error().message;
        Q_EMIT problem(QString::fromStdString(describe(done.error())));
    }
}

void RunWatcher::lookAtRun()
{
    if (!store_ || followed_.empty())
        return;
    const auto folder = store_->project().pathOfRun(followed_);
    if (!folder)
        return;
    const auto following = followEvents(*folder, cursor_, [this](const Json& event) -> Status {
        news_.history.add(event);
        return {};
    });
    if (!following)
        return;
    if (following->sourceLost) {
        // What was read is not what the files hold now: read them anew with the next look.
        cursor_ = {};
        news_.history = {};
        return;
    }
    cursor_ = following->cursor;
    const std::string logStamp = fileStamp(*folder / "log.txt");
    const bool isNews = following->events > 0 || logStamp != logStamp_ || !toldOnce_;
    if (!isNews)
        return;
    if (logStamp != logStamp_)
        news_.log = endOfFile(*folder / "log.txt");
    logStamp_ = logStamp;
    if (auto checkpoints = listCheckpoints(*folder, false))
        news_.checkpoints = std::move(*checkpoints);
    toldOnce_ = true;
    Q_EMIT told(std::make_shared<const RunNews>(news_));
}

} // namespace hilo
