// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/allocation_delegate.h"

#include "allocation/allocation_model.h"
#include "common/colour_map.h"
#include "common/theme.h"

#include <QLineEdit>
#include <QPainter>

#include <algorithm>

namespace hilo {
namespace {

/// A small padlock, drawn so that it takes the text's colour and any size.
void paintLock(QPainter* painter, const QRectF& area, const QColor& colour)
{
    const qreal size = area.height();
    const QRectF body(area.left(), area.top() + size * 0.45, size * 0.75, size * 0.55);
    painter->setPen(QPen(colour, size * 0.12));
    painter->setBrush(Qt::NoBrush);
    painter->drawArc(QRectF(area.left() + size * 0.15, area.top() + size * 0.08, size * 0.45, size * 0.75), 0,
                     180 * 16);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawRoundedRect(body, size * 0.1, size * 0.1);
}

} // namespace

void AllocationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto* model = qobject_cast<const AllocationModel*>(index.model());
    if (model && !model->isModuleColumn(index.column()))
        paintLayerBar(painter, option, index);
    else
        paintCell(painter, option, index);
    painter->restore();
}

void AllocationDelegate::paintCell(QPainter* painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const
{
    const ThemeColours& colours = Theme::instance().colours();
    const QRectF cell = QRectF(option.rect).adjusted(1, 1, -1, -1);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const auto paintFrame = [&] {
        if (!focused && !option.state.testFlag(QStyle::State_Selected))
            return;
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colours.attention, focused ? 3 : 1.5));
        painter->drawRoundedRect(cell, 2, 2);
    };
    // Where there is nothing to adapt there is no cell, only its place.
    if (index.data(AllocationModel::AbsentRole).toBool()) {
        painter->setPen(QPen(colours.grid, 1));
        painter->drawLine(cell.center() - QPointF(cell.height() / 4, 0), cell.center() + QPointF(cell.height() / 4, 0));
        paintFrame();
        return;
    }
    const QVariant heat = index.data(AllocationModel::HeatRole);
    const QColor background = heat.isValid() ? cividis(heat.toDouble()) : colours.grid;
    const QColor text = heat.isValid() ? textColourOn(background) : colours.quietText;

    painter->setPen(Qt::NoPen);
    painter->setBrush(background);
    painter->drawRoundedRect(cell, 2, 2);
    if (index.data(AllocationModel::ChangedRole).toBool()) {
        const qreal corner = cell.height() * 0.35;
        painter->setBrush(colours.attention);
        painter->drawPolygon(
            QPolygonF({cell.topRight(), cell.topRight() - QPointF(corner, 0), cell.topRight() + QPointF(0, corner)}));
    }
    QRectF area = cell.adjusted(2, 0, -2, 0);
    if (index.data(AllocationModel::LockedRole).toBool()) {
        const qreal size = cell.height() * 0.5;
        paintLock(painter, QRectF(cell.left() + 4, cell.center().y() - size / 2, size, size), text);
        // Ranks that are too wide to stand in the middle stand beside the lock.
        const qreal right = cell.left() + 4 + size;
        if (cell.center().x() - option.fontMetrics.horizontalAdvance(index.data().toString()) / 2.0 < right)
            area.setLeft(right);
    }
    painter->setPen(text);
    painter->setFont(option.font);
    const QString shown =
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, static_cast<int>(area.width()));
    painter->drawText(area, Qt::AlignCenter, shown);

    paintFrame();
}

void AllocationDelegate::paintLayerBar(QPainter* painter, const QStyleOptionViewItem& option,
                                       const QModelIndex& index) const
{
    const ThemeColours& colours = Theme::instance().colours();
    const int textWidth = option.fontMetrics.horizontalAdvance(QStringLiteral("0000.0 M"));
    const QRectF area = QRectF(option.rect).adjusted(6, 4, -4, -4);
    const double share = index.data(AllocationModel::HeatRole).toDouble();
    const double length = std::max(0.0, area.width() - textWidth - 8) * share;
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.accent);
    painter->drawRoundedRect(QRectF(area.left(), area.top(), length, area.height()), 2, 2);
    painter->setPen(colours.quietText);
    painter->drawText(QRectF(area.left() + length + 8, option.rect.top(), textWidth, option.rect.height()),
                      Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
}

QSize AllocationDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {option.fontMetrics.horizontalAdvance(QStringLiteral("8 8 8 8 4 4 2 2")) + 8,
            std::max(20, option.fontMetrics.height() + 6)};
}

QWidget* AllocationDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    auto* editor = new QLineEdit(parent);
    editor->setAlignment(Qt::AlignCenter);
    editor->setFrame(false);
    editor->setAccessibleName(tr("Experts and ranks of %1").arg(index.data(Qt::AccessibleTextRole).toString()));
    editor->setToolTip(tr("4 x r8, a rank for each expert (8 8 4 2), or - for no adapter"));
    return editor;
}

} // namespace hilo
