// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program_runner.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace hilo {

class ProjectSession;

/// Runs `hilo profile`: asks what to measure, shows how far it is and how long it will take, and can be cancelled.
/// Hidden while nothing runs and nothing went wrong.
class ProfileRunPanel : public QFrame
{
    Q_OBJECT
  public:
    explicit ProfileRunPanel(ProjectSession& session, QWidget* parent = nullptr);

    /// Opens the dialog and starts when it is accepted.
    void askAndStart();
    /// arguments: behind `hilo profile`; file: what they say to write.
    void start(const QStringList& arguments, const QString& file);
    void cancel();
    bool isRunning() const { return runner_->isRunning(); }

  Q_SIGNALS:
    void finished(const QString& file);
    void said(const QString& sentence);

  private:
    void showProgress(const ProgramProgress& progress);
    void finish(const Result<Json>& answer);

    ProjectSession& session_;
    ProgramRunner* runner_;
    QString file_;
    QLabel* label_;
    QProgressBar* bar_;
    QPushButton* cancel_;
};

} // namespace hilo
