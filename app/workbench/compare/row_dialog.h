// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/row_comparison.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;
class QPlainTextEdit;

namespace hilo {

class RowPairModel;

/// Two runs row by row: which rows one answers rightly and the other does not, with McNemar's verdict.
class RowDialog : public QDialog
{
    Q_OBJECT
  public:
    /// Reads the runs' answers in the background. Folders of runs, and what they are called.
    RowDialog(const QString& firstFolder, const QString& firstName, const QString& secondFolder,
              const QString& secondName, QWidget* parent = nullptr);

    RowPairModel& model() { return *model_; }
    QComboBox& kindBox() { return *kind_; }
    QLineEdit& searchLine() { return *search_; }
    QString verdict() const;
    /// True until the answers are read.
    bool isBusy() const { return busy_; }

  private:
    void take(const Result<RowComparison>& comparison);
    void filter();
    void showRow();
    void save();

    QString firstName_, secondName_;
    RowPairModel* model_;
    QLabel* verdict_;
    QLabel* counts_;
    QComboBox* kind_;
    QLineEdit* search_;
    QLabel* shown_;
    QTableView* table_;
    QPlainTextEdit* whole_;
    QPushButton* save_;
    bool busy_ = true;
};

/// "A is right on 12 rows that B is not, and wrong on 3 that B is right on: a clear difference (McNemar, p = 0.035)."
QString rowVerdict(const RowComparison& comparison, const QString& first, const QString& second);

} // namespace hilo
