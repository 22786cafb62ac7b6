// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace hilo {

/// Roles that a model of a heat map gives.
enum HeatMapRole {
    HeatRole = Qt::UserRole + 1, ///< double from 0 to 1, invalid where there is no value
    ValueRole,                   ///< double
};

/// Fills a cell by its HeatRole and writes the number on it where it fits; absence is the grid colour.
class HeatDelegate final : public QStyledItemDelegate
{
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace hilo
