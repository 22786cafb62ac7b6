// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <QAbstractTableModel>

#include <vector>

namespace hilo {

/// The tasks of a run spec as they stand in its file, one a row: name, data, template, weight, limit, protocol.
class TaskListModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Task, Data, Template, Weight, Limit, Protocol, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// "data" of a run spec: an object, a list of them, or neither, which is one empty task.
    void setTasks(const Json& data);
    /// One task as an object, several as a list.
    Json tasks() const;
    const Json& task(int row) const { return tasks_[static_cast<std::size_t>(row)]; }
    void setTask(int row, Json task);
    /// The new task's row.
    int add(Json task);
    /// The last one stays.
    void remove(int row);
    /// What a task is called: by its key, else by its data.
    QString nameOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString textOf(const Json& task, int column, int row) const;

    std::vector<Json> tasks_ = std::vector<Json>(1, Json::object());
};

} // namespace hilo
