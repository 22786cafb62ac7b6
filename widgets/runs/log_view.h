// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace hilo {

/// The end of a run's log, with a search and a choice of how serious lines have to be.
class LogView : public QWidget
{
    Q_OBJECT
  public:
    explicit LogView(QWidget* parent = nullptr);

    void setLog(const QString& log);
    /// What is shown now.
    QStringList shownLines() const;

    enum class Level { Everything, Warnings, Errors };
    static Level levelOf(const QString& line);

  private:
    void showLines();

    QComboBox* level_;
    QLineEdit* search_;
    QPlainTextEdit* text_;
    QString log_;
};

} // namespace hilo
