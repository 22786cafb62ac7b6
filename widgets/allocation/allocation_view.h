// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/allocation_model.h"

#include <QTableView>

namespace hilo {

/// The map as an editable grid: typing edits, dragging with the brush paints, Ctrl+D fills down and Ctrl+R right,
/// Ctrl+C and Ctrl+V speak with spreadsheets and take MoLA's lists of one number a layer.
class AllocationView : public QTableView
{
    Q_OBJECT
  public:
    explicit AllocationView(QWidget* parent = nullptr);

    /// What dragging paints; nullopt: dragging selects.
    void setBrush(std::optional<ModuleAllocation> brush) { brush_ = std::move(brush); }
    std::vector<AllocationCell> selectedCells() const;
    void setModel(QAbstractItemModel* model) override;

    void copy();
    void paste();
    /// Puts text into the selection: a grid of cells (tabs and lines) from the current cell on, or one number a layer,
    /// which sets the number of experts of each layer with the ranks that it has. Returns what went wrong, or nothing.
    QString pasteText(const QString& text);
    /// Experts of each layer with commas between, as MoLA's command line takes them; of a layer whose modules differ
    /// the largest.
    QString expertsPerLayer() const;
    /// Within the selection: its first row downwards, its first column to the right.
    void fillDown();
    void fillRight();
    /// The current cell's value in every cell of its layer, or of its module.
    void fillRow();
    void fillColumn();
    /// Gives the brush to the selection, without the mouse.
    void paintSelected(const ModuleAllocation& brush);
    /// Changes every selected cell: all ranks by rankStep, the number of experts by expertStep (a new expert gets the
    /// last one's rank). Several steps in a row are one undo step.
    void spin(int rankStep, int expertStep);
    void clearSelected();
    void toggleLock();

  Q_SIGNALS:
    void refused(const QString& reason);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    AllocationModel* allocationModel() const { return qobject_cast<AllocationModel*>(model()); }
    /// Few layers get higher rows, so that a small model's map is no strip at the top.
    void fitRows();
    /// Modules share the width; the bars of the layers get half a column more, and never less than their heading.
    void fitColumns();
    void paintAt(const QPoint& position);
    QString pasteExpertsPerLayer(const QStringList& numbers);
    QString pasteGrid(const QStringList& lines);
    void say(const AllocationDocument::Applied& applied);

    std::optional<ModuleAllocation> brush_;
    int stroke_ = 0; ///< merge key of the drag under way; 0: none
    int strokes_ = 0;
    int spin_ = 0; ///< merge key of the spinning under way
    std::vector<AllocationCell> spun_;
    int wheel_ = 0; ///< eighths of a degree that have not made a step yet
};

} // namespace hilo
