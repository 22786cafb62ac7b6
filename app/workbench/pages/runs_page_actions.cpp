// SPDX-License-Identifier: GPL-3.0-or-later
#include "background.h"
#include "index/run_archive.h"
#include "page_wishes.h"
#include "pages/runs_page.h"
#include "program_runner.h"
#include "project_session.h"
#include "queue/run_control.h"
#include "queue/run_queue.h"
#include "queue/run_removal.h"
#include "runs/command_dialog.h"
#include "runs/new_run_dialog.h"
#include "runs/run_changes.h"
#include "runs/run_list_view.h"
#include "runs/run_service.h"
#include "runs/run_texts.h"

#include <QAction>
#include <QDesktopServices>
#include <QLocale>
#include <QMessageBox>
#include <QTimer>
#include <QUrl>

#include <algorithm>

namespace hilo {
namespace {

bool isRunning(const RunSummary& run)
{
    return run.state == "running";
}

bool isPaused(const RunSummary& run)
{
    return run.state == "paused";
}

/// Can be put into the queue, or woken.
bool isResumable(const RunSummary& run)
{
    return isPaused(run) || run.state == "new" || run.state == "stopped" || run.state == "interrupted" ||
           run.state == "failed";
}

bool isStoppable(const RunSummary& run)
{
    return isActive(run) || run.state == "queued";
}

bool isAtRest(const RunSummary& run)
{
    return !isActive(run);
}

bool isArchivable(const RunSummary& run)
{
    return run.state == "finished" || run.state == "stopped" || run.state == "failed" || run.state == "interrupted";
}

bool isArchived(const RunSummary& run)
{
    return run.state == "archived";
}

/// True when the person says yes; asked with the safe answer first.
bool confirmed(QWidget* parent, const QString& title, const QString& question, const QString& yes)
{
    QMessageBox box(QMessageBox::Warning, title, question, QMessageBox::Cancel, parent);
    box.setObjectName(QStringLiteral("confirm"));
    box.setTextFormat(Qt::PlainText);
    auto* button = box.addButton(yes, QMessageBox::DestructiveRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == button;
}

} // namespace

QAction* RunsPage::makeAction(const QString& name, const QString& text, const QString& toolTip,
                              void (RunsPage::*slot)())
{
    auto* made = new QAction(text, this);
    made->setObjectName(name);
    made->setToolTip(toolTip);
    made->setStatusTip(toolTip);
    connect(made, &QAction::triggered, this, slot);
    addAction(made);
    actions_[name] = made;
    return made;
}

void RunsPage::makeActions()
{
    const auto shortcut = [](QAction* made, const QKeySequence& keys) {
        made->setShortcut(keys);
        made->setShortcutContext(Qt::WindowShortcut);
        made->setToolTip(made->toolTip() + QStringLiteral(" (") + keys.toString(QKeySequence::NativeText) +
                         QLatin1Char(')'));
    };
    const auto key = [](QKeyCombination keys) { return QKeySequence(keys); };
    shortcut(makeAction(QStringLiteral("pause"), tr("Pause"),
                        tr("Hold the run at the end of its step; memory stays taken"), &RunsPage::pause),
             key(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    shortcut(makeAction(QStringLiteral("resume"), tr("Resume"),
                        tr("Wake a paused run, or queue one to go on from its newest valid checkpoint"),
                        &RunsPage::resume),
             key(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    shortcut(makeAction(QStringLiteral("stop"), tr("Stop"),
                        tr("Write a checkpoint and end the process; a waiting run leaves the queue"), &RunsPage::stop),
             key(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    shortcut(makeAction(QStringLiteral("checkpoint"), tr("Checkpoint now"),
                        tr("Write a checkpoint at the end of the step"), &RunsPage::checkpointNow),
             key(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    shortcut(makeAction(QStringLiteral("duplicate"), tr("Duplicate…"),
                        tr("A new run with the settings of this one, to change some of them"), &RunsPage::duplicate),
             key(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    makeAction(QStringLiteral("command"), tr("Show command…"), tr("The command that does the same in a terminal"),
               &RunsPage::showCommand);
    makeAction(QStringLiteral("compare"), tr("Compare"), tr("Select the chosen runs on the page Compare"),
               &RunsPage::compare);
    makeAction(QStringLiteral("folder"), tr("Open folder"), tr("The run's folder in the file manager"),
               &RunsPage::openFolder);
    makeAction(QStringLiteral("archive"), tr("Archive…"), tr("Pack the run's folder into one file; results stay"),
               &RunsPage::archive);
    makeAction(QStringLiteral("restore"), tr("Restore"), tr("Unpack an archived run"), &RunsPage::restore);
    makeAction(QStringLiteral("delete"), tr("Delete…"), tr("Remove the run's folder and its results for ever"),
               &RunsPage::removeRuns);
    makeAction(QStringLiteral("endNow"), tr("End it now…"),
               tr("End the process of a run that does not stop: by SIGTERM, then by SIGKILL"), &RunsPage::endNow);
    shortcut(
        makeAction(QStringLiteral("newRun"), tr("New run…"), tr("Choose a map, data and settings"), &RunsPage::newRun),
        key(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    makeAction(QStringLiteral("startQueue"), tr("Start queue"),
               tr("Start the program that trains the waiting runs; it goes on when this window is closed"),
               &RunsPage::startQueue);
}

QAction* RunsPage::action(const QString& name) const
{
    const auto found = actions_.find(name);
    return found == actions_.end() ? nullptr : found->second;
}

std::vector<std::string> RunsPage::selectedIds(bool (*which)(const RunSummary&)) const
{
    std::vector<std::string> ids;
    for (const RunSummary* run : selected())
        if (which(*run))
            ids.push_back(run->id);
    return ids;
}

void RunsPage::updateActions()
{
    const auto runs = selected();
    const auto any = [&runs](bool (*which)(const RunSummary&)) {
        return std::any_of(runs.begin(), runs.end(), [which](const RunSummary* run) { return which(*run); });
    };
    const auto enable = [this](const char* name, bool on) { actions_[QString::fromLatin1(name)]->setEnabled(on); };
    const bool hasFolder = runs.size() == 1 && runs.front()->state != "missing" && !isArchived(*runs.front());
    enable("pause", any(isRunning));
    enable("resume", any(isResumable));
    enable("stop", any(isStoppable));
    enable("checkpoint", any(isActive));
    enable("duplicate", hasFolder && runs.front()->state != "damaged");
    enable("command", runs.size() == 1);
    enable("compare", !runs.empty());
    enable("folder", hasFolder);
    enable("archive", any(isArchivable));
    enable("restore", any(isArchived));
    enable("delete", any(isAtRest));
    enable("endNow", any(isActive));
    enable("newRun", !runs_.folder().isEmpty());
    const bool running = model_->activeCount() > 0;
    enable("startQueue", model_->waitingCount() > 0);
    actions_[QStringLiteral("startQueue")]->setVisible(model_->waitingCount() > 0 && !running);
    const bool paused = runs.size() == 1 && isPaused(*runs.front());
    const bool untouched = !runs.empty() && std::all_of(runs.begin(), runs.end(),
                                                        [](const RunSummary* run) { return run->state == "new"; });
    actions_[QStringLiteral("resume")]->setText(untouched ? tr("Queue") : paused ? tr("Go on") : tr("Resume"));
}

void RunsPage::change(std::function<Status(RunStore&)> work, const QString& sentence, bool startsQueue)
{
    runs_.change(this, std::move(work), [this, sentence, startsQueue](const Status& status) {
        if (!status) {
            Q_EMIT said(QString::fromStdString(describe(status.error())));
            return;
        }
        Q_EMIT said(sentence);
        if (startsQueue)
            startQueue();
    });
}

void RunsPage::control(ControlWord word, bool (*which)(const RunSummary&), const QString& sentence)
{
    const auto ids = selectedIds(which);
    change(
        [ids, word](RunStore& store) {
            return forEachRun(store, ids,
                              [word](RunStore& one, const std::string& id) { return controlRun(one, id, word); });
        },
        sentence, word == ControlWord::Resume);
}

void RunsPage::pause()
{
    control(ControlWord::Pause, isRunning, tr("The run pauses at the end of its step."));
}

void RunsPage::resume()
{
    control(ControlWord::Resume, isResumable, tr("The run goes on."));
}

void RunsPage::stop()
{
    // One that waits by the last listing may run by now.
    for (const std::string& id : selectedIds(isStoppable))
        stopping_.emplace(id, QDateTime::currentDateTime());
    control(ControlWord::Stop, isStoppable, tr("The run stops at the end of its step and keeps a checkpoint."));
}

void RunsPage::checkpointNow()
{
    control(ControlWord::Checkpoint, isActive, tr("A checkpoint is written at the end of the step."));
}

void RunsPage::endNow()
{
    const auto ids = selectedIds(isActive);
    if (!confirmed(this, tr("End the process?"),
                   tr("The run loses the steps since its last checkpoint. It can be resumed from there."),
                   tr("End it now")))
        return;
    Q_EMIT said(tr("The process is being ended …"));
    // Waits for the process: on a thread and with a store of its own, so that nothing else waits too.
    inBackground(
        this,
        [ids, folder = runs_.folder().toStdString()]() -> Status {
            HILO_TRY(const Project project, Project::open(folder));
            HILO_TRY(RunStore store, RunStore::open(project));
            StopOptions options;
            options.patience = std::chrono::seconds(0);
            options.insistence = std::chrono::seconds(5);
            return forEachRun(store, ids,
                              [&options](RunStore& one, const std::string& id) { return stopRun(one, id, options); });
        },
        [this](const Status& status) {
            Q_EMIT said(status ? tr("The process is gone.") : QString::fromStdString(describe(status.error())));
        });
}

void RunsPage::compare()
{
    Q_EMIT wishes_.comparisonWanted(view_->selectedIds());
    Q_EMIT wishes_.pageWanted(QStringLiteral("compare"));
}

void RunsPage::openFolder()
{
    if (const RunSummary* run = current())
        QDesktopServices::openUrl(QUrl::fromLocalFile(runs_.runFolder(QString::fromStdString(run->id))));
}

void RunsPage::showCommand()
{
    const RunSummary* run = current();
    if (!run)
        return;
    const QString id = QString::fromStdString(run->id);
    const QString project = runs_.folder();
    QList<std::pair<QString, QString>> commands;
    const auto add = [&commands](const QString& title, const QStringList& arguments) {
        commands << std::pair{title, ProgramRunner::commandLine(arguments)};
    };
    add(tr("Train it from the beginning, in this project"),
        {QStringLiteral("train"), QStringLiteral("--project"), project, QStringLiteral("--run"), id});
    add(tr("Go on from its newest valid checkpoint"), {QStringLiteral("resume"), runs_.runFolder(id)});
    add(tr("Queue it, and train what is queued"), {QStringLiteral("project"), QStringLiteral("queue"), project, id});
    commands.last().second += QStringLiteral(" && ") + ProgramRunner::commandLine({QStringLiteral("work"), project});
    add(tr("The same settings in a folder elsewhere"),
        {QStringLiteral("train"), runs_.runFolder(id) + QStringLiteral("/run.json"), QStringLiteral("--out"),
         id + QStringLiteral("-again")});
    auto* dialog = new CommandDialog(tr("Commands of %1").arg(runTitle(*run)), commands, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void RunsPage::archive()
{
    const auto ids = selectedIds(isArchivable);
    if (!confirmed(this, tr("Archive?"),
                   tr("%n run(s) become one packed file each. Charts and results stay; the adapter can be used again "
                      "after “Restore”.",
                      nullptr, static_cast<int>(ids.size())),
                   tr("Archive")))
        return;
    change(
        [ids](RunStore& store) {
            return forEachRun(store, ids, [](RunStore& one, const std::string& id) { return archiveRun(one, id); });
        },
        tr("%n run(s) archived.", nullptr, static_cast<int>(ids.size())));
}

void RunsPage::restore()
{
    const auto ids = selectedIds(isArchived);
    change(
        [ids](RunStore& store) {
            return forEachRun(store, ids, [](RunStore& one, const std::string& id) { return restoreRun(one, id); });
        },
        tr("%n run(s) restored.", nullptr, static_cast<int>(ids.size())));
}

void RunsPage::removeRuns()
{
    const auto ids = selectedIds(isAtRest);
    if (ids.empty())
        return;
    QStringList names;
    for (const std::string& id : ids)
        if (names.size() < 8)
            names << QString::fromStdString(id);
    if (ids.size() > 8)
        names << tr("and %n more", nullptr, static_cast<int>(ids.size()) - 8);
    if (!confirmed(this, tr("Delete?"),
                   tr("%n run(s) with checkpoints, adapters and results are removed for ever:\n\n%1", nullptr,
                      static_cast<int>(ids.size()))
                       .arg(names.join(QLatin1Char('\n'))),
                   tr("Delete for ever")))
        return;
    change(
        [ids](RunStore& store) {
            return forEachRun(store, ids, [](RunStore& one, const std::string& id) { return deleteRun(one, id); });
        },
        tr("%n run(s) deleted.", nullptr, static_cast<int>(ids.size())));
}

void RunsPage::startQueue()
{
    if (const Status started = runs_.startWorker(); !started)
        Q_EMIT said(QString::fromStdString(describe(started.error())));
}

void RunsPage::newRun()
{
    openNewRun();
}

NewRunDialog* RunsPage::openNewRun()
{
    auto* dialog = new NewRunDialog(session_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addRuns(*dialog); });
    dialog->open();
    return dialog;
}

void RunsPage::addRuns(NewRunDialog& dialog)
{
    const auto ids = std::make_shared<std::vector<std::string>>();
    const bool queue = dialog.isQueueWanted();
    runs_.change(
        this,
        [specs = dialog.acceptedSpecs(), queue, ids](RunStore& store) {
            return hilo::addRuns(store, specs, queue, *ids);
        },
        [this, queue, ids](const Status& status) {
            if (!ids->empty()) {
                wanted_ = QString::fromStdString(ids->front());
                runsChanged();
            }
            if (!status) {
                Q_EMIT said(QString::fromStdString(describe(status.error())));
                return;
            }
            Q_EMIT said(queue ? tr("%n run(s) queued.", nullptr, static_cast<int>(ids->size()))
                              : tr("%n run(s) added.", nullptr, static_cast<int>(ids->size())));
            if (queue)
                startQueue();
        });
}

void RunsPage::duplicate()
{
    if (const RunSummary* run = current())
        runAgain(QString::fromStdString(run->id));
}

void RunsPage::runAgain(const QString& id)
{
    const std::filesystem::path file = runs_.runFolder(id).toStdString() + "/run.json";
    inBackground(
        this, [file] { return readRunSpec(file); },
        [this](Result<RunSpec> spec) {
            if (!spec) {
                Q_EMIT said(QString::fromStdString(describe(spec.error())));
                return;
            }
            spec->name = tr("%1 again").arg(QString::fromStdString(spec->name)).toStdString();
            openNewRun()->startFrom(*spec);
        });
}

void RunsPage::resumeFrom(qint64 step)
{
    const RunSummary* run = current();
    if (!run || step < 0)
        return;
    const std::string id = run->id;
    const std::int64_t reached = run->lastStep.value_or(step);
    if (reached > step && !confirmed(this, tr("Resume from step %1?").arg(step),
                                     tr("The run goes on from step %1; what it trained from there to step %2 is done "
                                        "again, and later checkpoints are removed.")
                                         .arg(QLocale().toString(static_cast<qlonglong>(step)),
                                              QLocale().toString(static_cast<qlonglong>(reached))),
                                     tr("Resume from there")))
        return;
    change(
        [id, step](RunStore& store) -> Status {
            HILO_CHECK(goBackTo(store, id, step));
            return controlRun(store, id, ControlWord::Resume);
        },
        tr("The run goes on from step %1.").arg(step), true);
}

} // namespace hilo
