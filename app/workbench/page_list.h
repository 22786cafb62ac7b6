// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class QUndoGroup;

namespace hilo {

class Page;
class PageWishes;
class ProjectSession;
class RunService;
class StartPage;

/// What pages work with. All of it outlives them.
struct PageContext
{
    ProjectSession& session;
    RunService& runs;
    PageWishes& wishes;
    QUndoGroup& undoGroup; ///< a page adds the undo stacks of what it edits and makes one active
};

struct PageList
{
    std::vector<Page*> pages; ///< in the order of the rail
    StartPage* start = nullptr;
};

/// Makes all pages. The caller's window becomes their parent.
PageList makePageList(const PageContext& context);

} // namespace hilo
