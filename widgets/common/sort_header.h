// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace hilo {

/// The head of a table that can be sorted: the arrow is the last letter of the heading. A drawn arrow would lie over
/// headings that stand at the right, above their numbers.
class SortHeader : public QHeaderView
{
    Q_OBJECT
  public:
    explicit SortHeader(QWidget* parent = nullptr);

  protected:
    void initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const override;
    /// Every column has room for the arrow, so that nothing moves when another one is sorted.
    QSize sectionSizeFromContents(int logicalIndex) const override;
};

} // namespace hilo
