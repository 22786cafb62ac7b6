// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare_query.h"
#include "compare/compare_view.h"

#include <QFrame>
#include <QSet>

class QCheckBox;
class QComboBox;
class QLabel;
class QStackedWidget;
class QTabBar;

namespace hilo {

class CurveOptions;
class KeyBox;
class MetricBox;

/// The card of the page Compare that draws: all runs as a scatter, or curves of the selected ones; with what chooses
/// axes, colours and symbols.
class CompareCharts : public QFrame
{
    Q_OBJECT
  public:
    /// metric: the one that is wanted on the vertical axis.
    explicit CompareCharts(const MetricChoice& metric, QWidget* parent = nullptr);

    /// Fills in what is chosen here.
    void ask(CompareQuestion& question) const;
    /// Chooses what a view has. Call ask() afterwards.
    void showView(const CompareView& view);
    /// What there is to choose from, and the points. Call showPoints() to draw them.
    void setAnswer(std::shared_ptr<const CompareAnswer> answer);
    void showPoints();
    void clear();
    /// rows: how many the table has.
    void updateNotes(int rows, bool anySelected);
    void setSelected(const QSet<QString>& ids);
    bool showsCurves() const;
    /// The same for the curves.
    void ask(CurveQuestion& question) const;
    void setCurves(std::vector<MetricChart::Curve> curves);
    Status savePicture(const QString& file);

    ComparisonChart& chart() { return *chart_; }
    MetricChart& curves() { return *curves_; }
    MetricBox& metricBox() { return *metric_; }
    QComboBox& horizontalBox() { return *cost_; }
    QComboBox& verticalBox() { return *height_; }

  Q_SIGNALS:
    void questionChanged();
    void metricChanged();
    void curvesWanted();
    void pointClicked(const QString& id, bool extend);

  private:
    QWidget* makeHead();
    KeyBox* makeKeyBox(const QString& name, const QString& toolTip);
    QComboBox* makeAxisBox(const QList<std::pair<QString, QString>>& usual, const QString& name,
                           const QString& toolTip);
    void fillCurveMetrics();
    /// The metric of the steps that curves are asked for; empty: none, evaluations only.
    std::string curveSeries() const;

    std::shared_ptr<const CompareAnswer> answer_ = std::make_shared<const CompareAnswer>();
    ComparisonChart* chart_;
    MetricChart* curves_;
    MetricBox* metric_;
    QComboBox* cost_;
    QComboBox* height_;
    KeyBox* colourBy_;
    KeyBox* symbolBy_;
    QComboBox* curveMetric_;
    QCheckBox* bands_;
    CurveOptions* options_;
    QTabBar* views_;
    QStackedWidget* stack_;
    QLabel* below_;
};

} // namespace hilo
