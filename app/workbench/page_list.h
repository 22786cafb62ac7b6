// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

class QUndoGroup;

namespace hilo {

class Page;
class ProjectSession;
class RunService;
class StartPage;

/// What pages want from the window.
class PageWishes : public QObject
{
    Q_OBJECT
  public:
    using QObject::QObject;

  Q_SIGNALS:
    void pageWanted(const QString& key);
};

struct PageList
{
    std::vector<Page*> pages; ///< in the order of the rail
    StartPage* start = nullptr;
    PageWishes* wishes = nullptr;
};

/// Makes all pages and connects those that hand work to one another. The caller's window becomes their parent.
PageList makePageList(ProjectSession& session, RunService& runs, QUndoGroup& undoGroup);

} // namespace hilo
