// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/row_comparison.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <memory>
#include <vector>

namespace hilo {

/// Which rows of a comparison of two runs are shown.
enum class RowKind { All, OnlyFirst, OnlySecond, BothWrong, BothRight, Different };

/// Rows that two runs have answered, a row each, filtered by kind and words.
class RowPairModel : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Place, Text, Expected, First, Second, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    /// names: of the two runs, for the head.
    void setComparison(std::shared_ptr<const RowComparison> comparison, const QString& first, const QString& second);
    /// words: all of them in the row's text, place or answers; case is ignored.
    void setFilter(RowKind kind, const QString& words);
    const RowPair* at(int row) const;
    /// The rows that are shown, with a head.
    QByteArray csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    void show();
    QString textOf(const RowPair& row, int column) const;
    bool passes(const RowPair& row) const;

    std::shared_ptr<const RowComparison> comparison_ = std::make_shared<const RowComparison>();
    std::vector<std::size_t> shown_;
    QString first_, second_;
    RowKind kind_ = RowKind::All;
    QStringList words_;
};

} // namespace hilo
