// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/checkpoints.h"
#include "runs/run_history.h"

#include <QAbstractTableModel>

namespace hilo {

/// A run's checkpoints, newest first: step, loss there, size, and whether a run can go on from it or why not.
class CheckpointModel : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Step, Loss, Size, State, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setCheckpoints(std::vector<Checkpoint> checkpoints, const RunHistory& history);
    const Checkpoint* at(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row
    {
        Checkpoint checkpoint;
        double loss;
    };
    QString textOf(const Row& row, int column) const;
    std::vector<Row> rows_;
};

} // namespace hilo
