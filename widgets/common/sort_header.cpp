// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sort_header.h"

namespace hilo {

SortHeader::SortHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setHighlightSections(false);
    setSectionsClickable(true);
    setResizeContentsPrecision(0); // by the rows that are in sight: there may be very many
}

void SortHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const
{
    QHeaderView::initStyleOptionForIndex(option, logicalIndex);
    option->sortIndicator = QStyleOptionHeader::None;
    if (isSortIndicatorShown() && sortIndicatorSection() == logicalIndex)
        option->text += sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral(" ▴") : QStringLiteral(" ▾");
}

QSize SortHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QSize size = QHeaderView::sectionSizeFromContents(logicalIndex);
    return {size.width() + (isSortIndicatorShown() ? fontMetrics().horizontalAdvance(QStringLiteral(" ▾")) : 0),
            size.height()};
}

} // namespace hilo
