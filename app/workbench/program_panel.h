// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program_runner.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace hilo {

/// Runs a command of `hilo` that works for long and writes a file: shows how far it is and how long it will take, and
/// can be cancelled. Hidden while nothing runs and nothing went wrong.
class ProgramPanel : public QFrame
{
    Q_OBJECT
  public:
    struct Words
    {
        QString name;      ///< of the panel, for those who do not see it
        QString barName;   ///< of its progress bar
        QString cancelTip; ///< what cancelling does
    };

    /// patience: milliseconds that the program has to end when it is cancelled.
    ProgramPanel(const Words& words, int patience, QWidget* parent);

    /// words: behind `hilo`; file: what they say to write, whose folder is made; empty where they write none.
    void run(const QStringList& words, const QString& file);
    /// Ends the program at once, and says nothing.
    void cancel();
    /// As the button does it.
    void interrupt();
    bool isRunning() const { return runner_->isRunning(); }

  Q_SIGNALS:
    /// What the program said, before finished().
    void answered(const Json& answer);
    /// It runs no more, however it ended.
    void ended();
    void finished(const QString& file);
    void cancelled();
    void said(const QString& sentence);

  private:
    void showProgress(const ProgramProgress& progress);
    void finish(const Result<Json>& answer);

    ProgramRunner* runner_;
    int patience_;
    QString file_;
    QLabel* label_;
    QProgressBar* bar_;
    QPushButton* cancel_;
};

} // namespace hilo
