// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "formats/model_config.h"

#include <QWidget>

#include <optional>

namespace hilo {

/// A small picture of a map: a row a layer (layer 0 on top), a column a module, colour by the sum of ranks.
class MapPicture : public QWidget
{
    Q_OBJECT
  public:
    explicit MapPicture(QWidget* parent = nullptr);

    void setMap(std::optional<AllocationMap> map, const std::vector<ModuleShape>& modules);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::optional<AllocationMap> map_;
    std::vector<ModuleShape> modules_;
};

} // namespace hilo
