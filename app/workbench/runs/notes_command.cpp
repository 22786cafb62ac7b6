// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/notes_command.h"

#include "index/run_notes_change.h"
#include "runs/run_changes.h"

#include <QCoreApplication>

namespace hilo {

NotesCommand::NotesCommand(RunService& runs, QObject* context, const QString& text, std::vector<std::string> ids,
                           Change change, std::function<void(const QString&)> said)
    : QUndoCommand(text), runs_(runs), context_(context), ids_(std::move(ids)), change_(std::move(change)),
      said_(std::move(said)), before_(std::make_shared<std::vector<std::pair<std::string, RunNotes>>>())
{
}

void NotesCommand::redo()
{
    runs_.change(
        context_,
        [ids = ids_, change = change_, before = before_](RunStore& store) {
            before->clear();
            return forEachRun(store, ids, [&](RunStore& one, const std::string& id) -> Status {
                HILO_TRY(RunNotes notes, changeRunNotes(one, id, change));
                before->emplace_back(id, std::move(notes));
                return {};
            });
        },
        [said = said_, text = text()](const Status& status) {
            said(status ? text : QString::fromStdString(describe(status.error())));
        });
}

void NotesCommand::undo()
{
    // Changes of the store come one behind the other: by then redo() has written down what was there.
    runs_.change(
        context_,
        [before = before_](RunStore& store) -> Status {
            for (const auto& [id, notes] : *before) {
                HILO_TRY([[maybe_unused]] const RunNotes now,
                         changeRunNotes(store, id, [&notes = notes](RunNotes& all) { all = notes; }));
            }
            return {};
        },
        [said = said_, text = text()](const Status& status) {
            said(status ? QCoreApplication::translate("hilo::RunsPage", "Undone: %1").arg(text)
                        : QString::fromStdString(describe(status.error())));
        });
}

} // namespace hilo
