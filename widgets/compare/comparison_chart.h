// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/metric_text.h"
#include "common/plot.h"
#include "compare/chart_series.h"

#include <QSet>

#include <memory>
#include <vector>

namespace hilo {

/// One run (or group of seeds) in the plane of cost and value.
struct ComparisonPoint
{
    QString id;
    QString name;
    QString colourBy; ///< the value that gives it its colour: a strategy, a seed, …
    QString symbolBy; ///< the value that gives it its symbol
    double cost = 0;  ///< trainable or active parameters, or what else the horizontal axis is
    double value = 0; ///< of the chosen metric, in its own unit: a share for an accuracy
    double low = 0;
    double high = 0;
    bool hasInterval = true; ///< else low and high are the value
    bool onFront = false;
    bool isBaseline = false;
    QString source{}; ///< of a number that others published: drawn hollow with this beside it; never on the front
};

/// What the horizontal axis of the points is.
struct CostAxis
{
    bool isCost = true;      ///< less is better: there may be a front
    bool logarithmic = true; ///< points at 0 or below have no place there
    QStringList categories;  ///< of values that are no numbers: point n is at cost n + 1
};

/// Points with all that takes long to find out about very many of them.
struct ComparisonPoints
{
    CostAxis axis;
    std::vector<ComparisonPoint> points;
    std::vector<int> byCost;      ///< places in points, cheapest first
    ChartSeries colours, symbols; ///< of the points
};

/// Leaves out points without a place on the axis. allColours, allSymbols: of all runs, also of those that are not
/// shown, so that what is filtered away changes no colour. May be called on any thread.
std::shared_ptr<const ComparisonPoints> shareOutPoints(std::vector<ComparisonPoint> points, CostAxis axis = {},
                                                       const std::vector<QString>& allColours = {},
                                                       const std::vector<QString>& allSymbols = {});

/// A metric against parameters (logarithmic axis) with intervals and the Pareto front. Hovering tells, clicking
/// selects; so do the arrow keys. With very many points only the intervals of the front and of what is selected are
/// drawn.
class ComparisonChart : public Plot
{
    Q_OBJECT
  public:
    explicit ComparisonChart(QWidget* parent = nullptr);

    /// What the points' values are of; call it before setPoints. The front goes down where lower is better.
    void setMetric(const MetricText& metric);
    const MetricText& metric() const { return metric_; }
    /// colourTitle and symbolTitle name the settings for the legend; when both are the same, one legend is enough.
    void setPoints(std::vector<ComparisonPoint> points, const QString& costTitle, const QString& colourTitle,
                   const QString& symbolTitle);
    /// The same without copying what may be ten thousand points.
    void sharePoints(std::shared_ptr<const ComparisonPoints> points, const QString& costTitle,
                     const QString& colourTitle, const QString& symbolTitle);
    /// Draws a line through the points of one colourBy, in the order of their cost. Call it before the points are set.
    void setConnected(bool connected) { isConnected_ = connected; }
    void setSelected(const QSet<QString>& ids);
    const std::vector<ComparisonPoint>& points() const { return shared_->points; }
    /// The point nearest to a widget position, at most 12 px away; -1: none.
    int pointAt(const QPointF& position) const;
    QString describe(const ComparisonPoint& point) const;
    QString costText(double cost) const;
    /// What a point looks like, by its place in points() (compare/chart_series.h).
    int styleAt(std::size_t point) const { return shared_->colours.styleAt(point); }
    QString valueText(const ComparisonPoint& point) const;
    void showAll();
    bool showsAllIntervals() const;

  Q_SIGNALS:
    void pointClicked(const QString& id, bool extend);

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

  private:
    using PointList = std::vector<const ComparisonPoint*>;
    void applyAxis();
    void draw();
    void drawFront();
    void drawPoints();
    void drawPublished();
    void drawLegend();
    void drawMarks();
    void addPoints(const PointList& points, const QCPScatterStyle& style);
    void addIntervals(QCPGraph* graph, const PointList& points, const QColor& colour);
    QColor colourOf(int series) const;

    void findSelected();
    const ComparisonPoint& pointOf(int index) const { return points()[static_cast<std::size_t>(index)]; }

    /// Where a value lies on the vertical axis.
    double heightOf(double value) const { return value * metric_.scale(); }

    MetricText metric_;
    std::shared_ptr<const ComparisonPoints> shared_ = std::make_shared<const ComparisonPoints>();
    std::vector<int> fixed_;     ///< points whose intervals are always drawn above the others
    std::vector<int> selection_; ///< points that are selected
    QString colourTitle_, symbolTitle_;
    QSet<QString> selected_;
    QCPGraph* marks_ = nullptr;
    QCPGraph* markedIntervals_ = nullptr;
    QCPErrorBars* markBars_ = nullptr;
    bool isConnected_ = false;
    int hovered_ = -1;
};

} // namespace hilo
