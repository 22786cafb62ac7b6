// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "runs/time_left.h"

#include <QAbstractListModel>

#include <deque>
#include <memory>
#include <vector>

namespace hilo {

/// Runs that several may look at; nobody changes them any more.
using RunList = std::shared_ptr<const std::vector<RunSummary>>;

/// Which runs the list shows.
enum class RunGroup { All, Active, Waiting, Finished, Trouble, Starred };

/// The runs of a project: those with a process first, then the queue in its order, then the rest, newest first.
/// Selections survive updates: rows are moved, added and taken away one by one.
class RunListModel : public QAbstractListModel
{
    Q_OBJECT
  public:
    enum Role { IdRole = Qt::UserRole + 1, ProgressRole, DetailRole, ResultRole, WaitingRole, StarredRole };

    using QAbstractListModel::QAbstractListModel;

    void setRuns(std::vector<RunSummary> runs);
    /// The same without copying what may be ten thousand runs; quickest when they are in the order of the list.
    void shareRuns(RunList runs);
    /// The order of the list.
    static void sort(std::vector<RunSummary>& runs);
    /// text: words that all have to be in the name, id, state, tags or note; case is ignored.
    void setFilter(const QString& text, RunGroup group);
    /// Null when the row is outside.
    const RunSummary* at(int row) const;
    int rowOf(const QString& id) const; ///< -1: not shown
    int waitingCount() const { return waiting_; }
    /// Runs with a process.
    int activeCount() const { return active_; }
    /// All runs, also those that the filter hides.
    std::size_t total() const { return all_.size(); }
    std::optional<double> secondsLeft(const RunSummary& run) const { return timeLeft_.of(run); }

    /// Puts a waiting run before another one, or last when before is empty: shown at once, and asked for.
    void moveInQueue(const QString& id, const QString& before);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                         const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

  Q_SIGNALS:
    /// before: the id of the waiting run that id goes in front of; empty: the queue's end.
    void queueMoveRequested(const QString& id, const QString& before);

  private:
    bool passes(const RunSummary& run) const;
    using Rows = std::vector<const RunSummary*>;
    void show();
    void removeOthers(const Rows& wanted);
    void reorder(const Rows& wanted);
    void insertNew(const Rows& wanted);
    QString detailOf(const RunSummary& run) const;
    QString resultOf(const RunSummary& run) const;

    RunList list_ = std::make_shared<const std::vector<RunSummary>>();
    std::deque<RunSummary> moved_; ///< in the queue, by hand: what the next list will say
    Rows all_, shown_;             ///< of list_ and moved_, in their order
    int waiting_ = 0, active_ = 0;
    QStringList words_;
    std::vector<std::string> plainWords_; ///< the same in lower case, when all are of ASCII
    RunGroup group_ = RunGroup::All;
    TimeLeft timeLeft_;
};

} // namespace hilo
