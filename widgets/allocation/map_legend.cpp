// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_legend.h"

#include "common/colour_map.h"
#include "common/letter_width.h"
#include "common/theme.h"

#include <QPainter>

namespace hilo {
namespace {

constexpr int gap = 8;

} // namespace

MapLegend::MapLegend(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MapLegend::setScale(const QString& title, const QString& lowest, const QString& highest, const QString& absent)
{
    title_ = title;
    lowest_ = lowest;
    highest_ = highest;
    absent_ = absent;
    setAccessibleName(tr("Colour scale"));
    setAccessibleDescription(tr("%1: dark is %2, light is %3").arg(title, lowest, highest));
    setToolTip(accessibleDescription());
    updateGeometry();
    update();
}

QSize MapLegend::sizeHint() const
{
    const auto width = [this](const QString& text) {
        return text.isEmpty() ? 0 : fontMetrics().horizontalAdvance(text) + gap;
    };
    const int scale = letterWidth(fontMetrics()) * 16;
    const int square = absent_.isEmpty() ? 0 : fontMetrics().height() + 2 * gap;
    return {width(title_) + width(lowest_) + scale + gap + width(highest_) + square + width(absent_),
            fontMetrics().height() + 4};
}

void MapLegend::paintEvent(QPaintEvent*)
{
    const ThemeColours& colours = Theme::instance().colours();
    QPainter painter(this);
    painter.setPen(colours.quietText);
    int x = 0;
    const auto write = [&](const QString& text) {
        if (text.isEmpty())
            return;
        const int width = fontMetrics().horizontalAdvance(text);
        painter.drawText(QRect(x, 0, width, height()), Qt::AlignVCenter, text);
        x += width + gap;
    };
    write(title_);
    write(lowest_);
    const QRect scale(x, height() / 4, letterWidth(fontMetrics()) * 16, height() / 2);
    QLinearGradient gradient(scale.topLeft(), scale.topRight());
    for (int step = 0; step <= 16; ++step)
        gradient.setColorAt(step / 16.0, cividis(step / 16.0));
    painter.fillRect(scale, gradient);
    x += scale.width() + gap;
    write(highest_);
    if (!absent_.isEmpty()) {
        x += gap;
        const int side = fontMetrics().height();
        const QRect square(x, (height() - side / 2) / 2, side, side / 2);
        painter.fillRect(square, colours.grid);
        painter.setPen(colours.line);
        painter.drawRect(square.adjusted(0, 0, -1, -1));
        painter.setPen(colours.quietText);
        x += side + gap;
        write(absent_);
    }
}

} // namespace hilo
