// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_texts.h"

#include <QFrame>

class QLabel;

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

  private:
    QLabel* title_;
    QLabel* detail_;
    QLabel* log_;
    QLabel* whatToDo_;
};

} // namespace hilo
