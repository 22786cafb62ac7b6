// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <QObject>
#include <QStringList>

namespace hilo {

/// What one page wants another to do. All pages have the same object: who wants something emits, who can do it
/// connects. A page that does a wish also emits pageWanted() with its own key.
class PageWishes : public QObject
{
    Q_OBJECT
  public:
    using QObject::QObject;

  Q_SIGNALS:
    void pageWanted(const QString& key);
    /// Runs: the dialog for a new run with this map.
    void runWanted(const hilo::AllocationMap& map);
    /// Runs: the dialog for a new run with the settings of this one.
    void runAgainWanted(const QString& run);
    /// Runs: show this run.
    void runShown(const QString& run);
    /// Compare: select these runs.
    void comparisonWanted(const QStringList& runs);
    /// Data: take this file or folder as a task.
    void dataWanted(const QString& path);
    /// Allocation: open this map in a tab of its own.
    void mapWanted(const hilo::AllocationMap& map);
    /// Allocation: bring the open map of this name to the front.
    void openMapWanted(const QString& name);
    /// Allocation: generate from this signal of a profile file.
    void allocationWanted(const QString& profile, const QString& signal);
    /// Export and Try: choose this run's adapter.
    void exportWanted(const QString& run);
    void tryWanted(const QString& run);
};

} // namespace hilo
