// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_texts.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace hilo {

/// Says above the charts what is wrong with a run: what happened, its last log lines, and what to do.
class RunMessage : public QFrame
{
    Q_OBJECT
  public:
    explicit RunMessage(QWidget* parent = nullptr);

    /// Nothing hides the message.
    void setAdvice(const std::optional<RunAdvice>& advice);
    QString text() const;
    /// Whether a button leads to a new run with the settings of this one, to be changed.
    void offerRetry(bool offered);
    QPushButton& retryButton() { return *retry_; }

  Q_SIGNALS:
    void retryWanted();

  private:
    QLabel* title_;
    QLabel* detail_;
    QLabel* log_;
    QLabel* whatToDo_;
    QPushButton* retry_;
};

} // namespace hilo
