// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/metric_text.h"
#include "compare/compare_baseline.h"

#include <QAbstractTableModel>

#include <memory>

namespace hilo {

/// One row of the comparison: a run, or the runs that repeat each other with other seeds.
struct ComparisonRow
{
    CompareRow row;
    QString map;                 ///< name of its allocation map
    QString strategy;            ///< of the map
    std::vector<QString> values; ///< of further columns
    BaselineDifference difference;
};

using ComparisonRows = std::shared_ptr<const std::vector<ComparisonRow>>;

/// The table of runs. Sorts itself; the chosen baseline stays marked.
class CompareModel : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Pin, Name, Map, Trainable, Active, Value, Difference, Seeds, Time, Front, FixedColumns };
    enum Role { IdRole = Qt::UserRole + 1, SortRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// What the rows' values are of; call it before setRows.
    void setMetric(const MetricText& metric);
    const MetricText& metric() const { return metric_; }
    /// The order that has the best rows on top.
    Qt::SortOrder bestFirst() const { return metric_.lowerIsBetter() ? Qt::AscendingOrder : Qt::DescendingOrder; }
    /// extra: the titles of the values behind the fixed columns.
    void setRows(std::vector<ComparisonRow> rows, const QStringList& extra);
    /// The same without copying what may be ten thousand rows.
    void shareRows(ComparisonRows rows, const QStringList& extra);
    const ComparisonRow* at(int row) const;
    /// A row is known by its first run's id.
    static QString idOf(const ComparisonRow& row);
    int rowOf(const QString& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    /// A name of a column that stays the same in every language: "name", "value", or the key of one that was asked for.
    QString keyOf(int column) const;
    int columnOf(const QString& key) const; ///< -1: there is none
    /// What a column is called where its heading is a sign or nothing.
    QString titleOf(int column) const;

    /// "84.8 ± 1.2", "not measured", "–"
    QString valueText(const CompareRow& row) const;
    /// "+0.2, no clear difference", "+1.5 (0.4 … 2.6)", "baseline".
    QString differenceText(const BaselineDifference& difference) const;

  private:
    QString textOf(const ComparisonRow& row, int column) const;
    QString explain(const ComparisonRow& row, int column) const;
    QString explainValue(const CompareRow& row) const;
    double sortKey(const ComparisonRow& row, int column) const;
    void sortRows();

    MetricText metric_;

    ComparisonRows rows_ = std::make_shared<const std::vector<ComparisonRow>>();
    std::vector<int> order_; ///< places in rows_, as they are shown
    QStringList extra_;
    int sortColumn_ = Value;
    Qt::SortOrder sortOrder_ = Qt::DescendingOrder;
};

} // namespace hilo
