// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/runs_progress.h"

#include "common/numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace hilo {
namespace {

struct StudyRunsWords
{
    Q_DECLARE_TR_FUNCTIONS(StudyRunsProgress)
};

bool isStudyRunRunning(const RunSummary& run)
{
    return run.state == "running" || run.state == "paused";
}

} // namespace

bool isStudyRunActive(const RunSummary& run)
{
    return isStudyRunRunning(run) || run.state == "queued";
}

bool isStudyRunIdle(const RunSummary& run)
{
    return run.state == "new" || run.state == "stopped" || run.state == "interrupted" || run.state == "failed";
}

StudyRunsProgress runsProgressOf(const std::vector<RunSummary>& runs, const QSet<QString>& ids)
{
    StudyRunsProgress progress;
    progress.planned = static_cast<int>(ids.size());
    std::vector<double> seconds;
    double toDo = 0; // in runs
    for (const RunSummary& run : runs) {
        if (!ids.contains(QString::fromStdString(run.id)))
            continue;
        if (run.state == "finished" || run.state == "archived") {
            ++progress.finished;
            if (run.seconds && *run.seconds > 0)
                seconds.push_back(*run.seconds);
        } else if (isStudyRunRunning(run)) {
            ++progress.running;
            const bool tells = run.lastStep && run.totalSteps && *run.totalSteps > 0;
            toDo += tells ? 1 - std::clamp(static_cast<double>(*run.lastStep) / static_cast<double>(*run.totalSteps),
                                           0.0, 1.0)
                          : 1;
        } else if (run.state == "queued") {
            ++progress.waiting;
            toDo += 1;
        } else if (run.state == "failed") {
            ++progress.failed;
        }
    }
    progress.idle = progress.planned - progress.finished - progress.running - progress.waiting - progress.failed;
    if (progress.isActive() && !seconds.empty()) {
        const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
        std::nth_element(seconds.begin(), middle, seconds.end());
        progress.secondsLeft = toDo * *middle / std::max(1, progress.running);
    }
    return progress;
}

QString StudyRunsProgress::sentence() const
{
    QStringList parts{StudyRunsWords::tr("%1 of %n run(s) finished", nullptr, planned).arg(finished)};
    if (running > 0)
        parts << StudyRunsWords::tr("%n running", nullptr, running);
    if (waiting > 0)
        parts << StudyRunsWords::tr("%n waiting", nullptr, waiting);
    if (failed > 0)
        parts << StudyRunsWords::tr("%n failed", nullptr, failed);
    if (idle > 0)
        parts << StudyRunsWords::tr("%n not queued", nullptr, idle);
    if (secondsLeft)
        parts << StudyRunsWords::tr("about %1 left").arg(durationText(*secondsLeft));
    return parts.join(QStringLiteral(", "));
}

} // namespace hilo
