// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"
#include "runs/band_graph.h"
#include "runs/best_step_mark.h"
#include "runs/chart_cursor.h"
#include "runs/evaluation_marks.h"
#include "runs/run_history.h"
#include "runs/smoothing.h"
#include "runs/step_axis.h"

#include <memory>
#include <optional>
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
    /// What the steps tell is drawn smoothed, the values themselves faintly behind; learning rates and memory as they
    /// are.
    void setSmoothing(const Smoothing& smoothing);
    const Smoothing& smoothing() const { return smoothing_; }
    /// What the horizontal axis is. Runs that do not tell it are not drawn; see unplaced().
    void setStepAxis(StepAxis axis);
    StepAxis stepAxis() const { return axis_; }
    /// Logarithmic axes; values of 0 and below are gaps there.
    void setLogarithmic(Qt::Orientation orientation, bool logarithmic);
    bool isLogarithmic(Qt::Orientation orientation) const;
    /// The names of the curves that do not tell what the horizontal axis is of.
    QStringList unplaced() const;
    /// A line at a place of the horizontal axis with the curves' values beside it; nothing: none.
    void setCursor(std::optional<double> place);
    std::optional<double> cursor() const { return cursor_->place(); }
    /// The curves' values there, a line each.
    QStringList valuesAt(double place) const;
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

  Q_SIGNALS:
    /// The cursor was moved here, by mouse or keys; nothing: it was taken away. Charts with the same axis follow.
    void cursorMoved(std::optional<double> place);

  protected:
    void fillMenu(QMenu& menu) override;
    bool isPrepared() const override { return !isBehind(); }
    void prepare() override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Line
    {
        Curve curve;
        HistoryGraph* raw = nullptr;
        HistoryGraph* graph = nullptr;
        std::unique_ptr<BandGraph> band; ///< of a mean over several runs; null: it has none
        std::unique_ptr<EvaluationMarks> marks;
        qsizetype taken = 0;
        int rewrites = 0;
        Smoother smoother;
        StepPlaces places;
        double low = 0, high = 0; ///< of the values
        double leastPositive = 0; ///< of them; 0: none is
        double firstPlace = 0;    ///< above 0; 0: none is
        int moves = 0;            ///< how often its places have changed
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
    bool isAlone() const { return lines_.size() == 1; }
    void addPoint(Line& line, double place, double value, QVector<QCPGraphData>& raw, QVector<QCPGraphData>& mean);
    /// What of the horizontal axis is shown when all of it is.
    QCPRange wholeRange() const;
    void restartAll();
    void applyScales();
    void moveCursor(std::optional<double> place);
    void moveCursorByKey(int direction);
    void setRanges();
    QString valueAt(const QPointF& position) const;

    Metric metric_;
    Smoothing smoothing_;
    StepAxis axis_ = StepAxis::Step;
    bool logX_ = false;
    std::unique_ptr<ChartCursor> cursor_;
    std::vector<Line> lines_;
    BestStepMark best_;
    int plotHeight_ = 0;
    bool zoomed_ = false; ///< by hand; new points do not move the axes then
};

} // namespace hilo
