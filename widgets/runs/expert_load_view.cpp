// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/expert_load_view.h"

#include "common/colour_map.h"
#include "common/numbers.h"
#include "common/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <map>

namespace hilo {

ExpertLoadView::ExpertLoadView(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Share of tokens that each expert of each layer gets"));
    setMinimumSize(160, 120);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ExpertLoadView::setLoads(std::vector<ModuleLoad> loads)
{
    loads_ = std::move(loads);
    makeRows();
}

void ExpertLoadView::setModule(const QString& module)
{
    module_ = module;
    makeRows();
}

QSize ExpertLoadView::sizeHint() const
{
    return {260, 240};
}

void ExpertLoadView::makeRows()
{
    // Modules of one layer can have different numbers of experts; a mean makes sense only between equals.
    std::map<std::pair<int, std::size_t>, std::pair<std::vector<double>, int>> sums;
    for (const ModuleLoad& load : loads_) {
        if (!module_.isEmpty() && load.module != module_.toStdString())
            continue;
        auto& [sum, count] = sums[{load.layer, load.load.size()}];
        sum.resize(load.load.size());
        for (std::size_t i = 0; i < load.load.size(); ++i)
            sum[i] += load.load[i];
        ++count;
    }
    rows_.clear();
    experts_ = 0;
    for (auto& [key, value] : sums) {
        for (double& load : value.first)
            load /= value.second;
        experts_ = std::max(experts_, value.first.size());
        rows_.push_back({key.first, std::move(value.first)});
    }
    update();
}

QRectF ExpertLoadView::cellRect(std::size_t row, std::size_t expert) const
{
    const double left = fontMetrics().horizontalAdvance(QStringLiteral("000")) + 8;
    const double top = fontMetrics().height() + 6;
    const double width = (this->width() - left) / static_cast<double>(std::max<std::size_t>(1, experts_));
    const double height = (this->height() - top) / static_cast<double>(std::max<std::size_t>(1, rows_.size()));
    return {left + width * static_cast<double>(expert), top + height * static_cast<double>(row), width,
            std::min(height, 28.0)};
}

void ExpertLoadView::paintEvent(QPaintEvent*)
{
    const ThemeColours& colours = Theme::instance().colours();
    QPainter painter(this);
    if (rows_.empty()) {
        painter.setPen(colours.quietText);
        painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Expert loads appear here once a run with routed experts has trained some steps."));
        return;
    }
    painter.setPen(colours.quietText);
    painter.drawText(QRectF(0, 0, width(), fontMetrics().height() + 4), Qt::AlignHCenter, tr("expert"));
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        const auto& load = rows_[row].load;
        const double equal = 1.0 / static_cast<double>(load.size());
        painter.setPen(colours.quietText);
        const QRectF first = cellRect(row, 0);
        if (first.height() >= fontMetrics().height() * 0.8 || row % 4 == 0)
            painter.drawText(QRectF(0, first.top(), first.left() - 6, first.height()),
                             Qt::AlignRight | Qt::AlignVCenter, QString::number(rows_[row].layer));
        for (std::size_t expert = 0; expert < load.size(); ++expert) {
            const QRectF cell = cellRect(row, expert).adjusted(1, 1, -1, -1);
            // Equal share is the middle of the scale, twice the share its end.
            const QColor colour = std::isnan(load[expert]) ? colours.grid : cividis(load[expert] / equal / 2);
            painter.fillRect(cell, colour);
            const QString text = QString::number(std::lround(load[expert] * 100));
            if (cell.height() >= fontMetrics().height() && cell.width() > fontMetrics().horizontalAdvance(text) + 4) {
                painter.setPen(textColourOn(colour));
                painter.drawText(cell, Qt::AlignCenter, text);
            }
        }
    }
}

int ExpertLoadView::rowAt(const QPointF& position) const
{
    for (std::size_t row = 0; row < rows_.size(); ++row)
        if (position.y() >= cellRect(row, 0).top() && position.y() < cellRect(row, 0).bottom())
            return static_cast<int>(row);
    return -1;
}

void ExpertLoadView::mousePressEvent(QMouseEvent* event)
{
    if (const int row = rowAt(event->position()); row >= 0)
        Q_EMIT layerClicked(rows_[static_cast<std::size_t>(row)].layer);
}

bool ExpertLoadView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos());
        QStringList lines;
        if (row >= 0) {
            const Row& shown = rows_[static_cast<std::size_t>(row)];
            lines << tr("Layer %1; an equal share is %2")
                         .arg(shown.layer)
                         .arg(percentage(1.0 / static_cast<double>(shown.load.size())));
            for (std::size_t i = 0; i < shown.load.size(); ++i)
                lines << tr("expert %1: %2 of the chosen slots").arg(i).arg(percentage(shown.load[i]));
        }
        QToolTip::showText(help->globalPos(), lines.join(QLatin1Char('\n')), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace hilo
