// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/colour_scale.h"

#include "common/colour_map.h"
#include "common/theme.h"

#include <QPainter>

namespace hilo {

ColourScale::ColourScale(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    setAccessibleName(tr("Colour scale"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ColourScale::setTexts(const QString& lowest, const QString& middle, const QString& highest)
{
    texts_ = {lowest, middle, highest};
    setAccessibleDescription(tr("from %1 to %2").arg(lowest, highest));
    updateGeometry();
    update();
}

QSize ColourScale::sizeHint() const
{
    int width = 0;
    for (const QString& text : texts_)
        width = std::max(width, fontMetrics().horizontalAdvance(text));
    return {fontMetrics().height() + 6 + width, fontMetrics().height() * 6};
}

void ColourScale::paintEvent(QPaintEvent*)
{
    if (texts_.isEmpty() || texts_.constLast().isEmpty())
        return;
    QPainter painter(this);
    const int line = fontMetrics().height();
    const QRect bar(0, line / 2, line - 2, height() - line);
    for (int y = 0; y < bar.height(); ++y)
        painter.fillRect(QRect(bar.left(), bar.bottom() - y, bar.width(), 1),
                         cividis(static_cast<double>(y) / std::max(1, bar.height() - 1)));
    painter.setPen(Theme::instance().colours().quietText);
    for (qsizetype i = 0; i < texts_.size(); ++i) {
        const int centre = bar.bottom() - static_cast<int>(i * bar.height() / (texts_.size() - 1));
        painter.drawText(QRect(bar.right() + 6, centre - line / 2, width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                         texts_[i]);
    }
}

} // namespace hilo
