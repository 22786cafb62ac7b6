// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/block_picture.h"

#include "common/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace hilo {
namespace {

constexpr int gap = 6;        ///< pixels between boxes, and between a box's edge and its words
constexpr int pastWidth = 22; ///< of the line past a branch, with the room around it

} // namespace

BlockPicture::BlockPicture(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("One block of the model"));
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
}

void BlockPicture::setPlan(BlockPlan plan)
{
    plan_ = std::move(plan);
    setAccessibleDescription(plan_.inWords());
    updateGeometry();
    update();
}

int BlockPicture::rowHeight() const
{
    return fontMetrics().height() + 4;
}

/// Of a branch: several modules of a row have their shapes below their names, a single one behind it.
int BlockPicture::columnWidth() const
{
    int width = 0;
    for (const auto* rows : {&plan_.attention, &plan_.mlp})
        for (const BlockRow& row : *rows) {
            const int count = static_cast<int>(row.size());
            int widest = 0; // all parts of a row get as much as the widest needs
            for (const BlockPart& part : row) {
                const int name = fontMetrics().horizontalAdvance(part.name);
                const int shape = fontMetrics().horizontalAdvance(part.shape);
                widest = std::max(widest, count > 1 ? std::max(name, shape) : name + (shape > 0 ? gap + shape : 0));
            }
            width = std::max(width, count * (widest + 2 * gap) + gap * (count - 1));
        }
    return width;
}

std::vector<BlockPicture::Placed> BlockPicture::place(const std::vector<BlockRow>& rows, QRect column) const
{
    std::vector<Placed> placed;
    int top = column.top();
    for (const BlockRow& row : rows) {
        const int count = static_cast<int>(row.size());
        const int width = (column.width() - gap * (count - 1)) / count;
        const int height = count > 1 ? 2 * rowHeight() - 2 : rowHeight();
        for (int i = 0; i < count; ++i)
            placed.emplace_back(QRect(column.left() + i * (width + gap), top, width, height),
                                &row[static_cast<std::size_t>(i)]);
        top += height + gap;
    }
    placed.emplace_back(QRect(column.center().x() - rowHeight() / 2, top, rowHeight(), rowHeight()), nullptr);
    return placed;
}

std::vector<std::vector<BlockPicture::Placed>> BlockPicture::branches() const
{
    if (plan_.attention.empty())
        return {};
    const int width = columnWidth();
    const int first = 2 * gap;
    auto attention = place(plan_.attention, QRect(pastWidth, first, width, 0));
    const int mlpTop = plan_.isParallel ? first : attention.back().first.bottom() + 2 * gap;
    const int mlpLeft = plan_.isParallel ? pastWidth + width + 2 * gap : pastWidth;
    auto mlp = place(plan_.mlp, QRect(mlpLeft, mlpTop, width, 0));
    if (plan_.isParallel) {
        // One sum for both, below the longer one.
        QRect& sum = attention.back().first;
        sum.moveTop(std::max(sum.top(), mlp.back().first.top()));
        mlp.pop_back();
    }
    return {std::move(attention), std::move(mlp)};
}

QSize BlockPicture::sizeHint() const
{
    QRect all(0, 0, 1, 1);
    for (const auto& branch : branches())
        for (const auto& [box, part] : branch)
            all = all.united(box);
    return {all.right() + 2, all.bottom() + gap + 2}; // the line goes on below the last sum
}

void BlockPicture::drawPart(QPainter& painter, const QRect& box, const BlockPart& part) const
{
    const ThemeColours& colours = Theme::instance().colours();
    painter.setPen(QPen(part.isModule ? colours.accent : colours.line, 1));
    painter.setBrush(part.isModule ? colours.accentBackground : colours.card);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    const QRect inside = box.adjusted(gap / 2, 0, -gap / 2, 0);
    painter.setPen(part.isModule ? colours.text : colours.quietText);
    if (part.shape.isEmpty()) {
        painter.drawText(inside, Qt::AlignCenter, fontMetrics().elidedText(part.name, Qt::ElideRight, inside.width()));
        return;
    }
    if (box.height() > rowHeight()) {
        const QRect upper(inside.left(), inside.top(), inside.width(), inside.height() / 2);
        painter.drawText(upper, Qt::AlignCenter, part.name);
        painter.setPen(colours.quietText);
        painter.drawText(upper.translated(0, upper.height()), Qt::AlignCenter, part.shape);
        return;
    }
    const int name = fontMetrics().horizontalAdvance(part.name), shape = fontMetrics().horizontalAdvance(part.shape);
    const int left = inside.center().x() - (name + gap + shape) / 2;
    painter.drawText(QRect(left, inside.top(), name + 1, inside.height()), Qt::AlignVCenter, part.name);
    painter.setPen(colours.quietText);
    painter.drawText(QRect(left + name + gap, inside.top(), shape + 1, inside.height()), Qt::AlignVCenter, part.shape);
}

void BlockPicture::drawBranch(QPainter& painter, const std::vector<Placed>& parts, const QRect& sum) const
{
    const int middle = parts.front().first.united(parts.back().first).center().x();
    const int top = parts.front().first.top() - gap;
    painter.setPen(QPen(Theme::instance().colours().quietText, 1));
    if (middle >= sum.left() && middle <= sum.right()) {
        // Through the branch and on, and past it to the sum.
        const int past = pastWidth / 2;
        painter.drawLine(middle, top, middle, sum.bottom() + gap);
        painter.drawLine(middle, top, past, top);
        painter.drawLine(past, top, past, sum.center().y());
        painter.drawLine(past, sum.center().y(), sum.left(), sum.center().y());
    } else {
        // Beside the first branch: from its input to its sum.
        painter.drawLine(sum.center().x(), top, middle, top);
        painter.drawLine(middle, top, middle, sum.center().y());
        painter.drawLine(middle, sum.center().y(), sum.right(), sum.center().y());
    }
    for (const auto& [box, part] : parts)
        if (part)
            drawPart(painter, box, *part);
}

void BlockPicture::paintEvent(QPaintEvent*)
{
    const ThemeColours& colours = Theme::instance().colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRect sum;
    for (const auto& branch : branches()) {
        if (!branch.back().second)
            sum = branch.back().first;
        drawBranch(painter, branch, sum);
        painter.setPen(QPen(colours.quietText, 1));
        painter.setBrush(colours.card);
        painter.drawEllipse(QRectF(sum).adjusted(2.5, 2.5, -2.5, -2.5));
        painter.setPen(colours.text);
        painter.drawText(sum, Qt::AlignCenter, QStringLiteral("+"));
    }
}

bool BlockPicture::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    for (const auto& branch : branches())
        for (const auto& [box, part] : branch)
            if (box.contains(help->pos())) {
                QToolTip::showText(help->globalPos(),
                                   part ? part->help : tr("What the branch makes is added to what it read."), this,
                                   box);
                return true;
            }
    QToolTip::hideText();
    event->ignore();
    return true;
}

} // namespace hilo
