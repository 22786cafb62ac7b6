// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// A small picture of a map: a row a layer (layer 0 on top), a column a module, colour by the sum of ranks.
class MapPicture : public QWidget
{
    Q_OBJECT
  public:
    explicit MapPicture(QWidget* parent = nullptr);

    /// columns: the names of the modules; has tells whether a layer has the module of a column, empty: all have.
    void setMap(std::optional<AllocationMap> map, std::vector<std::string> columns,
                std::function<bool(std::size_t layer, std::size_t column)> has = {});
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::optional<AllocationMap> map_;
    std::vector<std::string> columns_;
    std::function<bool(std::size_t, std::size_t)> has_;
};

} // namespace hilo
