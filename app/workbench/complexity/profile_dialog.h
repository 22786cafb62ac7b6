// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project_data.h"

#include <QDialog>
#include <QStringList>

#include <optional>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace hilo {

class ProjectSession;

/// What `hilo profile` shall measure, on how many rows, and where the result goes.
class ProfileDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit ProfileDialog(ProjectSession& session, QWidget* parent = nullptr);

    /// Behind `hilo profile`.
    QStringList arguments() const;
    QString file() const;

  private:
    void takeAdapters(const QStringList& runs);
    void takeData(const Result<std::optional<ProjectData>>& stored);
    void check();
    QStringList kinds() const;
    QStringList chosenNames() const;

    ProjectSession& session_;
    std::optional<ProjectData> data_;
    QString dataProblem_;
    bool dataKnown_ = false;
    QCheckBox* weights_;
    QCheckBox* activations_;
    QCheckBox* gradients_;
    QComboBox* run_;
    QSpinBox* rows_;
    QLineEdit* name_;
    QLabel* dataLabel_;
    QLabel* command_;
    QDialogButtonBox* buttons_;
};

} // namespace hilo
