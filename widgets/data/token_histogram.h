// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"

#include <vector>

namespace hilo {

/// How long the rows are, in tokens, and where they are cut.
class TokenHistogram : public Plot
{
    Q_OBJECT
  public:
    explicit TokenHistogram(QWidget* parent = nullptr);

    /// maximum: the length above which rows are cut; 0: none. windows: of texts that go through whole, in so many
    /// windows, instead of being cut; 0: there are none.
    void setLengths(const std::vector<std::int64_t>& lengths, qint64 maximum, qint64 windows = 0);
    /// "Median 21, longest 117 tokens; 3 of 6,000 rows (0.1 %) are longer than 96."
    QString summary() const { return summary_; }

  private:
    void paintBars();
    QString summary_;
    QCPBars* within_;
    QCPBars* cut_;
    QCPItemStraightLine* limit_;
};

} // namespace hilo
