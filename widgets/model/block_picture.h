// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/block_plan.h"

#include <QRect>
#include <QWidget>

#include <utility>
#include <vector>

namespace hilo {

/// One block of a model, from what comes in at the top to what goes on at the bottom: modules with their shapes in the
/// accent's colour, other steps plain, and the line past them that everything is added to. Tool tips say what a part
/// is.
class BlockPicture : public QWidget
{
    Q_OBJECT
  public:
    explicit BlockPicture(QWidget* parent = nullptr);

    void setPlan(BlockPlan plan);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    using Placed = std::pair<QRect, const BlockPart*>;
    int rowHeight() const;
    int columnWidth() const;
    /// Where the parts of a branch stand, from top down; the sum's place is the last one, without a part.
    std::vector<Placed> place(const std::vector<BlockRow>& rows, QRect column) const;
    std::vector<std::vector<Placed>> branches() const;
    void drawBranch(QPainter& painter, const std::vector<Placed>& parts, const QRect& sum) const;
    void drawPart(QPainter& painter, const QRect& box, const BlockPart& part) const;

    BlockPlan plan_;
};

} // namespace hilo
