// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/allocation_model.h"
#include "allocation/profile.h"
#include "page.h"
#include "page_context.h"

#include <QDateTime>

#include <memory>

class QComboBox;
class QSpinBox;
class QTabBar;
class QUndoGroup;
class QUndoView;

namespace hilo {

class AllocationView;
class CellInspector;
class MapCommands;
class MapLegend;
class MapSummary;
class ProjectSession;
class RunService;
class SearchRunPanel;
class StrategyPanel;
class TrainingEstimator;

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

    MapCommands& commands() { return *commands_; }

  private:
    void readCompared();
    QWidget* makeTabs();
    QWidget* makeToolBar();
    QWidget* makeInspector();
    void makeGridActions();
    void connectAll();
    void projectOpened();
    void rebuildTabs();
    void showMap(int index);
    ModuleAllocation brush() const;
    void useBrush();
    void loadProfile(const QString& chosen);
    void listColours();
    void colour();
    void showLegend();
    void apply(const AllocationMap& map);
    void updateTitles();
    void updateCells();

    ProjectSession& session_;
    RunService& runs_;
    PageWishes& wishes_;
    QUndoGroup& undoGroup_;
    MapCommands* commands_;
    TrainingEstimator* estimator_;
    AllocationDocument* document_ = nullptr;
    AllocationModel* model_ = nullptr;
    QMetaObject::Connection referenceChanged_;
    std::shared_ptr<const ComplexityProfile> profile_;
    QString newestProfile_;
    QString profileFile_;
    QDateTime profileWritten_;
    QTabBar* tabs_ = nullptr;
    AllocationView* view_ = nullptr;
    MapLegend* legend_ = nullptr;
    QLabel* empty_ = nullptr;
    QWidget* content_ = nullptr;
    QPushButton* paint_ = nullptr;
    QSpinBox* experts_ = nullptr;
    QSpinBox* rank_ = nullptr;
    QComboBox* colourBy_ = nullptr;
    QComboBox* differenceTo_ = nullptr;
    MapSummary* summary_ = nullptr;
    StrategyPanel* panel_ = nullptr;
    SearchRunPanel* search_ = nullptr;
    QString searchedFolder_; ///< of the project whose search runs
    CellInspector* cell_ = nullptr;
    QUndoView* history_ = nullptr;
    int comparedRequest_ = 0;
};

} // namespace hilo
