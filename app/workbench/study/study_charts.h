// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/published_points.h"
#include "study/task_expert_model.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace hilo {

class RankDiagram;
class TaskExpertTable;

/// What a study looks like beside its table: values against parameters, mean ranks, and of joint runs the experts by
/// task.
class StudyCharts : public QWidget
{
    Q_OBJECT
  public:
    explicit StudyCharts(QWidget* parent);

    void setStudy(const StudyPointer& study, const std::vector<PublishedNumber>& published);
    /// Of a joint run; run: what it is called. Empty loads: the run tells none.
    void setExperts(const QString& run, const TaskLoadMap& loads);
    bool showsExperts() const;
    void showTab(int tab);

    ComparisonChart& scatter() { return *scatter_; }
    RankDiagram& ranks() { return *ranks_; }
    TaskExpertModel& experts() { return *experts_; }
    /// What the chart of values leaves out or adds.
    QString note() const;
    /// The chart in front as SVG, PNG or PDF by the file's ending. Errors: another ending, a folder that cannot be
    /// written.
    Status savePicture(const QString& file);

  Q_SIGNALS:
    void allocationClicked(int row);
    /// The experts by task came to the front.
    void expertsWanted();

  private:
    QWidget* makeScatterTab();
    QWidget* makeRankTab();
    QWidget* makeExpertTab();
    void draw();
    void showExperts();

    StudyPointer study_;
    std::vector<PublishedNumber> published_;
    bool filling_ = false;

    QTabWidget* tabs_;
    QComboBox* value_;
    QComboBox* cost_;
    QCheckBox* publishedBox_;
    ComparisonChart* scatter_;
    QLabel* scatterEmpty_;
    QLabel* note_;
    RankDiagram* ranks_;
    QLabel* rankText_;
    QComboBox* module_;
    TaskExpertModel* experts_;
    TaskExpertTable* expertTable_;
    QLabel* expertText_;
    QLabel* expertEmpty_;
    QStackedWidget* expertStates_;
    QString run_;
};

} // namespace hilo
