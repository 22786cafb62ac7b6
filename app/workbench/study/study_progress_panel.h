// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/runs_progress.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace hilo {

/// How far a study is, with what can be done about it.
class StudyProgressPanel : public QFrame
{
    Q_OBJECT
  public:
    explicit StudyProgressPanel(QWidget* parent);

    void setProgress(const StudyRunsProgress& progress);
    const StudyRunsProgress& progress() const { return progress_; }

  Q_SIGNALS:
    void stopWanted();
    void continueWanted();

  private:
    StudyRunsProgress progress_;
    QLabel* label_;
    QProgressBar* bar_;
    QPushButton* stop_;
    QPushButton* continue_;
};

} // namespace hilo
