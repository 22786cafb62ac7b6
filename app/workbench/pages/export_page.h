// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"
#include "page_context.h"
#include "program_runner.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTableView;

namespace hilo {

class ExportResults;
class FormatModel;
struct FormatRow;

/// A run's adapter in formats that other tools load: what each can express, how large it gets, and whether what was
/// written does the same as the run.
class ExportPage : public Page
{
    Q_OBJECT
  public:
    explicit ExportPage(const PageContext& context, QWidget* parent = nullptr);

    void shown() override;
    /// Lists the formats for a run or adapter folder.
    void setSource(const QString& folder);

  private:
    QWidget* makeFormatsCard();
    QWidget* makeOptionsCard();
    void projectChanged();
    void listRuns();
    void takeFormats(const Result<Json>& answer);
    void showState(const QString& message, bool isProblem);
    void formatChosen();
    void openFittingMap();
    void showCommand();
    void startExport();
    void showProgress(const ProgramProgress& progress);
    void finishExport(const Result<Json>& answer);
    void say(const QString& text, bool isProblem = false);
    void updateButtons();
    void showDistillation();
    QStringList arguments() const;
    const FormatRow* chosenFormat() const;

    ProjectSession& session_;
    RunService& runs_;
    PageWishes& wishes_;
    ProgramRunner* lister_;
    ProgramRunner* exporter_;
    QString source_;
    QString wanted_; ///< folder to choose once it is listed

    QLabel* about_;
    QComboBox* run_;
    QLabel* message_;
    QWidget* content_;
    FormatModel* model_;
    QTableView* table_;
    QLabel* formatTitle_;
    QLabel* formatAbout_;
    QFormLayout* form_;
    QComboBox* type_;
    QSpinBox* rank_;
    QCheckBox* distil_;
    QSpinBox* steps_; ///< of a distillation
    QLineEdit* baseName_;
    QLineEdit* out_;
    QPushButton* fitting_;
    QPushButton* command_;
    QPushButton* export_;
    QLabel* state_;
    QProgressBar* bar_;
    QPushButton* cancel_;
    ExportResults* results_;
};

} // namespace hilo
