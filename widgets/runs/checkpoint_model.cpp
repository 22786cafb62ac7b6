// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/checkpoint_model.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

double lossAt(const RunHistory& history, std::int64_t step)
{
    const auto losses = history.metrics.find("loss");
    const auto place = std::lower_bound(history.steps.begin(), history.steps.end(), static_cast<double>(step));
    if (losses == history.metrics.end() || place == history.steps.end())
        return std::numeric_limits<double>::quiet_NaN();
    return losses->second[place - history.steps.begin()];
}

} // namespace

void CheckpointModel::setCheckpoints(std::vector<Checkpoint> checkpoints, const RunHistory& history)
{
    std::reverse(checkpoints.begin(), checkpoints.end());
    std::vector<Row> rows;
    for (Checkpoint& checkpoint : checkpoints)
        rows.push_back({std::move(checkpoint), 0});
    for (Row& row : rows)
        row.loss = lossAt(history, row.checkpoint.step);
    const bool sameSteps = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(),
                                      [](auto& a, auto& b) { return a.checkpoint.step == b.checkpoint.step; });
    if (sameSteps) {
        // The selection stays.
        rows_ = std::move(rows);
        if (!rows_.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

const Checkpoint* CheckpointModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)].checkpoint : nullptr;
}

int CheckpointModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int CheckpointModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CheckpointModel::textOf(const Row& row, int column) const
{
    const Checkpoint& checkpoint = row.checkpoint;
    switch (column) {
    case Step:
        return groupedNumber(checkpoint.step);
    case Loss:
        return std::isnan(row.loss) ? QStringLiteral("–") : QLocale().toString(row.loss, 'f', 3);
    case Size:
        return byteSize(checkpoint.bytes);
    default:
        if (!checkpoint.valid)
            return QStringLiteral("✗ ") + QString::fromStdString(checkpoint.problem);
        return checkpoint.pinned ? tr("✓ kept") : tr("✓ valid");
    }
}

QVariant CheckpointModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !at(index.row()))
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const ThemeColours& colours = Theme::instance().colours();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(index.column() == State ? Qt::AlignLeft | Qt::AlignVCenter
                                                           : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (index.column() == State)
            return row.checkpoint.valid ? colours.good : colours.failed;
        return {};
    case Qt::ToolTipRole:
        return row.checkpoint.valid
                   ? tr("A run can go on from here. %1")
                         .arg(row.checkpoint.pinned ? tr("It is never removed to make room.") : QString())
                   : tr("A run cannot go on from here: %1").arg(QString::fromStdString(row.checkpoint.problem));
    case Qt::AccessibleTextRole:
        return tr("step %1, loss %2, %3, %4")
            .arg(textOf(row, Step), textOf(row, Loss), textOf(row, Size), textOf(row, State));
    default:
        return {};
    }
}

QVariant CheckpointModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(section == State ? Qt::AlignLeft | Qt::AlignVCenter
                                                    : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Step:
        return tr("step");
    case Loss:
        return tr("loss");
    case Size:
        return tr("size");
    default:
        return tr("state");
    }
}

} // namespace hilo
