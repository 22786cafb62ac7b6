// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"
#include "page_context.h"
#include "study/runs_progress.h"
#include "study/study_answer.h"

#include <QSet>

class QAction;
class QComboBox;
class QSplitter;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace hilo {

class NewStudyDialog;
class ProgramRunner;
class StudyCharts;
class StudyInspector;
class StudyMatrix;
class StudyModel;
class StudyProgressPanel;
class StudyScale;

/// The studies of a project: allocations x tasks with intervals, what follows, and how far the runs are.
class StudyPage : public Page
{
    Q_OBJECT
  public:
    explicit StudyPage(const PageContext& context, QWidget* parent = nullptr);

    void shown() override;
    void demonstrate() override;
    bool isDemonstrating() const override { return busy_; }
    QDialog* demonstrateDialog(int number) override;

    /// How a study is read, for tests.
    void setReader(StudyReader reader) { reader_ = std::move(reader); }
    void setGlance(StudyReader glance) { glance_ = std::move(glance); }
    void choose(const QString& study);
    const StudyAnswer& answer() const { return answer_; }
    StudyModel& model() { return *model_; }
    StudyMatrix& matrix() { return *matrix_; }
    StudyCharts& charts() { return *charts_; }
    StudyProgressPanel& progressPanel() { return *progressPanel_; }
    StudyInspector& studyInspector() { return *inspector_; }
    NewStudyDialog* openNewStudy();
    /// The page of the shown study, with everything inside, as `hilo study show --html` writes it. said() tells its
    /// end.
    void writePage(const QString& file);
    bool isBusy() const { return busy_; }

  Q_SIGNALS:
    void refreshed();

  private:
    QLayout* makeTitle();
    QWidget* makeMatrixCard();
    void makeActions();
    void connectAll();
    void projectChanged();
    void runsChanged();
    void refresh();
    void take(Result<StudyAnswer> answer);
    void glance(int request);
    void setAnswer(StudyAnswer answer);
    void showStudy();
    void showState(const QString& message, bool isProblem);
    void showCell();
    void openCell(const QModelIndex& index);
    void readExperts();
    void stop();
    void goOn();
    void begin(const QStringList& words, const QString& study);
    void startWork(const QString& study);
    void showProblem(const QString& problem);
    void exportReport(const QString& ending);
    QString fingerprint() const;

    ProjectSession& session_;
    RunService& runs_;
    PageWishes& wishes_;
    StudyReader reader_ = askForStudy;
    StudyReader glance_ = glanceAtStudy;
    StudyAnswer answer_;
    QSet<QString> ids_; ///< of the shown study's runs
    QString wanted_;    ///< name of the study to show
    QString seen_;      ///< what its runs looked like at the last refresh
    QString expertsOf_; ///< the run whose experts are shown
    int request_ = 0, expertRequest_ = 0;
    bool stale_ = true, busy_ = false;

    StudyModel* model_;
    QLabel* about_;
    QComboBox* studies_;
    QToolButton* report_;
    QAction* newStudy_;
    QStackedWidget* states_;
    QLabel* message_;
    QLabel* problem_;
    QPushButton* firstStudy_;
    StudyProgressPanel* progressPanel_;
    StudyMatrix* matrix_;
    StudyScale* scale_;
    QLabel* sentence_;
    StudyCharts* charts_;
    StudyInspector* inspector_;
    QTimer* timer_;
    ProgramRunner* starter_;
    ProgramRunner* pageWriter_;
};

} // namespace hilo
