// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/chart_cursor.h"

#include "common/theme.h"

namespace hilo {
namespace {

const QString cursorLayer = QStringLiteral("cursor");
constexpr qsizetype mostLines = 8;

} // namespace

ChartCursor::ChartCursor(Plot& plot) : plot_(plot)
{
    plot.addLayer(cursorLayer, plot.layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    plot.layer(cursorLayer)->setMode(QCPLayer::lmBuffered);
}

void ChartCursor::makeItems()
{
    line_ = new QCPItemStraightLine(&plot_);
    words_ = new QCPItemText(&plot_);
    line_->setLayer(cursorLayer);
    words_->setLayer(cursorLayer);
    words_->position->setTypeX(QCPItemPosition::ptPlotCoords);
    words_->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    words_->setPadding(QMargins(5, 2, 5, 2));
    words_->setTextAlignment(Qt::AlignLeft);
}

void ChartCursor::set(std::optional<double> place, const QStringList& texts)
{
    place_ = place;
    const bool isSeen = place && plot_.xAxis->range().contains(*place) && !texts.isEmpty();
    if (!line_ && !isSeen)
        return;
    if (!line_)
        makeItems();
    line_->setVisible(isSeen);
    words_->setVisible(isSeen);
    if (isSeen) {
        const ThemeColours& colours = Theme::instance().colours();
        line_->setPen(QPen(colours.quietText, 1));
        line_->point1->setCoords(*place, plot_.yAxis->range().lower);
        line_->point2->setCoords(*place, plot_.yAxis->range().upper);
        QColor behind = colours.card;
        behind.setAlpha(225);
        words_->setBrush(behind);
        words_->setColor(colours.text);
        words_->setFont(plot_.font());
        QStringList shown = texts.mid(0, mostLines);
        if (texts.size() > mostLines)
            shown << QStringLiteral("…");
        words_->setText(shown.join(QLatin1Char('\n')));
        const double middle = (plot_.axisRect()->left() + plot_.axisRect()->right()) / 2.0;
        const bool isRight = plot_.xAxis->coordToPixel(*place) > middle;
        words_->setPositionAlignment(Qt::AlignTop | (isRight ? Qt::AlignRight : Qt::AlignLeft));
        words_->position->setCoords(*place, 0);
    }
    plot_.replotLayer(cursorLayer);
}

} // namespace hilo
