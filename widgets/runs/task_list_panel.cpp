// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/task_list_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr int mostRows = 5; ///< that are seen at once

} // namespace

TaskListPanel::TaskListPanel(QWidget* parent)
    : QWidget(parent), model_(new TaskListModel(this)), table_(new QTableView(this))
{
    auto* heading = new QLabel(tr("Data"), this);
    heading->setObjectName(QStringLiteral("heading"));
    auto* add = new QPushButton(tr("Add task"), this);
    add->setObjectName(QStringLiteral("addTask"));
    add->setAccessibleName(add->text());
    add->setToolTip(
        tr("Train on further data in the same run; each task has data, template, weight and measure of its own"));
    remove_ = new QPushButton(tr("Remove task"), this);
    remove_->setObjectName(QStringLiteral("removeTask"));
    remove_->setAccessibleName(remove_->text());
    remove_->setToolTip(tr("Leave the chosen task out of the run; its data stays where it is"));
    for (QPushButton* button : {add, remove_})
        button->setAutoDefault(false);
    auto* line = new QHBoxLayout;
    line->addWidget(heading);
    line->addStretch();
    line->addWidget(add);
    line->addWidget(remove_);
    table_->setModel(model_);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setWordWrap(false);
    table_->setTabKeyNavigation(false);
    table_->setTextElideMode(Qt::ElideMiddle);
    table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table_->setAccessibleName(tr("Tasks of the run"));
    table_->setToolTip(tr("Choose a task to see and change its settings below"));
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const int column : {TaskListModel::Task, TaskListModel::Data, TaskListModel::Template})
        table_->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(table_);
    connect(add, &QPushButton::clicked, this, &TaskListPanel::add);
    connect(remove_, &QPushButton::clicked, this, &TaskListPanel::remove);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& to) {
        if (to.isValid() && to.row() != current_) {
            current_ = to.row();
            Q_EMIT chosen();
        }
    });
    arrange();
}

void TaskListPanel::setTasks(const Json& tasks)
{
    {
        const QSignalBlocker quiet(table_->selectionModel());
        model_->setTasks(tasks);
        current_ = 0;
    }
    arrange();
    Q_EMIT chosen();
}

void TaskListPanel::choose(int row)
{
    if (row < 0 || row >= model_->rowCount() || row == current_)
        return;
    current_ = row;
    arrange();
    Q_EMIT chosen();
}

void TaskListPanel::add()
{
    const int row = model_->add(Json{{"path", ""}});
    current_ = row;
    arrange();
    Q_EMIT chosen();
    Q_EMIT changed();
}

void TaskListPanel::remove()
{
    if (!hasSeveral())
        return;
    {
        const QSignalBlocker quiet(table_->selectionModel());
        model_->remove(current_);
    }
    current_ = std::min(current_, model_->rowCount() - 1);
    arrange();
    Q_EMIT chosen();
    Q_EMIT changed();
}

/// One task needs no list; several are as high as they are many.
void TaskListPanel::arrange()
{
    remove_->setVisible(hasSeveral());
    table_->setVisible(hasSeveral());
    const int rows = std::min(model_->rowCount(), mostRows);
    table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() +
                           rows * table_->verticalHeader()->defaultSectionSize() + 2);
    const QSignalBlocker quiet(table_->selectionModel());
    table_->setCurrentIndex(model_->index(current_, 0));
    table_->viewport()->update();
}

} // namespace hilo
