// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/published_result.h"

#include <QAbstractTableModel>

#include <vector>

namespace hilo {

/// What others published about a benchmark, each number with where it was read. Numbers of another protocol than the
/// chosen one are quiet: they cannot be compared with what a run of it gives.
class PublishedModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Method, Base, Value, Metric, Trainable, Protocol, Source, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// protocol: that of the runs that will stand beside these.
    void setResults(std::vector<PublishedResult> results, const std::string& protocol);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString textOf(const PublishedResult& result, int column) const;
    QString explain(const PublishedResult& result) const;

    std::vector<PublishedResult> results_;
    std::string protocol_;
};

} // namespace hilo
