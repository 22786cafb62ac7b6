// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_comparison.h"

#include <QAbstractTableModel>

namespace hilo {

/// Two models side by side: a row a fact or module. What differs stands out in colour and weight, and says so to who
/// does not see it.
class ModelComparisonModel : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { What, First, Second, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// names: of the models, as headings.
    void setComparison(ModelComparison comparison, const QString& first, const QString& second);
    /// Leaves out what is equal.
    void setDifferencesOnly(bool on);
    const ModelComparison& comparison() const { return comparison_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    void choose();

    ModelComparison comparison_;
    QString first_, second_;
    bool differencesOnly_ = false;
    std::vector<std::size_t> shown_; ///< of the facts
};

} // namespace hilo
