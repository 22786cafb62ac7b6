// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_notes.h"
#include "runs/run_service.h"

#include <QUndoCommand>

#include <functional>

namespace hilo {

/// A change of what is noted of runs, with what was noted before, for the undo stack. The store does the work on its
/// own thread; the first change is one like all others.
class NotesCommand : public QUndoCommand
{
  public:
    using Change = std::function<void(RunNotes&)>;

    /// said is told what went wrong.
    NotesCommand(RunService& runs, QObject* context, const QString& text, std::vector<std::string> ids, Change change,
                 std::function<void(const QString&)> said);

    void redo() override;
    void undo() override;

  private:
    RunService& runs_;
    QObject* context_;
    std::vector<std::string> ids_;
    Change change_;
    std::function<void(const QString&)> said_;
    /// As long as the command; what the store's thread has found is written there.
    std::shared_ptr<std::vector<std::pair<std::string, RunNotes>>> before_;
};

} // namespace hilo
