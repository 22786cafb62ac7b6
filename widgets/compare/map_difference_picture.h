// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace hilo {

/// Two maps as one heat map, a row a layer and a column a module: blue where the first has more ranks, orange where
/// the second has, with a stroke on the left or right edge; the colour of absence where they are the same.
class MapDifferencePicture : public QWidget
{
    Q_OBJECT
  public:
    explicit MapDifferencePicture(QWidget* parent = nullptr);

    void setMaps(const AllocationMap& first, const AllocationMap& second);
    void clear();
    /// How many modules differ.
    int differences() const { return differences_; }
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    QRectF cellRect(std::size_t layer, std::size_t module) const;

    std::vector<std::string> modules_;
    std::size_t layers_ = 0;
    std::vector<std::int64_t> change_; ///< second minus first, layer by layer
    std::vector<QString> texts_;
    std::int64_t largest_ = 0;
    int differences_ = 0;
};

} // namespace hilo
