// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "complexity/heat_delegate.h"
#include "complexity/profile_data.h"
#include "complexity/signal_help.h"

#include <QAbstractTableModel>

namespace hilo {

/// One signal as a heat map: a row a module (or one row for signals that speak of whole layers), a column a layer.
/// With a baseline: what the profile has more than the baseline.
class SignalModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    /// modules: names in the model's order; those without values are left out. An unknown signal or no profile: empty.
    void setSignal(ProfilePointer profile, const std::string& signal, const std::vector<std::string>& modules,
                   ProfilePointer baseline = {});

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Ends of the colour scale.
    double lowest() const { return lowest_; }
    double highest() const { return highest_; }
    bool isDifference() const { return difference_; }
    const SignalHelp& help() const { return help_; }
    /// Name of the row's module; empty for a row that speaks of whole layers.
    QString moduleOf(int row) const;
    int rowOf(const QString& module) const;

  private:
    QString sentence(int row, int layer) const;

    struct Row
    {
        QString module;
        std::vector<double> values;
    };
    std::vector<Row> rows_;
    int layers_ = 0;
    double lowest_ = 0;
    double highest_ = 0;
    bool difference_ = false;
    SignalHelp help_;
};

} // namespace hilo
