// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/difference_model.h"

namespace hilo {

void DifferenceModel::setDifferences(std::vector<SettingDifference> differences, const QStringList& runs)
{
    beginResetModel();
    differences_ = std::move(differences);
    runs_ = runs;
    endResetModel();
}

int DifferenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(differences_.size());
}

int DifferenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1 + static_cast<int>(runs_.size());
}

QVariant DifferenceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const SettingDifference& difference = differences_[static_cast<std::size_t>(index.row())];
    const QString key = QString::fromStdString(difference.key);
    if (index.column() == 0) {
        // The last part is enough to read; the whole path is in the tool tip.
        if (role == Qt::DisplayRole)
            return key.section(QLatin1Char('.'), key.startsWith(QLatin1String("map.")) ? 0 : -1);
        return role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ? QVariant(key) : QVariant();
    }
    const auto run = static_cast<std::size_t>(index.column() - 1);
    const QString value = run < difference.values.size() ? QString::fromStdString(difference.values[run]) : QString();
    const QString shown = value.isEmpty() ? QStringLiteral("–") : value;
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return shown;
    if (role == Qt::AccessibleTextRole)
        return tr("%1 of %2: %3").arg(key, runs_[index.column() - 1], value.isEmpty() ? tr("not set") : value);
    return {};
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    return section == 0 ? tr("setting") : runs_[section - 1];
}

} // namespace hilo
