// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/token_histogram.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <algorithm>

namespace hilo {

TokenHistogram::TokenHistogram(QWidget* parent) : Plot(parent)
{
    setInteractions(QCP::iNone);
    setAccessibleName(tr("Histogram of tokens per row"));
    setAxisTitles(tr("tokens per row"), tr("rows"));
    within_ = new QCPBars(xAxis, yAxis);
    cut_ = new QCPBars(xAxis, yAxis);
    limit_ = new QCPItemStraightLine(this);
    xAxis->grid()->setVisible(false);
    connect(&Theme::instance(), &Theme::changed, this, &TokenHistogram::paintBars);
    paintBars();
}

void TokenHistogram::paintBars()
{
    const ThemeColours& colours = Theme::instance().colours();
    within_->setPen(Qt::NoPen);
    within_->setBrush(colours.accent);
    cut_->setPen(QPen(colours.attention, 1));
    // Hatched, so that cut rows are not told by colour alone.
    cut_->setBrush(QBrush(colours.attention, Qt::BDiagPattern));
    limit_->setPen(QPen(colours.attention, 1.5, Qt::DashLine));
    replotLater();
}

void TokenHistogram::setLengths(const std::vector<std::int64_t>& lengths, qint64 maximum, qint64 windows)
{
    summary_.clear();
    within_->data()->clear();
    cut_->data()->clear();
    limit_->setVisible(maximum > 0 && !lengths.empty());
    if (!lengths.empty()) {
        std::vector<std::int64_t> sorted = lengths;
        std::sort(sorted.begin(), sorted.end());
        const std::int64_t longest = sorted.back();
        const std::int64_t width = std::max<std::int64_t>(1, (longest + 39) / 40);
        // The limit is the edge between two bars, so that no bar is half cut.
        const std::int64_t shift = maximum > 0 ? maximum % width + 1 : 0;
        QMap<std::int64_t, int> counts;
        for (const std::int64_t length : sorted)
            ++counts[(length - shift + width * 4) / width];
        int most = 0;
        for (auto bin = counts.constBegin(); bin != counts.constEnd(); ++bin) {
            const double begin = static_cast<double>((bin.key() - 4) * width + shift);
            const double centre = begin + static_cast<double>(width - 1) / 2;
            (maximum > 0 && windows == 0 && begin > static_cast<double>(maximum) ? cut_ : within_)
                ->addData(centre, bin.value());
            most = std::max(most, bin.value());
        }
        within_->setWidth(static_cast<double>(width) * 0.9);
        cut_->setWidth(static_cast<double>(width) * 0.9);
        limit_->point1->setCoords(static_cast<double>(maximum) + 0.5, 0);
        limit_->point2->setCoords(static_cast<double>(maximum) + 0.5, 1);
        const bool isLimitNear = maximum > 0 && maximum < 2 * longest;
        const double right = std::max(static_cast<double>(longest), isLimitNear ? static_cast<double>(maximum) : 0.0);
        xAxis->setRange(0, right + static_cast<double>(width));
        yAxis->setRange(0, most * 1.08);
        const auto above = static_cast<qint64>(sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), maximum));
        summary_ =
            tr("Median %1, longest %2 tokens.").arg(groupedNumber(sorted[sorted.size() / 2]), groupedNumber(longest));
        if (maximum > 0)
            summary_ +=
                QLatin1Char(' ') +
                (above == 0    ? tr("No row is longer than %1.").arg(groupedNumber(maximum))
                 : windows > 0 ? tr("%1 of %2 texts are longer than %3 and go through whole, in %4 windows.")
                                     .arg(groupedNumber(above), groupedNumber(static_cast<qint64>(sorted.size())),
                                          groupedNumber(maximum), groupedNumber(windows))
                               : tr("%1 of %2 rows (%3) are longer than %4 and lose their beginning.")
                                     .arg(groupedNumber(above), groupedNumber(static_cast<qint64>(sorted.size())),
                                          percentage(static_cast<double>(above) / static_cast<double>(sorted.size())),
                                          groupedNumber(maximum)));
    }
    setAccessibleDescription(summary_);
    replotLater();
}

} // namespace hilo
