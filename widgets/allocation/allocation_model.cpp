// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/allocation_model.h"

#include "allocation/cell_text.h"
#include "common/numbers.h"

#include <algorithm>
#include <limits>

namespace hilo {

AllocationModel::AllocationModel(AllocationDocument& document, QObject* parent)
    : QAbstractTableModel(parent), document_(document)
{
    findRange();
    connect(&document_, &AllocationDocument::cellsChanged, this, [this](int first, int last) {
        const auto before = valueRange();
        findRange();
        // Another range recolours every cell; otherwise only the layers that changed.
        if (before != valueRange())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        else
            Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    });
}

void AllocationModel::setColourBy(ColourBy colourBy, Signal signal)
{
    colourBy_ = colourBy;
    signal_ = std::move(signal);
    findRange();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {HeatRole, ValueRole});
}

int AllocationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : document_.layers();
}

int AllocationModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(document_.modules().size()) + 1;
}

std::optional<double> AllocationModel::valueOf(AllocationCell cell) const
{
    if (colourBy_ == ColourBy::Signal)
        return signal_ ? signal_(cell) : std::nullopt;
    const ModuleAllocation allocation = document_.at(cell);
    if (allocation.ranks.empty())
        return std::nullopt;
    switch (colourBy_) {
    case ColourBy::Experts:
        return allocation.experts();
    case ColourBy::Ranks:
        return static_cast<double>(allocation.totalRank());
    default:
        return static_cast<double>(document_.parameters(cell));
    }
}

void AllocationModel::findRange()
{
    lowest_ = std::numeric_limits<double>::infinity();
    highest_ = -lowest_;
    for (int layer = 0; layer < document_.layers(); ++layer) {
        for (int module = 0; module < static_cast<int>(document_.modules().size()); ++module) {
            if (const auto value = valueOf({layer, module})) {
                lowest_ = std::min(lowest_, *value);
                highest_ = std::max(highest_, *value);
            }
        }
    }
}

std::int64_t AllocationModel::layerParameters(int layer) const
{
    std::int64_t sum = 0;
    for (int module = 0; module < static_cast<int>(document_.modules().size()); ++module)
        sum += document_.parameters({layer, module});
    return sum;
}

QVariant AllocationModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (!isModuleColumn(index.column())) {
        const std::int64_t parameters = layerParameters(index.row());
        switch (role) {
        case Qt::DisplayRole:
            return shortNumber(static_cast<double>(parameters));
        case ValueRole:
            return static_cast<qlonglong>(parameters);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            return tr("Layer %1: %2 trainable parameters").arg(index.row()).arg(groupedNumber(parameters));
        default:
            return {};
        }
    }

    const AllocationCell cell = cellOf(index);
    const ModuleAllocation allocation = document_.at(cell);
    const QString module = QString::fromStdString(document_.modules()[static_cast<std::size_t>(cell.module)].name);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return cellText(allocation);
    case HeatRole: {
        const auto value = valueOf(cell);
        if (!value)
            return {};
        return highest_ > lowest_ ? (*value - lowest_) / (highest_ - lowest_) : 0.5;
    }
    case ValueRole: {
        const auto value = valueOf(cell);
        return value ? QVariant(*value) : QVariant();
    }
    case LockedRole:
        return document_.isLocked(cell);
    case ChangedRole:
        return document_.isChanged(cell);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignCenter);
    case Qt::AccessibleTextRole:
        return tr("Layer %1, %2: %3").arg(cell.layer).arg(module, spokenCell(allocation));
    case Qt::ToolTipRole: {
        QString text = tr("Layer %1, %2: %3\n%4 trainable parameters")
                           .arg(cell.layer)
                           .arg(module, spokenCell(allocation), groupedNumber(document_.parameters(cell)));
        if (document_.isLocked(cell))
            text += QLatin1Char('\n') + tr("Locked: generating and painting leave it as it is.");
        if (document_.isChanged(cell))
            text += QLatin1Char('\n') + tr("Changed since the map was saved.");
        return text;
    }
    default:
        return {};
    }
}

QVariant AllocationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section;
    if (!isModuleColumn(section))
        return tr("trainable per layer");
    return QString::fromStdString(document_.modules()[static_cast<std::size_t>(section)].name);
}

Qt::ItemFlags AllocationModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (isModuleColumn(index.column()) && !document_.isLocked(cellOf(index)))
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool AllocationModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || !isModuleColumn(index.column()))
        return false;
    const AllocationCell cell = cellOf(index);
    const auto allocation = parseCellText(value.toString(), document_.at(cell));
    if (!allocation) {
        Q_EMIT refused(QString::fromStdString(describe(allocation.error())));
        return false;
    }
    const ModuleShape& shape = document_.modules()[static_cast<std::size_t>(cell.module)];
    const auto applied = document_.setCells(
        {cell}, {*allocation}, tr("Ranks of layer %1 %2").arg(cell.layer).arg(QString::fromStdString(shape.name)));
    if (applied.tooWide > 0)
        Q_EMIT refused(tr("%1 is %2 × %3: a rank can be at most %4.")
                           .arg(QString::fromStdString(shape.name))
                           .arg(shape.in)
                           .arg(shape.out)
                           .arg(std::min(shape.in, shape.out)));
    return applied.tooWide == 0 && applied.locked == 0;
}

} // namespace hilo
