// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/task_list_model.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace hilo {

/// The tasks of a run: a heading with buttons to add and remove, and, where there are several, a table to choose one
/// of, whose settings stand below.
class TaskListPanel : public QWidget
{
    Q_OBJECT
  public:
    explicit TaskListPanel(QWidget* parent = nullptr);

    TaskListModel& model() { return *model_; }
    const TaskListModel& model() const { return *model_; }
    void setTasks(const Json& tasks);
    int current() const { return current_; }
    void choose(int row);
    bool hasSeveral() const { return model_->rowCount() > 1; }

  Q_SIGNALS:
    /// Another task is the chosen one.
    void chosen();
    /// A task was added or removed.
    void changed();

  private:
    void add();
    void remove();
    void arrange();

    TaskListModel* model_;
    QTableView* table_;
    QPushButton* remove_;
    int current_ = 0;
};

} // namespace hilo
