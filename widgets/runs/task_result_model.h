// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/final_scores.h"

#include <QAbstractTableModel>

#include <vector>

namespace hilo {

/// The result of a run: a row a task and, behind several, their mean; a column a metric, with intervals where there
/// are.
class TaskResultModel : public QAbstractTableModel
{
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setScores(const std::vector<FinalScore>& scores);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Cell
    {
        std::optional<double> value, low, high;
        int tasks = 1; ///< that a mean goes over
    };
    struct Row
    {
        QString task;
        bool isMean = false;
        std::vector<Cell> cells; ///< a metric each
    };
    QString textOf(const Row& row, int column) const;

    std::vector<FinalScore> scores_;
    std::vector<std::string> metrics_;
    std::vector<Row> rows_;
};

} // namespace hilo
