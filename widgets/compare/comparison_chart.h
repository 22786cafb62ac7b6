// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"

#include <set>
#include <vector>

namespace hilo {

/// One run (or group of seeds) in the plane of cost and accuracy.
struct ComparisonPoint
{
    QString id;
    QString name;
    QString series;      ///< what gives it colour and symbol: the strategy, the seed, …
    double cost = 0;     ///< trainable or active parameters
    double accuracy = 0; ///< share
    double low = 0;
    double high = 0;
    bool onFront = false;
};

/// Accuracy against parameters (logarithmic axis) with intervals and the Pareto front. Hovering tells, clicking
/// selects.
class ComparisonChart : public Plot
{
    Q_OBJECT
  public:
    explicit ComparisonChart(QWidget* parent = nullptr);

    void setPoints(std::vector<ComparisonPoint> points, const QString& costTitle);
    void setSelected(const QSet<QString>& ids);
    const std::vector<ComparisonPoint>& points() const { return points_; }
    /// The point nearest to a widget position, at most 12 px away; -1: none.
    int pointAt(const QPointF& position) const;

  Q_SIGNALS:
    void pointClicked(const QString& id, bool extend);

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void draw();
    QString describe(const ComparisonPoint& point) const;

    std::vector<ComparisonPoint> points_;
    QSet<QString> selected_;
};

} // namespace hilo
