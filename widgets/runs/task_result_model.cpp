// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/task_result_model.h"

#include "common/metric_text.h"
#include "metrics/metric.h"

#include <QFont>

#include <algorithm>

namespace hilo {
namespace {

/// The metrics of a result: those that the program knows first, in its order.
std::vector<std::string> metricsIn(const std::vector<FinalScore>& scores)
{
    std::vector<std::string> names;
    const auto has = [&scores](const std::string& name) {
        return std::any_of(scores.begin(), scores.end(), [&name](const FinalScore& one) { return one.metric == name; });
    };
    for (const Metric* known : metrics())
        if (has(known->name))
            names.push_back(known->name);
    for (const FinalScore& one : scores)
        if (std::find(names.begin(), names.end(), one.metric) == names.end())
            names.push_back(one.metric);
    return names;
}

} // namespace

void TaskResultModel::setScores(const std::vector<FinalScore>& scores)
{
    if (scores == scores_)
        return; // what is selected stays
    beginResetModel();
    scores_ = scores;
    metrics_ = metricsIn(scores);
    rows_.clear();
    std::vector<std::string> tasks;
    for (const FinalScore& one : scores)
        if (std::find(tasks.begin(), tasks.end(), one.task) == tasks.end())
            tasks.push_back(one.task);
    for (const std::string& task : tasks) {
        Row row{task.empty() ? tr("whole run") : QString::fromStdString(task), false, {}};
        row.cells.resize(metrics_.size());
        for (const FinalScore& one : scores)
            if (one.task == task)
                row.cells[static_cast<std::size_t>(std::find(metrics_.begin(), metrics_.end(), one.metric) -
                                                   metrics_.begin())] = {one.value, one.low, one.high, 1};
        rows_.push_back(std::move(row));
    }
    if (rows_.size() > 1) {
        Row mean{tr("mean"), true, std::vector<Cell>(metrics_.size())};
        for (std::size_t i = 0; i < metrics_.size(); ++i) {
            double sum = 0;
            int count = 0;
            for (const Row& row : rows_)
                if (row.cells[i].value) {
                    sum += *row.cells[i].value;
                    ++count;
                }
            if (count > 0)
                mean.cells[i] = {sum / count, {}, {}, count};
        }
        rows_.push_back(std::move(mean));
    }
    endResetModel();
}

int TaskResultModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int TaskResultModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1 + static_cast<int>(metrics_.size());
}

QString TaskResultModel::textOf(const Row& row, int column) const
{
    if (column == 0)
        return row.task;
    const auto place = static_cast<std::size_t>(column - 1);
    const Cell& cell = row.cells[place];
    return cell.value ? MetricText(metrics_[place]).withInterval(*cell.value, cell.low, cell.high)
                      : QStringLiteral("–");
}

QVariant TaskResultModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole: {
        QFont font;
        font.setBold(row.isMean);
        return font;
    }
    case Qt::ToolTipRole:
        if (index.column() == 0)
            return row.task;
        if (const Cell& cell = row.cells[static_cast<std::size_t>(index.column() - 1)]; !cell.value)
            return tr("not measured");
        else if (row.isMean)
            return tr("Mean over the %n task(s) that have it", nullptr, cell.tasks);
        else if (cell.low && cell.high)
            return tr("With the 95 % interval of its evaluation");
        return {};
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? row.task
                                   : row.task + QStringLiteral(", ") +
                                         headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString() +
                                         QStringLiteral(": ") + textOf(row, index.column());
    default:
        return {};
    }
}

QVariant TaskResultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (section == 0)
        return role == Qt::DisplayRole ? QVariant(tr("task")) : QVariant();
    const MetricText metric(metrics_[static_cast<std::size_t>(section - 1)]);
    if (role == Qt::ToolTipRole)
        return metric.about();
    return role == Qt::DisplayRole ? QVariant(metric.axisTitle()) : QVariant();
}

} // namespace hilo
