// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/map_difference_picture.h"

#include "common/letter_width.h"
#include "common/theme.h"
#include "compare/map_difference.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace hilo {

MapDifferencePicture::MapDifferencePicture(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Difference of two allocation maps"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize MapDifferencePicture::sizeHint() const
{
    return {letterWidth(fontMetrics()) * 24, fontMetrics().height() * 6};
}

void MapDifferencePicture::clear()
{
    modules_.clear();
    layers_ = 0;
    differences_ = 0;
    update();
}

void MapDifferencePicture::setMaps(const AllocationMap& first, const AllocationMap& second)
{
    clear();
    for (const AllocationMap* map : {&first, &second})
        for (const auto& layer : map->layers)
            for (const auto& [name, module] : layer)
                if (std::find(modules_.begin(), modules_.end(), name) == modules_.end())
                    modules_.push_back(name);
    std::sort(modules_.begin(), modules_.end());
    layers_ = std::max(first.layers.size(), second.layers.size());
    change_.assign(layers_ * modules_.size(), 0);
    texts_.assign(layers_ * modules_.size(), QString());
    largest_ = 1;
    for (const ModuleDifference& difference : mapDifference(first, second)) {
        const auto module =
            static_cast<std::size_t>(std::find(modules_.begin(), modules_.end(), difference.module) - modules_.begin());
        const std::size_t place = difference.layer * modules_.size() + module;
        change_[place] = difference.rankChange();
        texts_[place] = tr("Layer %1, %2: %3 against %4")
                            .arg(difference.layer)
                            .arg(QString::fromStdString(difference.module),
                                 QString::fromStdString(hilo::describe(difference.first)),
                                 QString::fromStdString(hilo::describe(difference.second)));
        largest_ = std::max(largest_, std::abs(change_[place]));
        ++differences_;
    }
    setAccessibleDescription(tr("%n module(s) differ.", nullptr, differences_));
    update();
}

QRectF MapDifferencePicture::cellRect(std::size_t layer, std::size_t module) const
{
    const double cellWidth = static_cast<double>(width()) / static_cast<double>(modules_.size());
    const double cellHeight = static_cast<double>(height()) / static_cast<double>(layers_);
    return {static_cast<double>(module) * cellWidth, static_cast<double>(layer) * cellHeight, cellWidth - 1,
            std::max(1.0, cellHeight - (cellHeight > 3 ? 1 : 0))};
}

void MapDifferencePicture::paintEvent(QPaintEvent*)
{
    const ThemeColours& colours = Theme::instance().colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t layer = 0; layer < layers_; ++layer) {
        for (std::size_t module = 0; module < modules_.size(); ++module) {
            const QRectF cell = cellRect(layer, module);
            const std::size_t place = layer * modules_.size() + module;
            painter.fillRect(cell, colours.grid);
            if (texts_[place].isEmpty())
                continue;
            const double share = static_cast<double>(change_[place]) / static_cast<double>(largest_);
            QColor colour = Theme::instance().series(change_[place] < 0 ? 0 : 4).colour;
            colour.setAlphaF(static_cast<float>(0.35 + 0.65 * std::abs(share)));
            painter.fillRect(cell, colour);
            // Colour is not the only sign: a stroke on the right edge is more, on the left one less.
            painter.setPen(QPen(colours.text, 1));
            const double x = change_[place] > 0 ? cell.right() - 2 : cell.left() + 1;
            painter.drawLine(QPointF(x, cell.top()), QPointF(x, cell.bottom() - 1));
        }
    }
}

bool MapDifferencePicture::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && layers_ > 0 && !modules_.empty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto layer = static_cast<std::size_t>(std::clamp(
            help->pos().y() * static_cast<int>(layers_) / std::max(1, height()), 0, static_cast<int>(layers_) - 1));
        const auto module = static_cast<std::size_t>(
            std::clamp(help->pos().x() * static_cast<int>(modules_.size()) / std::max(1, width()), 0,
                       static_cast<int>(modules_.size()) - 1));
        const QString& text = texts_[layer * modules_.size() + module];
        QToolTip::showText(help->globalPos(),
                           text.isEmpty()
                               ? tr("Layer %1, %2: the same").arg(layer).arg(QString::fromStdString(modules_[module]))
                               : text,
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace hilo
