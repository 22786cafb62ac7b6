// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_overlay.h"

#include "background.h"
#include "runs/history_reading.h"
#include "runs/run_texts.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr int readEvery = 1000; ///< milliseconds, of runs that train

using Histories = std::vector<std::pair<QString, std::shared_ptr<const RunHistory>>>;

Histories readAll(const std::string& project, const std::vector<QString>& ids)
{
    Histories found;
    const auto opened = Project::open(project);
    if (!opened)
        return found;
    auto reader = RunReader::open(*opened);
    if (!reader)
        return found;
    for (const QString& id : ids)
        if (auto history = readHistory(*reader, id.toStdString()))
            found.emplace_back(id, std::move(*history));
    return found;
}

} // namespace

RunOverlay::RunOverlay(QObject* parent) : QObject(parent)
{
    timer_.setSingleShot(true);
    timer_.setInterval(readEvery);
    connect(&timer_, &QTimer::timeout, this, &RunOverlay::read);
}

void RunOverlay::setRuns(const QString& project, const std::vector<const RunSummary*>& runs)
{
    std::vector<Entry> entries;
    bool isNew = false, hasGrown = false, sameNames = runs.size() == entries_.size() && project == project_;
    for (const RunSummary* run : runs) {
        if (entries.size() >= mostRuns)
            break;
        Entry entry;
        entry.id = QString::fromStdString(run->id);
        entry.name = runTitle(*run) + (run->seed ? tr(" · seed %1").arg(*run->seed) : QString());
        const auto known = std::find_if(entries_.begin(), entries_.end(),
                                        [&](const Entry& one) { return one.id == entry.id && project == project_; });
        if (known != entries_.end()) {
            entry.history = known->history;
            hasGrown = hasGrown || known->step != run->lastStep.value_or(-1) || known->state != run->state;
            sameNames = sameNames && known->name == entry.name;
        } else {
            isNew = true;
        }
        entry.step = run->lastStep.value_or(-1);
        entry.state = run->state;
        entries.push_back(std::move(entry));
    }
    const bool fewer = entries.size() != entries_.size();
    project_ = project;
    entries_ = std::move(entries);
    if (isNew)
        read();
    else if (hasGrown && !timer_.isActive())
        timer_.start();
    if (fewer || (!sameNames && !isNew))
        Q_EMIT changed();
}

void RunOverlay::read()
{
    if (reading_) {
        stale_ = true;
        return;
    }
    if (entries_.empty())
        return;
    reading_ = true;
    std::vector<QString> ids;
    for (const Entry& entry : entries_)
        ids.push_back(entry.id);
    inBackground(
        this, [project = project_.toStdString(), ids] { return readAll(project, ids); },
        [this, project = project_](const Histories& found) {
            reading_ = false;
            if (project == project_)
                for (const auto& [id, history] : found)
                    for (Entry& entry : entries_)
                        if (entry.id == id)
                            entry.history = history;
            Q_EMIT changed();
            if (std::exchange(stale_, false))
                read();
        });
}

std::vector<MetricChart::Curve> RunOverlay::curves() const
{
    std::vector<MetricChart::Curve> curves;
    int series = 1; // the chosen run is the first one
    for (const Entry& entry : entries_) {
        if (entry.history)
            curves.push_back({entry.name, entry.history, series});
        ++series;
    }
    return curves;
}

} // namespace hilo
