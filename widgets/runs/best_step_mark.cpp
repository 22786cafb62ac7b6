// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/best_step_mark.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <QCoreApplication>

#include <cmath>

namespace hilo {

void BestStepMark::set(std::optional<std::int64_t> step, double place, bool isLate, bool onTop)
{
    isLate_ = isLate;
    onTop_ = onTop;
    if (!step || std::isnan(place)) {
        if (line_) {
            plot_.removeItem(words_);
            plot_.removeItem(line_);
        }
        line_ = nullptr;
        words_ = nullptr;
        return;
    }
    const ThemeColours& colours = Theme::instance().colours();
    if (!line_) {
        line_ = new QCPItemStraightLine(&plot_);
        words_ = new QCPItemText(&plot_);
        words_->position->setTypeX(QCPItemPosition::ptPlotCoords);
        words_->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        words_->setPadding(QMargins(4, 0, 4, 0));
    }
    line_->setPen(QPen(colours.good, 1, Qt::DashLine));
    // Two different heights, on a logarithmic axis too.
    line_->point1->setCoords(place, 1);
    line_->point2->setCoords(place, 2);
    words_->setColor(colours.good);
    words_->setBrush(QBrush(colours.card));
    words_->setText(QCoreApplication::translate("hilo::MetricChart", "best: step %1").arg(groupedNumber(*step)));
    placeText();
}

/// Where no side has enough room the text begins at the axis.
void BestStepMark::placeText()
{
    if (!line_)
        return;
    const QCPAxisRect* area = plot_.axisRect();
    const double place = line_->point1->coords().x();
    const double line = plot_.xAxis->coordToPixel(place);
    const double width = QFontMetrics(words_->font()).horizontalAdvance(words_->text()) + 10;
    const bool fitsLeft = line - area->left() >= width;
    const bool fitsRight = area->right() - line >= width;
    const bool onLeft = fitsLeft && (isLate_ || !fitsRight);
    words_->setPositionAlignment((onTop_ ? Qt::AlignTop : Qt::AlignBottom) | (onLeft ? Qt::AlignRight : Qt::AlignLeft));
    words_->position->setCoords(fitsLeft || fitsRight ? place : plot_.xAxis->pixelToCoord(area->left()),
                                onTop_ ? 0 : 1);
}

} // namespace hilo
