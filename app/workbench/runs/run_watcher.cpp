// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_watcher.h"

#include "index/run_indexer.h"
#include "run/epoch_length.h"

#include <QFile>
#include <QTimer>

#include <algorithm>

namespace hilo {
namespace {

constexpr int lookEvery = 300;         ///< milliseconds
constexpr qint64 scanEvery = 1000;     ///< milliseconds, more when a scan takes long
constexpr qint64 logBytes = 64 * 1024; ///< shown of a log
constexpr qint64 silenceEvery = 5000;  ///< milliseconds; a run that says nothing changes nothing in the store
constexpr std::uint64_t bytesALook = std::uint64_t{4} << 20; ///< of events, so that changes need not wait

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

/// Steps an epoch; 0: not known.
double epochOf(const std::filesystem::path& folder, const RunEvent::Started& started)
{
    const auto document = readJsonFile(folder / "run.json");
    return document && document->is_object()
               ? stepsPerEpoch(flattenSettings(*document),
                               {started.steps.value_or(0), started.trainingRows, started.processes})
               : 0;
}

} // namespace

RunWatcher::RunWatcher() = default;
RunWatcher::~RunWatcher() = default;

void RunWatcher::setProject(const std::string& folder)
{
    reader_.reset();
    store_.reset();
    seenChange_.reset();
    sinceListing_.invalidate();
    someRun_ = someWait_ = false;
    workerStamp_.clear();
    lastProblem_.clear();
    follow({});
    if (!timer_) {
        timer_ = new QTimer(this);
        connect(timer_, &QTimer::timeout, this, &RunWatcher::look);
    }
    timer_->stop();
    Q_EMIT listed(std::make_shared<const std::vector<RunSummary>>(), {});
    if (folder.empty())
        return;
    auto opened = [&]() -> Status {
        HILO_TRY(const Project project, Project::open(folder));
        HILO_TRY(RunStore store, RunStore::open(project));
        for (const std::string& note : store.notes())
            Q_EMIT problem(QString::fromStdString(note), {});
        HILO_TRY(RunReader reader, RunReader::open(project));
        store_.emplace(std::move(store));
        reader_.emplace(std::move(reader));
        return {};
    }();
    if (!opened) {
        Q_EMIT problem(QString::fromStdString(describe(opened.error())), {});
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
    checkpoints_.clear();
    log_.clear();
    logStamp_.clear();
    toldOnce_ = false;
    restart_ = true;
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

/// True when the list has to be told anew although nothing changed: only the silence of runs grows.
bool RunWatcher::isSilenceDue() const
{
    return someRun_ && sinceListing_.isValid() && sinceListing_.elapsed() > silenceEvery;
}

void RunWatcher::lookAtAll()
{
    QElapsedTimer took;
    took.start();
    const auto done = [&]() -> Status {
        HILO_CHECK(store_->scan(Progress({}, &stop)));
        HILO_TRY(const std::int64_t number, reader_->changeNumber());
        if (seenChange_ == number && !isSilenceDue())
            return {};
        HILO_TRY(std::vector<RunSummary> runs, reader_->runs());
        RunListModel::sort(runs); // here it keeps nobody waiting
        seenChange_ = number;
        sinceListing_.start();
        someRun_ = std::any_of(runs.begin(), runs.end(),
                               [](auto& run) { return run.state == "running" || run.state == "paused"; });
        someWait_ = std::any_of(runs.begin(), runs.end(), [](auto& run) { return run.state == "queued"; });
        Q_EMIT listed(std::make_shared<const std::vector<RunSummary>>(std::move(runs)), {});
        return {};
    }();
    scanTook_ = took.elapsed();
    sinceScan_.start();
    if (!done && done.error().code != ErrorCode::Cancelled && lastProblem_ != done.error().message) {
        lastProblem_ = done.error().message;
        Q_EMIT problem(QString::fromStdString(describe(done.error())), {});
    }
    tellOfWorker();
}

void RunWatcher::tellOfWorker()
{
    if (!someWait_ || someRun_)
        return;
    const std::filesystem::path file = store_->project().runsFolder() / "worker.log";
    const std::string stamp = fileStamp(file);
    if (std::exchange(workerStamp_, stamp) == stamp)
        return;
    Q_EMIT workerSaid(endOfFile(file), {});
}

void RunWatcher::lookAtRun()
{
    if (!store_ || followed_.empty())
        return;
    const auto folder = store_->project().pathOfRun(followed_);
    if (!folder)
        return;
    auto news = std::make_shared<RunNews>();
    const auto following = followEvents(
        *folder, cursor_,
        [&](const Json& event) -> Status {
            const RunEvent read = readRunEvent(event);
            if (const auto* started = std::get_if<RunEvent::Started>(&read.what))
                news->part.stepsPerEpoch = epochOf(*folder, *started);
            news->part.add(read);
            return {};
        },
        bytesALook);
    if (!following)
        return;
    if (following->sourceLost) {
        // What was read is not what the files hold now: read them anew with the next look.
        cursor_ = {};
        restart_ = true;
        toldOnce_ = false;
        return;
    }
    cursor_ = following->cursor;
    const std::string logStamp = fileStamp(*folder / "log.txt");
    const bool isNews = following->events > 0 || logStamp != logStamp_ || !toldOnce_;
    if (!isNews)
        return;
    if (logStamp != logStamp_)
        log_ = endOfFile(*folder / "log.txt");
    logStamp_ = logStamp;
    if (!following->more)
        if (auto checkpoints = listCheckpoints(*folder, false))
            checkpoints_ = std::move(*checkpoints);
    toldOnce_ = true;
    news->id = QString::fromStdString(followed_);
    news->restart = std::exchange(restart_, false);
    news->more = following->more;
    news->checkpoints = checkpoints_;
    news->log = log_;
    news->process = readIdentity(*folder);
    Q_EMIT told(news, {});
    if (following->more)
        QTimer::singleShot(0, this, [this] { lookAtRun(); });
}

} // namespace hilo
