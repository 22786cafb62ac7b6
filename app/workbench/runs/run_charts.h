// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "runs/metric_chart.h"
#include "runs/run_history.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QFrame;
class QGridLayout;
class QLabel;
class QPushButton;
class QTableView;

namespace hilo {

class CurveOptions;
class ExpertLoadView;
class TaskResultModel;

/// The result of one run, its live charts and the loads of its experts, as cards in as many columns as there is room
/// for.
class RunCharts : public QWidget
{
    Q_OBJECT
  public:
    explicit RunCharts(QWidget* parent = nullptr);

    /// Another history is shown from its beginning, of the same one what came since; null: none.
    void setHistory(std::shared_ptr<const RunHistory> history);
    /// Further runs whose curves are drawn beside the run's, each in its own colour. Name: of the run itself.
    void setOverlay(const QString& name, std::vector<MetricChart::Curve> others);
    /// What stands in the place of charts while there is nothing to draw.
    void setEmptyWidget(QWidget* widget);
    /// The run's result by task; empty: it has none.
    void setResult(const std::vector<FinalScore>& scores);
    void setSelectedLayer(int layer);
    /// By the metric of its card: "loss", "measure" (what was measured, as chosen), "lr", …
    MetricChart& chart(const QString& metric);
    ExpertLoadView& loads() { return *loads_; }
    TaskResultModel& result() { return *result_; }
    QComboBox& measureBox() { return *measure_; }
    QComboBox& loadTaskBox() { return *loadTask_; }
    CurveOptions& options() { return *options_; }
    /// Whether a chart has something to show.
    bool isShown(const QString& metric) const;

  Q_SIGNALS:
    void layerClicked(int layer);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void catchUp();
    struct Card
    {
        QString metric;
        QFrame* frame;
        QLabel* value;
        MetricChart* chart;
    };
    void addChart(const QString& metric, const QString& title, const QString& axis, double scale = 1);
    QFrame* makeLoadCard();
    QFrame* makeResultCard();
    void fitResult();
    void fillMeasures();
    void showMeasure();
    void fillLoadTasks();
    void showLoads();
    QString measureText() const;
    void arrange();
    void showCards();
    void drawCurves();
    bool hasValues(const Card& card) const;
    std::vector<MetricChart::Curve> curves() const;
    void showValues();
    QString valueText(const Card& card) const;

    std::vector<Card> cards_;
    QFrame* loadCard_;
    QFrame* resultCard_;
    TaskResultModel* result_;
    QTableView* resultTable_;
    QComboBox* measure_ = nullptr;
    QComboBox* loadTask_;
    QWidget* empty_;
    CurveOptions* options_;
    QLabel* unplaced_;
    QWidget* optionLine_;
    ExpertLoadView* loads_;
    QComboBox* module_;
    QLabel* loadAbout_;
    QGridLayout* grid_;
    int columns_ = 0;
    std::shared_ptr<const RunHistory> history_;
    QString name_;
    std::vector<MetricChart::Curve> others_;
};

} // namespace hilo
