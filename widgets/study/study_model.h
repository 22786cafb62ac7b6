// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_view.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <map>

namespace hilo {

/// Roles of a study's cells beside the usual ones.
enum StudyRole {
    StudyHeatRole = Qt::UserRole + 1, ///< double from -1 (worst) to 1 (best); invalid: no difference to colour by
    StudyClearRole,                   ///< int: 1 clearly better than the first allocation, -1 clearly worse, 0 neither
    StudyRunsRole,                    ///< QStringList: ids of the runs behind the cell
};

/// The table of a study: a row an allocation; the mean over tasks, the difference from the first allocation and the
/// mean rank, then trainable and active parameters and a column a task. Cells are coloured by their difference from the
/// first allocation, on one scale for all metrics of one unit.
class StudyModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    /// The columns before the tasks. What the study is about comes first, so that no number of tasks hides it.
    enum Column { Mean, Difference, Rank, Trainable, Active, FirstTask };

    using QAbstractTableModel::QAbstractTableModel;

    void setStudy(const StudyPointer& study);
    const StudyPointer& study() const { return study_; }
    int taskCount() const { return study_ ? static_cast<int>(study_->observations.tasks.size()) : 0; }
    /// The task of a column; -1: it is none of a task.
    int taskOf(int column) const;
    /// The runs behind some cells, each once, in the order of the table.
    QStringList runsOf(const QModelIndexList& cells) const;
    /// What the ends of the colour scale are, by unit: "±2.4 points".
    QString scaleText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    const StudyRow& row(int row) const { return study_->summary.rows[static_cast<std::size_t>(row)]; }
    const StudyCell& cell(int row, int task) const { return this->row(row).cells[static_cast<std::size_t>(task)]; }
    QString textOf(int row, int column) const;
    QString explain(int row, int column) const;
    QString explainCell(int row, int task) const;
    QString explainMean(int row) const;
    QString verdictWords(const StudyDifference& difference) const;
    QVariant heat(int row, int column) const;
    int clear(int row, int column) const;
    QStringList runs(int row, int column) const;

    StudyPointer study_;
    std::map<QString, double> ends_; ///< by the unit of differences: the largest one
};

} // namespace hilo
