// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace hilo {

/// A new project in three steps: model, data, name.
class NewProjectDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit NewProjectDialog(QWidget* parent = nullptr);

  Q_SIGNALS:
    void created(const QString& folder);

  private:
    QLineEdit* addPath(class QFormLayout* form, const QString& label, const QString& toolTip, bool folder);
    void check();
    void create();

    QLineEdit* model_;
    QLineEdit* data_;
    QLineEdit* name_;
    QLineEdit* place_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

} // namespace hilo
