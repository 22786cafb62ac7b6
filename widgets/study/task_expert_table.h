// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace hilo {

class TaskExpertModel;

/// Paints a task's experts of a layer side by side, each as dark as its share: the middle of the scale is an equal
/// share, its end twice that, as in the view of expert loads.
class TaskExpertDelegate final : public QStyledItemDelegate
{
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The experts by task, all columns in the width that there is.
class TaskExpertTable : public QTableView
{
    Q_OBJECT
  public:
    TaskExpertTable(TaskExpertModel& model, QWidget* parent);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fit();
};

} // namespace hilo
