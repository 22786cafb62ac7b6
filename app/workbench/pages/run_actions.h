// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "index/run_store.h"
#include "page_context.h"
#include "run/control.h"
#include "run/run_notes.h"

#include <QDateTime>
#include <QObject>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

class QAction;
class QKeySequence;
class QUndoStack;
class QWidget;

namespace hilo {

class NewRunDialog;

/// What can be done with the runs that are chosen on the page Runs: its actions, by menu, button and key.
class RunActions : public QObject
{
    Q_OBJECT
  public:
    using Chosen = std::function<std::vector<const RunSummary*>()>;

    /// The actions are added to page, which is the parent of their dialogs too. chosen: the runs they are for; current:
    /// the one of them that stands in front, if any.
    RunActions(const PageContext& context, QWidget* page, Chosen chosen, std::function<const RunSummary*()> current);

    /// By its object name: "pause", "resume", "stop", "checkpoint", "duplicate", "command", "compare", "folder",
    /// "archive", "restore", "delete", "endNow", "newRun", "startQueue", "rename", "star", "front".
    QAction* action(const QString& name) const;
    /// Says which actions can be done now. waiting, active: how many runs of the project are.
    void update(int waiting, int active);

    /// The dialog for a new run; it is shown, not waited for.
    NewRunDialog* openNewRun();
    /// The same with the settings of a run.
    void runAgain(const QString& id);
    void resumeFrom(qint64 step);
    /// Does work on the store elsewhere and says the sentence when it is done.
    void change(std::function<Status(RunStore&)> work, const QString& sentence, bool startsQueue = false);

    /// Changes what is noted of runs; can be undone. text: what was done, for the menu of undo.
    void changeNotes(const QString& text, std::vector<std::string> ids, std::function<void(RunNotes&)> change);
    QUndoStack& undoStack() { return *undoStack_; }

    /// Since when a run was asked to stop; nothing when it was not.
    std::optional<QDateTime> stoppingSince(const std::string& id) const;
    /// Forgets those that have stopped by now.
    void forgetStopped();

  Q_SIGNALS:
    /// A sentence for the status bar.
    void said(const QString& sentence);
    /// The first of the runs that were added.
    void added(const QString& id);
    /// The name of the run in front is to be written.
    void nameWanted();

  private:
    QAction* add(const QString& name, const QString& text, const QString& toolTip, void (RunActions::*slot)());
    void add(const QString& name, const QString& text, const QString& toolTip, void (RunActions::*slot)(),
             const QKeySequence& keys);
    void makeControls();
    void makeOthers();
    std::vector<std::string> chosenIds(bool (*which)(const RunSummary&)) const;
    void control(ControlWord word, bool (*which)(const RunSummary&), const QString& sentence);

    void pause();
    void resume();
    void stop();
    void endNow();
    void checkpointNow();
    void duplicate();
    void showCommand();
    void compare();
    void openFolder();
    void archive();
    void restore();
    void removeRuns();
    void startQueue();
    void newRun();
    void rename();
    void star();
    void moveToFront();
    void addRuns(NewRunDialog& dialog);

    ProjectSession& session_;
    RunService& runs_;
    PageWishes& wishes_;
    QWidget* page_;
    Chosen chosen_;
    std::function<const RunSummary*()> current_;
    QUndoStack* undoStack_;
    std::map<QString, QAction*> actions_;
    std::map<std::string, QDateTime> stopping_; ///< since when
};

} // namespace hilo
