// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/task_share_model.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <QLocale>

#include <algorithm>
#include <numeric>

namespace hilo {

void TaskShareModel::setTasks(std::vector<TaskShare> tasks, Mixing mixing, double temperature)
{
    beginResetModel();
    tasks_ = std::move(tasks);
    mixing_ = mixing;
    temperature_ = temperature;
    mix();
    endResetModel();
}

void TaskShareModel::mix()
{
    epoch_.clear();
    all_ = 0;
    std::vector<MixedTask> mixed;
    for (const TaskShare& task : tasks_)
        if (task.rows && task.usedRows > 0 && task.weight > 0)
            mixed.push_back({task.usedRows, task.weight});
    if (mixed.size() != tasks_.size() || mixed.empty())
        return;
    epoch_ = mixed.size() == 1 ? std::vector{mixed.front().rows}
                               : TaskMixture(mixing_, temperature_, std::move(mixed)).rowsOfEpoch();
    all_ = std::accumulate(epoch_.begin(), epoch_.end(), std::int64_t{0});
}

std::optional<double> TaskShareModel::shareOf(int row) const
{
    if (row < 0 || static_cast<std::size_t>(row) >= epoch_.size())
        return std::nullopt;
    return static_cast<double>(epoch_[static_cast<std::size_t>(row)]) / static_cast<double>(all_);
}

int TaskShareModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(tasks_.size());
}

int TaskShareModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString TaskShareModel::textOf(int row, int column) const
{
    const TaskShare& task = taskAt(row);
    const QString unknown = task.problem.isEmpty() ? QStringLiteral("…") : QStringLiteral("–");
    const auto known = static_cast<std::size_t>(row) < epoch_.size();
    switch (column) {
    case Task:
        return task.name;
    case Rows:
        return task.rows ? groupedNumber(*task.rows) : unknown;
    case Limit:
        return task.limit > 0 ? groupedNumber(task.limit) : tr("none");
    case Weight:
        return QLocale().toString(task.weight, 'g', 6);
    case EpochRows:
        return known ? groupedNumber(epoch_[static_cast<std::size_t>(row)]) : unknown;
    case Share:
        return known ? percentage(*shareOf(row)) : unknown;
    case Passes:
        return known ? QLocale().toString(static_cast<double>(epoch_[static_cast<std::size_t>(row)]) /
                                              static_cast<double>(task.usedRows),
                                          'f', 2)
                     : unknown;
    default:
        return {};
    }
}

QVariant TaskShareModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TaskShare& task = taskAt(index.row());
    if (role == Qt::DisplayRole)
        return textOf(index.row(), index.column());
    if (role == Qt::EditRole) {
        if (index.column() == Weight)
            return task.weight;
        if (index.column() == Limit)
            return static_cast<qlonglong>(task.limit);
        return textOf(index.row(), index.column());
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Task ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && !task.problem.isEmpty() && index.column() == Task)
        return Theme::instance().colours().failed;
    if (role == Qt::ToolTipRole) {
        if (!task.problem.isEmpty())
            return task.problem;
        if (index.column() == Task)
            return task.path;
        return headerData(index.column(), Qt::Horizontal, Qt::ToolTipRole);
    }
    return {};
}

QVariant TaskShareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Task ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool isTitle = role == Qt::DisplayRole;
    switch (section) {
    case Task:
        return isTitle ? tr("task") : tr("Choose a task to see its rows and change what it reads");
    case Rows:
        return isTitle ? tr("rows") : tr("Rows that can be trained on");
    case Limit:
        return isTitle ? tr("limit") : tr("The first training rows only; 0: all. Double-click to change it");
    case Weight:
        return isTitle ? tr("weight") : tr("Times the task's share. Double-click to change it");
    case EpochRows:
        return isTitle ? tr("rows of an epoch") : tr("How many of an epoch's rows are the task's");
    case Share:
        return isTitle ? tr("share") : tr("Of the rows of every epoch, and so of the steps");
    case Passes:
        return isTitle ? tr("passes") : tr("How often an epoch goes through the task's rows");
    default:
        return {};
    }
}

Qt::ItemFlags TaskShareModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == Weight || index.column() == Limit ? flags | Qt::ItemIsEditable : flags;
}

bool TaskShareModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) ||
        !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    TaskShare& task = tasks_[static_cast<std::size_t>(index.row())];
    bool isNumber = false;
    if (index.column() == Weight) {
        const double weight = value.toDouble(&isNumber);
        if (!isNumber || weight < 1e-6 || weight > 1e6)
            return false;
        task.weight = weight;
    } else {
        const qlonglong limit = value.toLongLong(&isNumber);
        if (!isNumber || limit < 0 || limit > qlonglong{1} << 40)
            return false;
        task.limit = limit;
        task.usedRows = limit > 0 ? std::min<std::int64_t>(limit, task.rows.value_or(0)) : task.rows.value_or(0);
    }
    mix();
    Q_EMIT dataChanged(this->index(0, 0), this->index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT edited(index.row(), task.weight, task.limit);
    return true;
}

} // namespace hilo
