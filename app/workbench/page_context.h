// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QUndoGroup;

namespace hilo {

class PageWishes;
class ProjectSession;
class RunService;

/// What pages work with. All of it outlives them.
struct PageContext
{
    ProjectSession& session;
    RunService& runs;
    PageWishes& wishes;
    QUndoGroup& undoGroup; ///< a page adds the undo stacks of what it edits and makes one active
};

} // namespace hilo
