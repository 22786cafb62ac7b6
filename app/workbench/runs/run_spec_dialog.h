// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace hilo {

/// A run spec as the file that `hilo train` takes, to copy or to save, with the command that trains it.
class RunSpecDialog : public QDialog
{
    Q_OBJECT
  public:
    RunSpecDialog(const RunSpec& spec, const QString& folder, QWidget* parent = nullptr);

    /// Writes the file; false, with the reason in the dialog, when that fails.
    bool save(const QString& file);

  private:
    void chooseFile();
    void showCommand(const QString& file);

    Json document_;
    QString folder_; ///< where the dialog for a file begins
    QString name_;   ///< of the file that is offered
    QLineEdit* command_;
    QLabel* said_;
};

} // namespace hilo
