// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"

#include <cstdint>
#include <optional>

namespace hilo {

/// A dashed line in a chart over steps where the weights come from that a run has taken.
class BestStepMark
{
  public:
    explicit BestStepMark(Plot& plot) : plot_(plot) {}

    /// step: nothing: no mark. place: of it on the horizontal axis; isLate: behind the middle of the run; onTop:
    /// whether the words stand above the curves.
    void set(std::optional<std::int64_t> step, double place, bool isLate, bool onTop);
    /// Puts the words to the side that has room.
    void placeText();

  private:
    Plot& plot_;
    QCPItemStraightLine* line_ = nullptr;
    QCPItemText* words_ = nullptr;
    bool isLate_ = false, onTop_ = false;
};

} // namespace hilo
