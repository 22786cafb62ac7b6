// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/task_list_model.h"

#include "run/run_settings.h"
#include "run/task_spec.h"

namespace hilo {
namespace {

QString wordAt(const Json& task, const char* key)
{
    const auto found = task.find(key);
    if (found == task.end())
        return {};
    if (found->is_string())
        return QString::fromStdString(found->get<std::string>());
    return found->is_number() ? QString::fromStdString(shownNumber(found->get<double>())) : QString();
}

} // namespace

void TaskListModel::setTasks(const Json& data)
{
    beginResetModel();
    tasks_.clear();
    if (data.is_array()) {
        for (const Json& task : data)
            if (task.is_object())
                tasks_.push_back(task);
    } else if (data.is_object()) {
        tasks_.push_back(data);
    }
    if (tasks_.empty())
        tasks_.push_back(Json::object());
    endResetModel();
}

Json TaskListModel::tasks() const
{
    return tasks_.size() == 1 ? tasks_.front() : Json(tasks_);
}

void TaskListModel::setTask(int row, Json task)
{
    tasks_[static_cast<std::size_t>(row)] = std::move(task);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

int TaskListModel::add(Json task)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    tasks_.push_back(std::move(task));
    endInsertRows();
    return row;
}

void TaskListModel::remove(int row)
{
    if (tasks_.size() < 2 || row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    tasks_.erase(tasks_.begin() + row);
    endRemoveRows();
}

QString TaskListModel::nameOf(int row) const
{
    const Json& one = task(row);
    if (const QString name = wordAt(one, "task"); !name.isEmpty())
        return name;
    DataSpec data;
    data.benchmark = wordAt(one, "benchmark").toStdString();
    data.path = wordAt(one, "path").toStdString();
    if (const auto split = one.find("split"); split != one.end() && split->is_object())
        for (const char* part : {"train", "validation", "test"})
            if (const QString file = wordAt(*split, part); !file.isEmpty())
                data.splitFiles[part] = file.toStdString();
    return QString::fromStdString(defaultTaskName(data));
}

QString TaskListModel::textOf(const Json& task, int column, int row) const
{
    switch (column) {
    case Task:
        return nameOf(row);
    case Data: {
        const QString path = wordAt(task, "path");
        return path.isEmpty() ? tr("none yet") : path.section(QLatin1Char('/'), -2);
    }
    case Template: {
        // A benchmark says its template.
        const QString benchmark = wordAt(task, "benchmark");
        const QString name = benchmark.isEmpty() ? wordAt(task, "template") : benchmark;
        return name.isEmpty() || name == QLatin1String(automaticTemplate) ? tr("by the columns")
                                                                          : name.section(QLatin1Char('/'), -1);
    }
    case Weight: {
        const QString weight = wordAt(task, "weight");
        return weight.isEmpty() ? QStringLiteral("1") : weight;
    }
    case Limit: {
        const QString limit = wordAt(task, "limit");
        return limit.isEmpty() || limit == QLatin1String("0") ? tr("all rows") : limit;
    }
    case Protocol: {
        const QString protocol = wordAt(task, "protocol");
        return protocol.isEmpty() ? tr("the run's") : protocol;
    }
    default:
        return {};
    }
}

int TaskListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(tasks_.size());
}

int TaskListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TaskListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return textOf(task(index.row()), index.column(), index.row());
    if (role == Qt::ToolTipRole && index.column() == Data)
        return wordAt(task(index.row()), "path");
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Weight || index.column() == Limit ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    return {};
}

QVariant TaskListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Weight || section == Limit ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Task:
        return tr("task");
    case Data:
        return tr("data");
    case Template:
        return tr("template");
    case Weight:
        return tr("weight");
    case Limit:
        return tr("limit");
    case Protocol:
        return tr("protocol");
    default:
        return {};
    }
}

} // namespace hilo
