// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/benchmark_split_model.h"

#include "common/numbers.h"

namespace hilo {

void BenchmarkSplitModel::setSplits(std::vector<BenchmarkSplit> splits)
{
    beginResetModel();
    splits_ = std::move(splits);
    endResetModel();
}

int BenchmarkSplitModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(splits_.size());
}

int BenchmarkSplitModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString BenchmarkSplitModel::textOf(const BenchmarkSplit& split, int column) const
{
    switch (column) {
    case Split:
        return split.name;
    case Published:
        return split.published > 0 ? groupedNumber(split.published) : QStringLiteral("–");
    case Read:
        return split.read ? groupedNumber(*split.read) : QStringLiteral("–");
    case Rejected:
        return split.read && split.usable ? groupedNumber(*split.read - *split.usable) : QStringLiteral("–");
    default:
        break;
    }
    if (!split.isLabelled)
        return tr("published without labels: not read");
    if (split.read && split.published > 0 && *split.read != split.published)
        return split.isScored ? tr("scored; not the published rows") : tr("not the published rows");
    return split.isScored ? tr("scored") : QString();
}

QVariant BenchmarkSplitModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BenchmarkSplit& split = splits_[static_cast<std::size_t>(index.row())];
    const bool isNumber = index.column() == Published || index.column() == Read || index.column() == Rejected;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(split, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("%1 %2: %3", "a split, the column, its text")
            .arg(split.name, headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString().toLower(),
                 textOf(split, index.column()));
    default:
        return {};
    }
}

QVariant BenchmarkSplitModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const QString titles[] = {tr("Split"), tr("Published rows"), tr("Rows here"), tr("Rejected"), tr("State")};
    if (role == Qt::DisplayRole)
        return titles[section];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Split || section == State ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    return {};
}

} // namespace hilo
