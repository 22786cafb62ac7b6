// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/flow_layout.h"

#include <QWidget>

#include <algorithm>

namespace hilo {

FlowLayout::FlowLayout(int spacing, QWidget* parent) : QLayout(parent)
{
    setSpacing(spacing);
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(items_);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    return arrange(QRect(0, 0, width - margins.left() - margins.right(), 0), false) + margins.top() + margins.bottom();
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : items_)
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const QLayoutItem* item : items_) {
        if (item->isEmpty())
            continue;
        width += item->sizeHint().width() + (width > 0 ? spacing() : 0);
        height = std::max(height, item->sizeHint().height());
    }
    return QSize(width, height).grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& area)
{
    QLayout::setGeometry(area);
    arrange(area.marginsRemoved(contentsMargins()), true);
}

int FlowLayout::arrange(const QRect& area, bool move) const
{
    int y = area.y();
    QList<QLayoutItem*> line;
    const auto finishLine = [&] {
        int height = 0;
        for (const QLayoutItem* item : line)
            height = std::max(height, item->sizeHint().height());
        int x = area.x();
        for (QLayoutItem* item : line) {
            const QSize size = item->sizeHint();
            if (move)
                item->setGeometry({QPoint(x, y + (height - size.height()) / 2), size});
            x += size.width() + spacing();
        }
        y += height + spacing();
        line.clear();
    };
    int width = 0;
    for (QLayoutItem* item : items_) {
        if (item->isEmpty())
            continue;
        const int wanted = item->sizeHint().width();
        if (!line.isEmpty() && width + spacing() + wanted > area.width()) {
            finishLine();
            width = 0;
        }
        width += wanted + (line.isEmpty() ? 0 : spacing());
        line.append(item);
    }
    if (!line.isEmpty())
        finishLine();
    return std::max(0, y - area.y() - spacing());
}

} // namespace hilo
