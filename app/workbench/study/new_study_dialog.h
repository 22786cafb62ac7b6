// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <QDialog>
#include <QStringList>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QMenu;
class QPushButton;
class QTimer;

namespace hilo {

class ProgramRunner;
class ProjectSession;

/// Plans a study: tasks x allocations x budgets x seeds. Asks `hilo study new --plan` what it would take each time that
/// something changes, and starts nothing before that is known.
class NewStudyDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit NewStudyDialog(ProjectSession& session, QWidget* parent = nullptr);

    QString name() const;
    /// Behind `hilo`, as the command in the dialog says it.
    QStringList words() const;
    /// "24 runs of 24, about 2 h on one device, 1.2 GiB of disk, …"; empty while it is not known.
    QString plan() const { return planned_; }
    bool canStart() const;

    void addTask(const QString& text);
    void addStrategy(const QString& text);
    void addMap(const QString& path);

  Q_SIGNALS:
    /// What it takes is known, or why it is not.
    void planTold();

  private:
    QWidget* makeForm();
    QWidget* makeLists();
    void fillSettings(const QStringList& files);
    void fillProfiles(const QStringList& files);
    void chooseSettings();
    void chooseTask(bool isFolder);
    void chooseBenchmark();
    void fillAllocationMenu(QMenu& menu);
    void changed();
    void askPlan();
    void takePlan(const Result<Json>& answer);
    QString missing() const;
    void say(const QString& text, const QString& kind);

    ProjectSession& session_;
    ProgramRunner* planner_;
    QTimer* timer_;
    QString planned_;

    QLineEdit* name_;
    QComboBox* settings_;
    QListWidget* tasks_;
    QListWidget* allocations_;
    QLineEdit* budgets_;
    QComboBox* equal_;
    QComboBox* scale_;
    QComboBox* profile_;
    QLineEdit* seeds_;
    QLineEdit* rates_;
    QCheckBox* joint_;
    QCheckBox* halving_;
    QLabel* said_;
    QLineEdit* command_;
    QPushButton* start_;
};

} // namespace hilo
