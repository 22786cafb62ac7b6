// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_view.h"

#include <QWidget>

namespace hilo {

/// The critical-difference drawing (Demšar 2006, figure 1): mean ranks on a line, the best on the left; a bar joins
/// allocations that do not differ by the critical difference, whose length stands above the line.
class RankDiagram : public QWidget
{
    Q_OBJECT
  public:
    explicit RankDiagram(QWidget* parent = nullptr);

    void setStudy(const StudyPointer& study);
    /// Whether there are ranks to draw; else why() says what is missing.
    bool isDrawn() const { return !order_.empty(); }
    QString why() const;
    /// All that the drawing says, in sentences.
    QString summary() const;
    /// Draws into any painter, as for pictures.
    void draw(QPainter& painter, const QRectF& area) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    double rankOf(std::size_t place) const;
    double heightOf(const QFontMetrics& metrics) const;

    StudyPointer study_;
    std::vector<std::size_t> order_; ///< allocations with a rank, the best first
};

} // namespace hilo
