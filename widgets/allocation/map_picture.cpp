// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_picture.h"

#include "common/colour_map.h"
#include "common/letter_width.h"
#include "common/theme.h"

#include <QPainter>

#include <algorithm>

namespace hilo {

MapPicture::MapPicture(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Picture of an allocation map"));
}

void MapPicture::setMap(std::optional<AllocationMap> map, std::vector<std::string> columns,
                        std::function<bool(std::size_t layer, std::size_t column)> has)
{
    map_ = std::move(map);
    columns_ = std::move(columns);
    has_ = std::move(has);
    setToolTip(map_ ? tr("Sum of ranks by layer (layer 0 on top) and module; lighter is more") : QString());
    setAccessibleDescription(map_ ? QString::fromStdString(map_->name) : tr("no map"));
    updateGeometry();
    update();
}

QSize MapPicture::sizeHint() const
{
    return {letterWidth(fontMetrics()) * 24, fontMetrics().height() * 6};
}

void MapPicture::paintEvent(QPaintEvent*)
{
    const ThemeColours& colours = Theme::instance().colours();
    QPainter painter(this);
    if (!map_ || map_->layers.empty() || columns_.empty()) {
        painter.fillRect(rect(), colours.grid);
        return;
    }
    std::int64_t highest = 1;
    for (const auto& layer : map_->layers)
        for (const auto& [name, module] : layer)
            highest = std::max(highest, module.totalRank());
    const double cellWidth = static_cast<double>(width()) / static_cast<double>(columns_.size());
    const double cellHeight = static_cast<double>(height()) / static_cast<double>(map_->layers.size());
    for (std::size_t layer = 0; layer < map_->layers.size(); ++layer) {
        for (std::size_t module = 0; module < columns_.size(); ++module) {
            if (has_ && !has_(layer, module))
                continue;
            const ModuleAllocation* found = map_->find(layer, columns_[module]);
            const double value = found ? static_cast<double>(found->totalRank()) / static_cast<double>(highest) : 0;
            const QRectF cell(static_cast<double>(module) * cellWidth, static_cast<double>(layer) * cellHeight,
                              cellWidth - 1, std::max(1.0, cellHeight - (cellHeight > 3 ? 1 : 0)));
            painter.fillRect(cell, found && found->experts() > 0 ? cividis(value) : colours.grid);
        }
    }
}

} // namespace hilo
