// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/allocation_model.h"
#include "page.h"
#include "page_list.h"

class QComboBox;
class QLineEdit;
class QProgressBar;
class QSpinBox;
class QTabBar;
class QUndoGroup;
class QUndoView;

namespace hilo {

class AllocationView;
class ProjectSession;
class RunService;
class StrategyPanel;

/// Maps of experts and ranks, edited as a grid of layers and modules.
class AllocationPage : public Page
{
    Q_OBJECT
  public:
    explicit AllocationPage(const PageContext& context, QWidget* parent = nullptr);

    void shown() override;
    AllocationView& view() { return *view_; }
    StrategyPanel& strategyPanel() { return *panel_; }
    /// Null when no map is open.
    AllocationDocument* document() const { return document_; }
    void save();

  private:
    QLayout* makeToolBar();
    QFrame* makeSummary();
    QWidget* makeInspector();
    void projectOpened();
    void rebuildTabs();
    void showMap(int index);
    void useBrush();
    void colour();
    void addMap(AllocationMap map);
    void apply(const AllocationMap& map);
    void updateTitles();
    void updateNumbers();
    void updateCell();
    QString similarRuns() const;

    ProjectSession& session_;
    RunService& runs_;
    PageWishes& wishes_;
    QUndoGroup& undoGroup_;
    AllocationDocument* document_ = nullptr;
    AllocationModel* model_ = nullptr;
    QTabBar* tabs_;
    AllocationView* view_;
    QLabel* empty_;
    QWidget* content_;
    QPushButton* paint_;
    QSpinBox* experts_;
    QSpinBox* rank_;
    QComboBox* colourBy_;
    QComboBox* differenceTo_;
    QLabel* trainable_;
    QProgressBar* budgetBar_;
    QLineEdit* budget_;
    QLabel* active_;
    QLabel* memory_;
    QLabel* similar_;
    QPushButton* save_;
    StrategyPanel* panel_;
    QLabel* cellTitle_;
    QLabel* cellFacts_;
    QUndoView* history_;
};

} // namespace hilo
