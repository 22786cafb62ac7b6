// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "complexity/heat_delegate.h"
#include "complexity/profile_data.h"

#include <QAbstractTableModel>

namespace hilo {

/// Which signals rank the layers alike: Spearman's correlation of every pair over the layers.
class AgreementModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setProfile(const ProfilePointer& profile, const std::vector<std::string>& signalNames);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    std::string signalOf(int section) const;
    /// The two that disagree most, as a sentence; empty below two signals.
    QString summary() const;

  private:
    QString sentence(int row, int column) const;

    std::vector<std::string> names_;
    std::vector<QString> titles_, shortTitles_;
    std::vector<std::vector<double>> values_;
    int layers_ = 0;
};

} // namespace hilo
