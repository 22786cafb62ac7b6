// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/run_actions.h"

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
#include "runs/notes_command.h"
#include "runs/run_changes.h"
#include "runs/run_service.h"
#include "runs/run_texts.h"

#include <QAction>
#include <QDesktopServices>
#include <QLocale>
#include <QMessageBox>
#include <QUndoGroup>
#include <QUndoStack>
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

RunActions::RunActions(const PageContext& context, QWidget* page, Chosen chosen,
                       std::function<const RunSummary*()> current)
    : QObject(page), session_(context.session), runs_(context.runs), wishes_(context.wishes), page_(page),
      chosen_(std::move(chosen)), current_(std::move(current)), undoStack_(new QUndoStack(this))
{
    context.undoGroup.addStack(undoStack_);
    // Names of another project's runs are none of this one's.
    connect(&runs_, &RunService::projectChanged, undoStack_, &QUndoStack::clear);
    makeControls();
    makeOthers();
}

QAction* RunActions::add(const QString& name, const QString& text, const QString& toolTip, void (RunActions::*slot)())
{
    auto* made = new QAction(text, page_);
    made->setObjectName(name);
    made->setToolTip(toolTip);
    made->setStatusTip(toolTip);
    connect(made, &QAction::triggered, this, slot);
    page_->addAction(made);
    actions_[name] = made;
    return made;
}

void RunActions::add(const QString& name, const QString& text, const QString& toolTip, void (RunActions::*slot)(),
                     const QKeySequence& keys)
{
    QAction* made = add(name, text, toolTip, slot);
    made->setShortcut(keys);
    made->setShortcutContext(Qt::WindowShortcut);
    made->setToolTip(toolTip + QStringLiteral(" (") + keys.toString(QKeySequence::NativeText) + QLatin1Char(')'));
}

void RunActions::makeControls()
{
    add(QStringLiteral("pause"), RunsPage::tr("Pause"),
        RunsPage::tr("Hold the run at the end of its step; memory stays taken"), &RunActions::pause,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    add(QStringLiteral("resume"), RunsPage::tr("Resume"),
        RunsPage::tr("Wake a paused run, or queue one to go on from its newest valid checkpoint"), &RunActions::resume,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    add(QStringLiteral("stop"), RunsPage::tr("Stop"),
        RunsPage::tr("Write a checkpoint and end the process; a waiting run leaves the queue"), &RunActions::stop,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    add(QStringLiteral("checkpoint"), RunsPage::tr("Checkpoint now"),
        RunsPage::tr("Write a checkpoint at the end of the step"), &RunActions::checkpointNow,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
}

void RunActions::makeOthers()
{
    add(QStringLiteral("duplicate"), RunsPage::tr("Duplicate…"),
        RunsPage::tr("A new run with the settings of this one, to change some of them"), &RunActions::duplicate,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    add(QStringLiteral("command"), RunsPage::tr("Show command…"),
        RunsPage::tr("The command that does the same in a terminal"), &RunActions::showCommand);
    add(QStringLiteral("compare"), RunsPage::tr("Compare"), RunsPage::tr("Select the chosen runs on the page Compare"),
        &RunActions::compare);
    add(QStringLiteral("folder"), RunsPage::tr("Open folder"), RunsPage::tr("The run's folder in the file manager"),
        &RunActions::openFolder);
    add(QStringLiteral("archive"), RunsPage::tr("Archive…"),
        RunsPage::tr("Pack the run's folder into one file; results stay"), &RunActions::archive);
    add(QStringLiteral("restore"), RunsPage::tr("Restore"), RunsPage::tr("Unpack an archived run"),
        &RunActions::restore);
    add(QStringLiteral("delete"), RunsPage::tr("Delete…"),
        RunsPage::tr("Remove the run's folder and its results for ever"), &RunActions::removeRuns);
    add(QStringLiteral("endNow"), RunsPage::tr("End it now…"),
        RunsPage::tr("End the process of a run that does not stop: by SIGTERM, then by SIGKILL"), &RunActions::endNow);
    add(QStringLiteral("rename"), RunsPage::tr("Rename"), RunsPage::tr("Give the run another name"),
        &RunActions::rename, QKeySequence(Qt::Key_F2));
    add(QStringLiteral("star"), RunsPage::tr("Star or take the star away"),
        RunsPage::tr("Mark the chosen runs with a star, or take it away"), &RunActions::star,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B));
    add(QStringLiteral("front"), RunsPage::tr("Train it first"), RunsPage::tr("Put it before all runs that wait"),
        &RunActions::moveToFront);
    add(QStringLiteral("newRun"), RunsPage::tr("New run…"), RunsPage::tr("Choose a map, data and settings"),
        &RunActions::newRun, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    add(QStringLiteral("startQueue"), RunsPage::tr("Start queue"),
        RunsPage::tr("Start the program that trains the waiting runs; it goes on when this window is closed"),
        &RunActions::startQueue);
}

QAction* RunActions::action(const QString& name) const
{
    const auto found = actions_.find(name);
    return found == actions_.end() ? nullptr : found->second;
}

std::optional<QDateTime> RunActions::stoppingSince(const std::string& id) const
{
    const auto found = stopping_.find(id);
    return found == stopping_.end() ? std::nullopt : std::optional(found->second);
}

void RunActions::forgetStopped()
{
    std::erase_if(stopping_, [this](const auto& entry) {
        const RunSummary* run = runs_.find(QString::fromStdString(entry.first));
        return !run || !isStoppable(*run);
    });
}

std::vector<std::string> RunActions::chosenIds(bool (*which)(const RunSummary&)) const
{
    std::vector<std::string> ids;
    for (const RunSummary* run : chosen_())
        if (which(*run))
            ids.push_back(run->id);
    return ids;
}

void RunActions::update(int waiting, int active)
{
    const auto runs = chosen_();
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
    const auto hasNotes = [](const RunSummary& run) { return run.state != "archived" && run.state != "missing"; };
    enable("rename", runs.size() == 1 && hasNotes(*runs.front()));
    enable("star", std::any_of(runs.begin(), runs.end(), [&](const RunSummary* run) { return hasNotes(*run); }));
    enable("front", runs.size() == 1 && runs.front()->state == "queued" && waiting > 1);
    enable("startQueue", waiting > 0);
    actions_[QStringLiteral("startQueue")]->setVisible(waiting > 0 && active == 0);
    const bool paused = runs.size() == 1 && isPaused(*runs.front());
    const bool untouched = !runs.empty() && std::all_of(runs.begin(), runs.end(),
                                                        [](const RunSummary* run) { return run->state == "new"; });
    actions_[QStringLiteral("resume")]->setText(untouched ? RunsPage::tr("Queue")
                                                : paused  ? RunsPage::tr("Go on")
                                                          : RunsPage::tr("Resume"));
}

void RunActions::change(std::function<Status(RunStore&)> work, const QString& sentence, bool startsQueue)
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

void RunActions::control(ControlWord word, bool (*which)(const RunSummary&), const QString& sentence)
{
    const auto ids = chosenIds(which);
    change(
        [ids, word](RunStore& store) {
            return forEachRun(store, ids,
                              [word](RunStore& one, const std::string& id) { return controlRun(one, id, word); });
        },
        sentence, word == ControlWord::Resume);
}

void RunActions::changeNotes(const QString& text, std::vector<std::string> ids, std::function<void(RunNotes&)> change)
{
    if (!ids.empty())
        undoStack_->push(new NotesCommand(runs_, this, text, std::move(ids), std::move(change),
                                          [this](const QString& sentence) { Q_EMIT said(sentence); }));
}

void RunActions::rename()
{
    Q_EMIT nameWanted();
}

void RunActions::star()
{
    std::vector<std::string> ids;
    bool allStarred = true;
    for (const RunSummary* run : chosen_())
        if (run->state != "archived" && run->state != "missing") {
            ids.push_back(run->id);
            allStarred = allStarred && run->starred != 0;
        }
    const int count = static_cast<int>(ids.size());
    changeNotes(allStarred ? RunsPage::tr("Star of %n run(s) taken away", nullptr, count)
                           : RunsPage::tr("%n run(s) starred", nullptr, count),
                std::move(ids), [on = !allStarred](RunNotes& notes) { notes.starred = on; });
}

void RunActions::moveToFront()
{
    if (const RunSummary* run = current_())
        change(
            [id = run->id](RunStore& store) {
                return enqueue(store, id, 3, QueuePlace{QueuePlace::Kind::First, {}});
            },
            RunsPage::tr("It is trained next."));
}

void RunActions::pause()
{
    control(ControlWord::Pause, isRunning, RunsPage::tr("The run pauses at the end of its step."));
}

void RunActions::resume()
{
    control(ControlWord::Resume, isResumable, RunsPage::tr("The run goes on."));
}

void RunActions::stop()
{
    // One that waits by the last listing may run by now.
    for (const std::string& id : chosenIds(isStoppable))
        stopping_.emplace(id, QDateTime::currentDateTime());
    control(ControlWord::Stop, isStoppable,
            RunsPage::tr("The run stops at the end of its step and keeps a checkpoint."));
}

void RunActions::checkpointNow()
{
    control(ControlWord::Checkpoint, isActive, RunsPage::tr("A checkpoint is written at the end of the step."));
}

void RunActions::endNow()
{
    const auto ids = chosenIds(isActive);
    if (!confirmed(page_, RunsPage::tr("End the process?"),
                   RunsPage::tr("The run loses the steps since its last checkpoint. It can be resumed from there."),
                   RunsPage::tr("End it now")))
        return;
    Q_EMIT said(RunsPage::tr("The process is being ended …"));
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
            Q_EMIT said(status ? RunsPage::tr("The process is gone.")
                               : QString::fromStdString(describe(status.error())));
        });
}

void RunActions::compare()
{
    QStringList ids;
    for (const RunSummary* run : chosen_())
        ids << QString::fromStdString(run->id);
    Q_EMIT wishes_.comparisonWanted(ids);
    Q_EMIT wishes_.pageWanted(QStringLiteral("compare"));
}

void RunActions::openFolder()
{
    if (const RunSummary* run = current_())
        QDesktopServices::openUrl(QUrl::fromLocalFile(runs_.runFolder(QString::fromStdString(run->id))));
}

void RunActions::showCommand()
{
    const RunSummary* run = current_();
    if (!run)
        return;
    const QString id = QString::fromStdString(run->id);
    const QString project = runs_.folder();
    QList<std::pair<QString, QString>> commands;
    const auto add = [&commands](const QString& title, const QStringList& arguments) {
        commands << std::pair{title, ProgramRunner::commandLine(arguments)};
    };
    add(RunsPage::tr("Train it from the beginning, in this project"),
        {QStringLiteral("train"), QStringLiteral("--project"), project, QStringLiteral("--run"), id});
    add(RunsPage::tr("Go on from its newest valid checkpoint"), {QStringLiteral("resume"), runs_.runFolder(id)});
    add(RunsPage::tr("Queue it, and train what is queued"),
        {QStringLiteral("project"), QStringLiteral("queue"), project, id});
    commands.last().second += QStringLiteral(" && ") + ProgramRunner::commandLine({QStringLiteral("work"), project});
    add(RunsPage::tr("The same settings in a folder elsewhere"),
        {QStringLiteral("train"), runs_.runFolder(id) + QStringLiteral("/run.json"), QStringLiteral("--out"),
         id + QStringLiteral("-again")});
    auto* dialog = new CommandDialog(RunsPage::tr("Commands of %1").arg(runTitle(*run)), commands, page_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void RunActions::archive()
{
    const auto ids = chosenIds(isArchivable);
    if (!confirmed(page_, RunsPage::tr("Archive?"),
                   RunsPage::tr(
                       "%n run(s) become one packed file each. Charts and results stay; the adapter can be used again "
                       "after “Restore”.",
                       nullptr, static_cast<int>(ids.size())),
                   RunsPage::tr("Archive")))
        return;
    change(
        [ids](RunStore& store) {
            return forEachRun(store, ids, [](RunStore& one, const std::string& id) { return archiveRun(one, id); });
        },
        RunsPage::tr("%n run(s) archived.", nullptr, static_cast<int>(ids.size())));
}

void RunActions::restore()
{
    const auto ids = chosenIds(isArchived);
    change(
        [ids](RunStore& store) {
            return forEachRun(store, ids, [](RunStore& one, const std::string& id) { return restoreRun(one, id); });
        },
        RunsPage::tr("%n run(s) restored.", nullptr, static_cast<int>(ids.size())));
}

void RunActions::removeRuns()
{
    const auto ids = chosenIds(isAtRest);
    if (ids.empty())
        return;
    QStringList names;
    for (const std::string& id : ids)
        if (names.size() < 8)
            names << QString::fromStdString(id);
    if (ids.size() > 8)
        names << RunsPage::tr("and %n more", nullptr, static_cast<int>(ids.size()) - 8);
    if (!confirmed(page_, RunsPage::tr("Delete?"),
                   RunsPage::tr("%n run(s) with checkpoints, adapters and results are removed for ever:\n\n%1", nullptr,
                                static_cast<int>(ids.size()))
                       .arg(names.join(QLatin1Char('\n'))),
                   RunsPage::tr("Delete for ever")))
        return;
    change(
        [ids](RunStore& store) {
            return forEachRun(store, ids, [](RunStore& one, const std::string& id) { return deleteRun(one, id); });
        },
        RunsPage::tr("%n run(s) deleted.", nullptr, static_cast<int>(ids.size())));
}

void RunActions::startQueue()
{
    if (const Status started = runs_.startWorker(); !started)
        Q_EMIT said(QString::fromStdString(describe(started.error())));
}

void RunActions::newRun()
{
    openNewRun();
}

NewRunDialog* RunActions::openNewRun()
{
    auto* dialog = new NewRunDialog(session_, page_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addRuns(*dialog); });
    dialog->open();
    return dialog;
}

void RunActions::addRuns(NewRunDialog& dialog)
{
    const auto ids = std::make_shared<std::vector<std::string>>();
    const bool queue = dialog.isQueueWanted();
    runs_.change(
        this,
        [specs = dialog.acceptedSpecs(), queue, ids](RunStore& store) {
            return hilo::addRuns(store, specs, queue, *ids);
        },
        [this, queue, ids](const Status& status) {
            if (!ids->empty())
                Q_EMIT added(QString::fromStdString(ids->front()));
            if (!status) {
                Q_EMIT said(QString::fromStdString(describe(status.error())));
                return;
            }
            Q_EMIT said(queue ? RunsPage::tr("%n run(s) queued.", nullptr, static_cast<int>(ids->size()))
                              : RunsPage::tr("%n run(s) added.", nullptr, static_cast<int>(ids->size())));
            if (queue)
                startQueue();
        });
}

void RunActions::duplicate()
{
    if (const RunSummary* run = current_())
        runAgain(QString::fromStdString(run->id));
}

void RunActions::runAgain(const QString& id)
{
    const std::filesystem::path file = runs_.runFolder(id).toStdString() + "/run.json";
    inBackground(
        this, [file] { return readRunSpec(file); },
        [this](Result<RunSpec> spec) {
            if (!spec) {
                Q_EMIT said(QString::fromStdString(describe(spec.error())));
                return;
            }
            spec->name = RunsPage::tr("%1 again").arg(QString::fromStdString(spec->name)).toStdString();
            openNewRun()->startFrom(*spec);
        });
}

void RunActions::resumeFrom(qint64 step)
{
    const RunSummary* run = current_();
    if (!run || step < 0)
        return;
    const std::string id = run->id;
    const std::int64_t reached = run->lastStep.value_or(step);
    if (reached > step &&
        !confirmed(page_, RunsPage::tr("Resume from step %1?").arg(step),
                   RunsPage::tr("The run goes on from step %1; what it trained from there to step %2 is done "
                                "again, and later checkpoints are removed.")
                       .arg(QLocale().toString(static_cast<qlonglong>(step)),
                            QLocale().toString(static_cast<qlonglong>(reached))),
                   RunsPage::tr("Resume from there")))
        return;
    change(
        [id, step](RunStore& store) -> Status {
            HILO_CHECK(goBackTo(store, id, step));
            return controlRun(store, id, ControlWord::Resume);
        },
        RunsPage::tr("The run goes on from step %1.").arg(step), true);
}

} // namespace hilo
