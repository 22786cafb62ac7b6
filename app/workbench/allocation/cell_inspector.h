// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/allocation_document.h"
#include "allocation/profile.h"

#include <QWidget>

#include <functional>
#include <memory>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace hilo {

class Plot;

/// The selected cells of a map: their ranks to type, experts, rank, top-k and alpha to spin, what they cost, and what
/// a complexity profile says about them.
class CellInspector : public QWidget
{
    Q_OBJECT
  public:
    explicit CellInspector(QWidget* parent = nullptr);

    void setDocument(AllocationDocument* document);
    /// current: the one whose facts are shown; it is one of cells, unless these are empty.
    void setCells(std::vector<AllocationCell> cells, AllocationCell current);
    void setProfile(std::shared_ptr<const ComplexityProfile> profile);

  Q_SIGNALS:
    void refused(const QString& reason);

  private:
    template <class Box, class Value>
    Box* addBox(QFormLayout* form, const QString& title, const QString& toolTip, Value lowest, Value highest);
    void refresh();
    void showFacts();
    void showDepth();
    void typed();
    /// Changes all selected cells; steps with the same name in a row are one undo step.
    void change(const QString& text, int key, const std::function<void(ModuleAllocation&)>& edit);

    AllocationDocument* document_ = nullptr;
    std::vector<AllocationCell> cells_;
    AllocationCell current_;
    std::shared_ptr<const ComplexityProfile> profile_;
    bool refreshing_ = false;
    int selection_ = 0; ///< counts selections, for merge keys
    QLabel* title_;
    QWidget* editors_;
    QLineEdit* ranks_;
    QSpinBox* experts_;
    QSpinBox* rank_;
    QSpinBox* topK_;
    QDoubleSpinBox* alpha_;
    QLabel* facts_;
    QComboBox* signal_;
    QLabel* signalLabel_;
    Plot* depth_;
};

} // namespace hilo
