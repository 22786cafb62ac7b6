// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"

#include <QStringList>

#include <optional>

namespace hilo {

/// A vertical line in a plot with words beside it, on a layer of its own: nothing else is drawn again when it moves.
class ChartCursor
{
  public:
    explicit ChartCursor(Plot& plot);

    std::optional<double> place() const { return place_; }
    /// texts: a line each; nothing is shown where there are none or the place is out of sight.
    void set(std::optional<double> place, const QStringList& texts);
    QString text() const { return words_ && words_->visible() ? words_->text() : QString(); }

  private:
    Plot& plot_;
    std::optional<double> place_;
    void makeItems();

    QCPItemStraightLine* line_ = nullptr; ///< made when they are first needed
    QCPItemText* words_ = nullptr;
};

} // namespace hilo
