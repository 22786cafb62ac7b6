// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"
#include "page_context.h"
#include "runs/run_list_model.h"

class QAction;
class QComboBox;
class QLineEdit;
class QMenu;
class QSplitter;
class QTimer;
class QUndoGroup;

namespace hilo {

class RunActions;
class RunCharts;
class RunInspector;
class RunListView;
class RunMessage;
class RunOverlay;
class RunService;
class RunStatePanel;
struct RunDetails;

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
    RunActions& runActions() { return *actions_; }
    RunStatePanel& statePanel() { return *statePanel_; }
    QDialog* demonstrateDialog(int number) override;
    /// By its object name, as RunActions has it.
    QAction* action(const QString& name) const;

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeList();
    QLayout* makeTitle();
    void connectService();

    void runsChanged();
    void selectionMoved();
    void draw(); ///< draws what is stale, at most a few times a second
    void updateActions();
    void updateMessage();
    void askForResult(const RunSummary* run);
    void askForDetails(const RunSummary* run);
    void drawOverlay();
    void connectNotes();
    QString queueSentence() const;

    std::vector<const RunSummary*> selected() const;
    const RunSummary* current() const;

    ProjectSession& session_;
    RunService& runs_;
    PageWishes& wishes_;
    RunListModel* model_;
    RunActions* actions_;
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
    std::vector<std::pair<QWidget*, int>> foldable_; ///< buttons that the menu "More" holds too, and since which width
    QString wanted_;                                 ///< a run to select as soon as the list has it
    bool stale_ = true;
    RunOverlay* overlay_;
    RunStatePanel* statePanel_;
    QUndoGroup& undoGroup_;
    std::shared_ptr<const RunDetails> details_; ///< of the run in front; null: not read
    QString detailsOf_;                         ///< the run, and its state, whose details are shown or asked for
    QString resultOf_;                          ///< the run, and its end, whose result is shown or asked for
};

} // namespace hilo
