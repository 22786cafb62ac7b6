// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_settings.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace hilo {

/// The settings of a run, a row each, by their dotted names.
class SettingsModel : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Key, Value, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void setSettings(const std::vector<Setting>& settings);
    /// Words that all have to be in the name or the value; case is ignored.
    void setFilter(const QString& words);
    /// The value of a setting, also of one that the filter hides; empty: the run has none.
    QString valueOf(const QString& key) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    void show();

    std::vector<std::pair<QString, QString>> all_;
    std::vector<std::size_t> shown_;
    QStringList words_;
};

} // namespace hilo
