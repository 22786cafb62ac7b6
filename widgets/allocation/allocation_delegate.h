// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace hilo {

/// Paints a cell of the map as a heat map's: colour by HeatRole, a lock, a corner for what changed, a bar in the last
/// column. Edits with a line editor.
class AllocationDelegate : public QStyledItemDelegate
{
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const final;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const final;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const final;

  private:
    void paintCell(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintLayerBar(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
};

} // namespace hilo
