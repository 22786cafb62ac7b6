// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace hilo {

/// A table of coloured cells that always fits its width; the column of the current cell is framed. Arrow keys move.
class HeatTable : public QTableView
{
    Q_OBJECT
  public:
    explicit HeatTable(QWidget* parent = nullptr);

    /// Cells as high as wide, at most: for matrices whose sides mean the same.
    void setSquare(bool square);
    void setFrameColumn(bool frame);
    void setModel(QAbstractItemModel* model) override;
    /// Makes a column current and keeps the row; outside of the model: none.
    void setCurrentColumn(int column);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    /// A person moved to another cell, by mouse or keyboard.
    void cellChosen(const QModelIndex& index);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

  private:
    void fit();
    bool square_ = false;
    bool frameColumn_ = true;
    bool moving_ = false;
};

} // namespace hilo
