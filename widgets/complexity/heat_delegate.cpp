// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/heat_delegate.h"

#include "common/colour_map.h"
#include "common/theme.h"

#include <QPainter>

namespace hilo {

void HeatDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColours& colours = Theme::instance().colours();
    const QVariant heat = index.data(HeatRole);
    const QColor fill = heat.isValid() ? cividis(heat.toDouble()) : colours.grid;
    const QColor ink = textColourOn(fill);
    painter->save();
    const int gap = option.rect.width() > 8 ? 1 : 0;
    const QRect cell = option.rect.adjusted(0, 0, -gap, -1);
    painter->fillRect(cell, fill);
    const QString text = index.data(Qt::DisplayRole).toString();
    if (option.fontMetrics.horizontalAdvance(text) + 4 <= cell.width() &&
        option.fontMetrics.height() <= cell.height()) {
        painter->setPen(ink);
        painter->setFont(option.font);
        painter->drawText(cell, Qt::AlignCenter, text);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(ink, 2));
        painter->drawRect(cell.adjusted(2, 2, -3, -3));
    }
    painter->restore();
}

} // namespace hilo
