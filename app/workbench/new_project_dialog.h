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
    /// What the buttons beside a path offer, and where they start.
    struct Choices
    {
        QString start;
        bool folder;
        QString files; ///< filter of a file dialog; empty: no files
    };
    QLineEdit* addPath(class QFormLayout* form, const QString& label, const QString& toolTip, const Choices& choices);
    void say(QLabel* label, const QString& text, bool isProblem);
    void lookAtModel();
    void lookAtData();
    void check();
    void create();

    QLineEdit* model_;
    QLineEdit* data_;
    QLineEdit* name_;
    QLineEdit* place_;
    QLabel* modelSaid_;
    QLabel* dataSaid_;
    QLabel* problem_;
    QString suggested_; ///< name that was made from the model's
    QDialogButtonBox* buttons_;
};

} // namespace hilo
