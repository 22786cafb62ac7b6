// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace hilo {

/// Only the settings on which the chosen runs differ: a row a setting, a column a run.
class DifferenceModel : public QAbstractTableModel
{
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setDifferences(std::vector<SettingDifference> differences, const QStringList& runs);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<SettingDifference> differences_;
    QStringList runs_;
};

} // namespace hilo
