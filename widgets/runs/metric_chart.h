// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"
#include "runs/evaluation_marks.h"
#include "runs/run_history.h"

#include <memory>
#include <vector>

namespace hilo {

class HistoryGraph;

/// Metrics of one or several runs over the steps: what every step tells, the values faintly and their smoothed mean
/// strongly, and what was measured now and then, with its intervals; of one run, the step that it chose. Takes long
/// histories a slice a turn of the event loop, and only what is new of those it knows.
class MetricChart : public Plot
{
    Q_OBJECT
  public:
    struct Metric
    {
        QString key;   ///< of RunHistory::metrics; empty: nothing of the steps
        QString title; ///< with its unit, for the axis
        bool logarithmic = false;
        double scale = 1;           ///< from the events' unit to the axis's
        QString evaluation = {};    ///< a metric of RunHistory::evaluations to show as well; empty: none
        double evaluationScale = 1; ///< as scale
    };
    struct Curve
    {
        QString name;
        std::shared_ptr<const RunHistory> history;
        int series = -1; ///< style; -1: the one behind the curve before
    };

    explicit MetricChart(QWidget* parent = nullptr);

    void setMetric(const Metric& metric);
    const Metric& metric() const { return metric_; }
    /// Of the exponentially weighted mean: 0 (none) to below 1.
    void setSmoothing(double weight);
    /// Replaces what is shown; names go into the legend when there are several curves.
    void setCurves(std::vector<Curve> curves);
    /// Draws what came to the histories since; call it at 4 to 10 Hz.
    void catchUp();
    /// True while parts of long histories are not drawn yet.
    bool isBehind() const;
    /// The number of points that are drawn of a curve: of its steps, or, where the metric has none, of what was
    /// measured.
    qsizetype pointCount(std::size_t curve) const;
    /// What was measured of a curve, as it is drawn.
    const EvaluationMarks& marks(std::size_t curve) const { return *lines_[curve].marks; }
    void showAll();
    /// The least height of what is drawn; a legend's lines come on top of it.
    void setPlotHeight(int height);

  protected:
    bool isPrepared() const override { return !isBehind(); }
    void prepare() override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Line
    {
        Curve curve;
        HistoryGraph* raw = nullptr;
        HistoryGraph* graph = nullptr;
        std::unique_ptr<EvaluationMarks> marks;
        qsizetype taken = 0;
        int rewrites = 0;
        double mean = 0, share = 0; ///< of the smoothing
        double low = 0, high = 0;   ///< of the values
        bool any = false;
    };
    void restart(Line& line);
    void style();
    bool isSmoothed() const;
    void takeSlice();
    void take(Line& line, qsizetype budget);
    void drawMarks(Line& line);
    void drawBestStep();
    void placeLegend();
    void placeBestText();
    bool isAlone() const { return lines_.size() == 1; }
    void addPoint(Line& line, double step, double value, QVector<QCPGraphData>& raw, QVector<QCPGraphData>& mean);
    /// Where the axis of steps ends when all of it is shown.
    double lastShownStep() const;
    void setRanges();
    QString valueAt(const QPointF& position) const;

    Metric metric_;
    double smoothing_ = 0.9;
    std::vector<Line> lines_;
    QCPItemStraightLine* best_ = nullptr;
    QCPItemText* bestText_ = nullptr;
    int plotHeight_ = 0;
    bool zoomed_ = false; ///< by hand; new points do not move the axes then
};

} // namespace hilo
