// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/chart_legend.h"

#include "common/plot.h"

#include <algorithm>

namespace hilo {

int placeLegend(QCustomPlot& plot, bool wanted)
{
    QCPLegend* legend = plot.legend;
    if (wanted != legend->visible()) {
        legend->setVisible(wanted);
        if (wanted) {
            plot.plotLayout()->addElement(1, 0, legend);
            plot.plotLayout()->setRowStretchFactor(1, 0.001);
        } else {
            plot.plotLayout()->take(legend);
            plot.plotLayout()->simplify();
        }
    }
    if (!wanted)
        return 0;
    int widest = 1;
    for (int i = 0; i < legend->itemCount(); ++i)
        if (auto* item = qobject_cast<QCPPlottableLegendItem*>(legend->item(i)))
            widest = std::max(widest, QFontMetrics(item->font()).horizontalAdvance(item->plottable()->name()));
    const int columns = std::max(1, (plot.width() - 30) / (widest + legend->iconSize().width() + 24));
    if (legend->wrap() != columns || legend->rowCount() * legend->columnCount() < legend->itemCount()) {
        legend->setWrap(columns);
        legend->setFillOrder(QCPLegend::foColumnsFirst, true);
    }
    // The layout shares out whole pixels, and a line that gets one less than it needs is cut.
    const int line = std::max(QFontMetrics(legend->font()).height(), legend->iconSize().height()) + 2;
    const int lines = (legend->itemCount() + columns - 1) / columns;
    const int height = lines * line + (lines - 1) * legend->rowSpacing();
    legend->setMinimumSize(0, height);
    return height + legend->margins().top() + legend->margins().bottom() + plot.plotLayout()->rowSpacing() + 2;
}

} // namespace hilo
