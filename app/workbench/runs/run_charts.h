// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "runs/run_history.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QFrame;
class QGridLayout;
class QLabel;
class QSlider;
class QTableView;

namespace hilo {

class ExpertLoadView;
class MetricChart;
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
    /// The run's result by task; empty: it has none.
    void setResult(const std::vector<FinalScore>& scores);
    void setSelectedLayer(int layer);
    /// By the metric of its card: "loss", "measure" (what was measured, as chosen), "lr", …
    MetricChart& chart(const QString& metric);
    ExpertLoadView& loads() { return *loads_; }
    TaskResultModel& result() { return *result_; }
    QComboBox& measureBox() { return *measure_; }
    QComboBox& loadTaskBox() { return *loadTask_; }

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
    void showCards(bool visible);
    void showValues();
    QString valueText(const Card& card) const;

    std::vector<Card> cards_;
    QFrame* loadCard_;
    QFrame* resultCard_;
    TaskResultModel* result_;
    QTableView* resultTable_;
    QComboBox* measure_ = nullptr;
    QComboBox* loadTask_;
    QLabel* empty_;
    ExpertLoadView* loads_;
    QComboBox* module_;
    QLabel* loadAbout_;
    QSlider* smoothing_ = nullptr;
    QGridLayout* grid_;
    int columns_ = 0;
    std::shared_ptr<const RunHistory> history_;
};

} // namespace hilo
