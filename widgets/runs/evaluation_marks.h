// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"
#include "index/evaluation_series.h"

#include <QColor>
#include <QStringList>

#include <functional>
#include <string>
#include <vector>

namespace hilo {

/// What was measured of one run, drawn into a chart over steps: a line with points a task and split, with intervals
/// where there are. Of one run alone the colour tells the task, or, of one task, the split; among several runs all are
/// in the colour of their run. Filled points are of training's own measurements, diamonds of the split of the result.
class EvaluationMarks
{
  public:
    struct Look
    {
        bool isAlone = true; ///< the only run of its chart
        QColor colour;       ///< of the run, when it is not alone
        int dark = 0;        ///< anything that differs when the theme does
        double places = 0;   ///< anything that differs when the places of steps do
        bool operator==(const Look&) const = default;
    };

    explicit EvaluationMarks(QCustomPlot& plot) : plot_(plot) {}
    EvaluationMarks(const EvaluationMarks&) = delete;
    EvaluationMarks& operator=(const EvaluationMarks&) = delete;

    /// Where a step lies on the horizontal axis.
    using Place = std::function<double(double step)>;

    /// Draws the metric, or what is new of it; empty: nothing. scale: from the metric's unit to the axis's. place:
    /// empty: steps lie at themselves.
    void draw(const std::vector<RunEvaluation>& evaluations, const std::string& metric, double scale, const Look& look,
              const Place& place = {});
    /// The plot has dropped its graphs.
    void forget();

    qsizetype pointCount() const;
    bool any() const { return any_; }
    double low() const { return low_; }
    double high() const { return high_; }
    /// The names of the lines as the legend has them.
    QStringList names() const;
    /// What was measured nearest to a place, a line each: "cola, validation, step 40: 0.81".
    QStringList textsAt(double place) const;
    /// The least value above 0, for logarithmic axes; 0: none is.
    double leastPositive() const { return leastPositive_; }
    /// "validation", "test" in the language of the interface.
    static QString splitText(const std::string& split);

  private:
    void add(const EvaluationSeries& series, int place, bool severalTasks, bool severalSplits);
    void shortenLegend();
    void clear();

    struct Drawn
    {
        QCPGraph* graph;
        QCPErrorBars* bars;
        QString name;
        std::vector<double> steps; ///< of its points
    };
    QCustomPlot& plot_;
    std::vector<EvaluationSeries> series_;
    std::string metric_;
    double scale_ = 1;
    Look look_;
    Place place_;
    std::vector<Drawn> drawn_;
    std::vector<QCPGraph*> legendOnly_; ///< entries without points
    bool any_ = false;
    double low_ = 0, high_ = 0, leastPositive_ = 0;
};

} // namespace hilo
