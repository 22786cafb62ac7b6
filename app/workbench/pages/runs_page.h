// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"
#include "page.h"
#include "page_list.h"
#include "run/control.h"
#include "runs/run_list_model.h"

#include <QDateTime>

#include <map>

class QAction;
class QComboBox;
class QLineEdit;
class QMenu;
class QSplitter;
class QTimer;

namespace hilo {

class NewRunDialog;
class RunCharts;
class RunInspector;
class RunListView;
class RunMessage;
class RunService;

/// The queue and all runs of the project, and one of them live.
class RunsPage : public Page
{
    Q_OBJECT
  public:
    explicit RunsPage(const PageContext& context, QWidget* parent = nullptr);

    void shown() override;
    RunListView& list() { return *view_; }
    RunListModel& model() { return *model_; }
    RunCharts& charts() { return *charts_; }
    RunMessage& message() { return *message_; }
    RunInspector& runInspector() { return *inspector_; }
    /// By its object name: "pause", "resume", "stop", "checkpoint", "duplicate", "command", "compare", "archive",
    /// "restore", "delete", "endNow", "newRun", "startQueue".
    QAction* action(const QString& name) const;
    /// The dialog for a new run; it is shown, not waited for.
    NewRunDialog* openNewRun();

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void makeActions();
    QWidget* makeList();
    QLayout* makeTitle();
    void connectService();
    QAction* makeAction(const QString& name, const QString& text, const QString& toolTip, void (RunsPage::*slot)());

    void runsChanged();
    void selectionMoved();
    void draw(); ///< draws what is stale, at most a few times a second
    void updateActions();
    void updateMessage();
    QString queueSentence() const;

    std::vector<const RunSummary*> selected() const;
    std::vector<std::string> selectedIds(bool (*which)(const RunSummary&)) const;
    const RunSummary* current() const;
    void change(std::function<Status(RunStore&)> work, const QString& sentence, bool startQueue = false);
    void control(ControlWord word, bool (*which)(const RunSummary&), const QString& sentence);

    void pause();
    void resume();
    void stop();
    void endNow();
    void checkpointNow();
    void duplicate();
    void showCommand();
    void compare();
    void openFolder();
    void archive();
    void restore();
    void removeRuns();
    void startQueue();
    void newRun();
    void runAgain(const QString& id);
    void resumeFrom(qint64 step);
    void addRuns(NewRunDialog& dialog);

    ProjectSession& session_;
    RunService& runs_;
    PageWishes& wishes_;
    RunListModel* model_;
    RunListView* view_;
    QLineEdit* search_;
    QComboBox* group_;
    QLabel* about_;
    QLabel* queueSays_;
    QSplitter* splitter_;
    QWidget* empty_;
    RunCharts* charts_;
    RunMessage* message_;
    RunInspector* inspector_;
    QTimer* timer_;
    QMenu* more_;
    std::map<QString, QAction*> actions_;
    std::vector<std::pair<QWidget*, int>> foldable_; ///< buttons that the menu "More" holds too, and since which width
    std::map<std::string, QDateTime> stopping_;      ///< since when
    QString wanted_;                                 ///< a run to select as soon as the list has it
    bool stale_ = true;
};

} // namespace hilo
