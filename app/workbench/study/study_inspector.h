// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_view.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace hilo {

/// What is chosen in the matrix: its value, its difference, and the runs behind it.
class StudyInspector : public QWidget
{
    Q_OBJECT
  public:
    explicit StudyInspector(QWidget* parent);

    void clear();
    /// title: "hilo on cola"; text: as the cell's tool tip has it; runs: ids behind it.
    void setCell(const QString& title, const QString& text, const QStringList& runs);
    QStringList runs() const { return runs_; }

  Q_SIGNALS:
    void runOpened(const QString& id);
    void comparisonWanted(const QStringList& runs);

  private:
    QStringList runs_;
    QLabel* title_;
    QLabel* text_;
    QLabel* runsTitle_;
    QListWidget* list_;
    QPushButton* compare_;
};

} // namespace hilo
