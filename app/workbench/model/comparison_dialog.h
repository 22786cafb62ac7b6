// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/inspection.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QTableView;
class QTimer;

namespace hilo {

class ModelComparisonModel;

/// The open model beside another one, which is only looked at: `hilo inspect MODEL --beside OTHER`.
class ComparisonDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit ComparisonDialog(ModelInspection model, QWidget* parent = nullptr);

    /// A folder, a .gguf file, or the name of a model in the Hugging Face cache.
    void setOther(const QString& other);

  private:
    void look();
    void showBeside(const ModelInspection& other);
    void say(const QString& text, bool isProblem);

    ModelInspection model_;
    ModelComparisonModel* rows_;
    QLineEdit* other_;
    QTimer* timer_; ///< waits for the end of typing
    QCheckBox* differences_;
    QTableView* table_;
    QLabel* peculiarities_;
    QLabel* said_;
};

} // namespace hilo
