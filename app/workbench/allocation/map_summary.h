// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/allocation_document.h"
#include "common/metric_text.h"
#include "index/final_scores.h"
#include "runs/run_list_model.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace hilo {

class TrainingEstimator;

/// What the shown map costs: trainable and active parameters, the share of a budget, memory, time, and how similar
/// runs did.
class MapSummary : public QFrame
{
    Q_OBJECT
  public:
    explicit MapSummary(const TrainingEstimator& estimator, QWidget* parent = nullptr);

    /// Null: none.
    void setDocument(AllocationDocument* document);
    void setRuns(const RunList& runs);
    /// The metric that runs are compared by, and its values; null: accuracies, which runs know themselves.
    void setCompared(const MetricText& metric, std::shared_ptr<const FinalValues> values);
    void setBudget(const QString& budget);
    QString budget() const;

  Q_SIGNALS:
    void budgetChanged(const QString& budget);
    void saveWanted();
    void runWanted();

  public Q_SLOTS:
    void recalculate();

  private:
    QLabel* addFigure(QLayout* layout, const QString& caption, const QString& toolTip);
    QWidget* makeBudget();
    void showBudget(std::int64_t trainable);
    void showSimilar(std::int64_t trainable);

    const TrainingEstimator& estimator_;
    AllocationDocument* document_ = nullptr;
    RunList runs_ = std::make_shared<const std::vector<RunSummary>>();
    MetricText metric_;
    std::shared_ptr<const FinalValues> values_;
    QLabel* trainable_;
    QLabel* left_;
    QProgressBar* bar_;
    QLineEdit* budget_;
    QLabel* active_;
    QLabel* memory_;
    QLabel* time_;
    QLabel* similar_;
};

} // namespace hilo
