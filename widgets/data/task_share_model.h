// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/task_mixture.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace hilo {

/// A task of a mixture as the page Data knows it.
struct TaskShare
{
    QString name;
    QString path;                     ///< of its data
    std::optional<std::int64_t> rows; ///< that can be trained on, all of them; nothing: not known yet
    std::int64_t usedRows = 0;        ///< of them within the limit; with rows
    double weight = 1;
    std::int64_t limit = 0; ///< 0: all
    QString problem;        ///< why there are no rows
};

/// What each task of a mixture gives to an epoch: rows, limit, weight, rows of an epoch, share, passes. Weight and
/// limit can be changed; shares are there once all rows are counted.
class TaskShareModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Task, Rows, Limit, Weight, EpochRows, Share, Passes, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setTasks(std::vector<TaskShare> tasks, Mixing mixing, double temperature);
    const TaskShare& taskAt(int row) const { return tasks_[static_cast<std::size_t>(row)]; }
    /// Of the rows of an epoch; nothing where it is not known.
    std::optional<double> shareOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

  Q_SIGNALS:
    /// By a person.
    void edited(int row, double weight, qint64 limit);

  private:
    void mix();
    QString textOf(int row, int column) const;

    std::vector<TaskShare> tasks_;
    Mixing mixing_ = Mixing::Proportional;
    double temperature_ = 1;
    std::vector<std::int64_t> epoch_; ///< rows of an epoch by task; empty: not known
    std::int64_t all_ = 0;            ///< their sum
};

} // namespace hilo
