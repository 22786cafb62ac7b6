// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace hilo {

class RunListModel;

/// Two lines a run: state as a shape, name, result; seed and time left; a bar for what runs.
class RunListDelegate : public QStyledItemDelegate
{
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The list of runs. Waiting ones are dragged to another place in the queue, or moved there with Alt+Up and Alt+Down.
class RunListView : public QListView
{
    Q_OBJECT
  public:
    explicit RunListView(RunListModel& model, QWidget* parent = nullptr);

    /// The ids of the selected runs, in the order of the list.
    QStringList selectedIds() const;
    void selectRun(const QString& id);
    /// Moves the current run one place up (-1) or down (1) in the queue.
    void moveCurrent(int direction);

  Q_SIGNALS:
    void selectionMoved();
    void deleteRequested();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

  private:
    RunListModel& runs_;
};

} // namespace hilo
