// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/inspection.h"
#include "page.h"

#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStandardItemModel;
class QTableView;

namespace hilo {

class BlockPicture;
class ComparisonDialog;
class ProjectSession;

/// What the open model is: its architecture, the parameters of each module, files and types, memory by precision and
/// every tensor; or, in words, what is wrong with its folder.
class ModelPage : public Page
{
    Q_OBJECT
  public:
    explicit ModelPage(ProjectSession& session, QWidget* parent = nullptr);

    /// The dialog that puts another model beside this one; null while there is no model.
    ComparisonDialog* compare();
    QDialog* demonstrateDialog(int number) override;

  protected:
    void resizeEvent(QResizeEvent*) override { showDrawing(); }

  private:
    QFrame* makeFacts();
    QFrame* makeModules();
    QFrame* makeTensors();
    void showDrawing();
    void listLayerKinds(const ModelConfig& config);
    void drawBlock();
    void projectOpened();
    void locateModel(const QString& path);
    void fill(const ModelInspection& inspection);
    void fillParameters(const ModelInspection& inspection);
    void fillTensors(const ModelInspection& inspection);
    void search(const QString& text);
    /// Instead of the page: a sentence, quiet or as a problem.
    void sayInstead(const QString& heading, const QString& text);

    ProjectSession& session_;
    std::optional<ModelInspection> inspection_; ///< of what is shown
    QWidget* instead_;
    QPushButton* locate_;
    QLabel* insteadHeading_;
    QLabel* insteadText_;
    QWidget* content_;
    QLabel* architecture_;
    QLabel* memory_;
    QLabel* files_;
    QWidget* peculiarColumn_;
    QLabel* peculiarities_;
    QWidget* drawing_;
    QComboBox* layerKind_;
    BlockPicture* block_;
    QTableView* moduleTable_;
    QTableView* tensorTable_;
    QStandardItemModel* modules_;
    QStandardItemModel* tensors_;
    QSortFilterProxyModel* shownTensors_;
    QLabel* tensorCount_;
};

} // namespace hilo
