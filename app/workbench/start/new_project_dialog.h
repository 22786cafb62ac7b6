// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QTimer;

namespace hilo {

class RunSpecForm;

/// A new project in three steps: model, data, name. Data may be several tasks, and what new runs of the project begin
/// with can be chosen: objective, protocol, mixing, selection.
class NewProjectDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit NewProjectDialog(QWidget* parent = nullptr);

    RunSpecForm& form() { return *form_; }
    /// A folder, a .gguf file, or the name of a model at the Hugging Face hub that is in the cache.
    void setModel(const QString& model);

  Q_SIGNALS:
    void created(const QString& folder);

  private:
    /// What the buttons beside a path offer, and where they start.
    struct Choices
    {
        QString start;
        bool folder;
        QString files;      ///< filter of a file dialog; empty: no files
        bool fetch = false; ///< from the Hugging Face hub
        QString hint = {};  ///< in the empty field
    };
    QLineEdit* addPath(class QFormLayout* form, const QString& label, const QString& toolTip, const Choices& choices);
    void addCaption(QFormLayout* form, const QString& text, QWidget* editor, QWidget* row);
    void fetchModel();
    void say(QLabel* label, const QString& text, bool isProblem);
    void lookAtModel();
    void lookAtData();
    void check();
    void create();

    QLineEdit* model_;
    RunSpecForm* form_;
    QList<QLabel*> captions_; ///< beside its fields
    QTimer* timer_;           ///< waits for the end of typing
    int glance_ = 0;          ///< number of the newest look at the data
    QLineEdit* name_;
    QLineEdit* place_;
    QLabel* modelSaid_;
    QLabel* dataSaid_;
    QLabel* problem_;
    QString suggested_; ///< name that was made from the model's
    QDialogButtonBox* buttons_;
};

} // namespace hilo
