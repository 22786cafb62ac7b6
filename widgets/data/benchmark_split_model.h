// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <cstdint>
#include <optional>
#include <vector>

namespace hilo {

/// One split of a benchmark: as it was published, and as a folder holds it.
struct BenchmarkSplit
{
    QString name;
    std::int64_t published = 0; ///< rows; 0: not known
    bool isLabelled = true;     ///< else it can be neither trained on nor scored
    bool isScored = false;      ///< the benchmark's number is of its rows
    /// Rows of the folder, and those of them that can be used; nothing before a folder was read, or without the split.
    std::optional<std::int64_t> read, usable;
};

/// The splits of a benchmark: published rows beside the rows that a folder holds, and those that are rejected.
class BenchmarkSplitModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Split, Published, Read, Rejected, State, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSplits(std::vector<BenchmarkSplit> splits);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString textOf(const BenchmarkSplit& split, int column) const;

    std::vector<BenchmarkSplit> splits_;
};

} // namespace hilo
