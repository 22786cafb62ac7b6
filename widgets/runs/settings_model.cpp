// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/settings_model.h"

#include <algorithm>

namespace hilo {

void SettingsModel::setSettings(const std::vector<Setting>& settings)
{
    std::vector<std::pair<QString, QString>> rows;
    for (const Setting& setting : settings)
        rows.emplace_back(QString::fromStdString(setting.key), QString::fromStdString(shownValue(setting)));
    if (rows == all_)
        return; // what is selected stays
    all_ = std::move(rows);
    show();
}

void SettingsModel::setFilter(const QString& words)
{
    words_ = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    show();
}

void SettingsModel::show()
{
    beginResetModel();
    shown_.clear();
    for (std::size_t i = 0; i < all_.size(); ++i) {
        const QString text = all_[i].first + QLatin1Char(' ') + all_[i].second;
        if (std::all_of(words_.begin(), words_.end(),
                        [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); }))
            shown_.push_back(i);
    }
    endResetModel();
}

QString SettingsModel::valueOf(const QString& key) const
{
    const auto found = std::find_if(all_.begin(), all_.end(), [&key](const auto& row) { return row.first == key; });
    return found == all_.end() ? QString() : found->second;
}

int SettingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int SettingsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant SettingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= Columns)
        return {};
    const auto& [key, value] = all_[shown_[static_cast<std::size_t>(index.row())]];
    if (role == Qt::DisplayRole)
        return index.column() == Key ? key : value;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return QString(key + QStringLiteral(": ") + value);
    return {};
}

QVariant SettingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= Columns)
        return {};
    return section == Key ? tr("setting") : tr("value");
}

} // namespace hilo
