// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/allocation_model.h"

#include "allocation/cell_text.h"
#include "common/numbers.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {

AllocationModel::AllocationModel(AllocationDocument& document, QObject* parent)
    : QAbstractTableModel(parent), document_(document), layerParameters_(static_cast<std::size_t>(document.layers()))
{
    countLayers(0, document_.layers() - 1);
    findRange();
    connect(&document_, &AllocationDocument::cellsChanged, this, [this](int first, int last) {
        const auto range = valueRange();
        const auto mostInLayer = std::max_element(layerParameters_.begin(), layerParameters_.end());
        const std::int64_t most = mostInLayer == layerParameters_.end() ? 0 : *mostInLayer;
        countLayers(first, last);
        findRange();
        // Another range recolours every cell; otherwise only the layers that changed.
        if (range != valueRange() || most != *std::max_element(layerParameters_.begin(), layerParameters_.end()))
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        else
            Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    });
}

void AllocationModel::setColourBy(ColourBy colourBy, Signal signal)
{
    colourBy_ = colourBy;
    signal_ = std::move(signal);
    recolour();
}

void AllocationModel::setReference(std::optional<AllocationMap> reference)
{
    reference_ = std::move(reference);
    recolour();
}

void AllocationModel::recolour()
{
    findRange();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void AllocationModel::countLayers(int first, int last)
{
    for (int layer = first; layer <= last; ++layer) {
        std::int64_t sum = 0;
        for (int module = 0; module < document_.columns(); ++module)
            sum += document_.parameters({layer, module});
        layerParameters_[static_cast<std::size_t>(layer)] = sum;
    }
}

int AllocationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : document_.layers();
}

int AllocationModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : document_.columns() + 1;
}

std::int64_t AllocationModel::rankDifference(AllocationCell cell) const
{
    const ModuleAllocation* other = reference_->find(static_cast<std::size_t>(cell.layer), document_.moduleName(cell));
    return document_.at(cell).totalRank() - (other ? other->totalRank() : 0);
}

std::optional<double> AllocationModel::valueOf(AllocationCell cell) const
{
    if (reference_) {
        const std::int64_t difference = rankDifference(cell);
        return difference == 0 ? std::nullopt : std::optional(static_cast<double>(difference));
    }
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
        for (int module = 0; module < document_.columns(); ++module) {
            if (const auto value = valueOf({layer, module})) {
                lowest_ = std::min(lowest_, *value);
                highest_ = std::max(highest_, *value);
            }
        }
    }
    if (reference_) {
        const double most = lowest_ > highest_ ? 0 : std::max(std::abs(lowest_), std::abs(highest_));
        lowest_ = -most;
        highest_ = most;
    }
}

QVariant AllocationModel::layerData(int layer, int role) const
{
    const std::int64_t parameters = layerParameters_[static_cast<std::size_t>(layer)];
    switch (role) {
    case Qt::DisplayRole:
        return shortNumber(static_cast<double>(parameters));
    case ValueRole:
        return static_cast<qlonglong>(parameters);
    case HeatRole: {
        const std::int64_t most = *std::max_element(layerParameters_.begin(), layerParameters_.end());
        return most > 0 ? static_cast<double>(parameters) / static_cast<double>(most) : 0.0;
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("Layer %1: %2 trainable parameters").arg(layer).arg(groupedNumber(parameters));
    default:
        return {};
    }
}

QString AllocationModel::toolTip(AllocationCell cell) const
{
    const QString name = QString::fromStdString(document_.moduleName(cell));
    if (!document_.shapeOf(cell))
        return tr("Layer %1 has no %2.").arg(cell.layer).arg(name);
    QString text = tr("Layer %1, %2: %3\n%4 trainable parameters")
                       .arg(cell.layer)
                       .arg(name, spokenCell(document_.at(cell)), groupedNumber(document_.parameters(cell)));
    if (reference_) {
        const ModuleAllocation* other =
            reference_->find(static_cast<std::size_t>(cell.layer), document_.moduleName(cell));
        text += QLatin1Char('\n') +
                tr("In %1: %2")
                    .arg(QString::fromStdString(reference_->name), spokenCell(other ? *other : ModuleAllocation{}));
    } else if (colourBy_ == ColourBy::Signal) {
        const auto value = valueOf(cell);
        text += QLatin1Char('\n') + (value ? tr("Signal: %1").arg(shortNumber(*value)) : tr("Signal: not measured"));
    }
    if (document_.isLocked(cell))
        text += QLatin1Char('\n') + tr("Locked: generating and painting leave it as it is.");
    if (document_.isChanged(cell))
        text += QLatin1Char('\n') + tr("Changed since the map was saved.");
    return text;
}

/// Of a cell whose layer has no such module.
QVariant AllocationModel::absentData(AllocationCell cell, int role) const
{
    switch (role) {
    case AbsentRole:
        return true;
    case LockedRole:
    case ChangedRole:
        return false;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return toolTip(cell);
    default:
        return {};
    }
}

QVariant AllocationModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (!isModuleColumn(index.column()))
        return layerData(index.row(), role);
    const AllocationCell cell = cellOf(index);
    if (!document_.shapeOf(cell))
        return absentData(cell, role);
    switch (role) {
    case Qt::DisplayRole:
        if (reference_) {
            const std::int64_t difference = rankDifference(cell);
            return difference == 0  ? QStringLiteral("=")
                   : difference > 0 ? QStringLiteral("+%1").arg(difference)
                                    : QStringLiteral("−%1").arg(-difference);
        }
        return cellText(document_.at(cell));
    case Qt::EditRole:
        return cellText(document_.at(cell));
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
    case AbsentRole:
        return false;
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignCenter);
    case Qt::AccessibleTextRole:
        return tr("Layer %1, %2: %3")
            .arg(cell.layer)
            .arg(QString::fromStdString(document_.moduleName(cell)), spokenCell(document_.at(cell)));
    case Qt::ToolTipRole:
        return toolTip(cell);
    default:
        return {};
    }
}

QVariant AllocationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isTotal = orientation == Qt::Horizontal && !isModuleColumn(section);
    if (isTotal && (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole))
        return tr("trainable per layer");
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section;
    if (isTotal)
        return tr("trainable");
    return QString::fromStdString(document_.modules().name(static_cast<std::size_t>(section)));
}

Qt::ItemFlags AllocationModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (isModuleColumn(index.column()) && !document_.shapeOf(cellOf(index)))
        return flags;
    if (isModuleColumn(index.column()) && !document_.isLocked(cellOf(index)))
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool AllocationModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || !isModuleColumn(index.column()))
        return false;
    const AllocationCell cell = cellOf(index);
    const ModuleShape* shape = document_.shapeOf(cell);
    if (!shape) {
        Q_EMIT refused(toolTip(cell));
        return false;
    }
    const auto allocation = parseCellText(value.toString(), document_.at(cell));
    if (!allocation) {
        Q_EMIT refused(QString::fromStdString(describe(allocation.error())));
        return false;
    }
    const QString name = QString::fromStdString(shape->name);
    const auto applied =
        document_.setCells({cell}, {*allocation}, tr("Ranks of layer %1 %2").arg(cell.layer).arg(name));
    if (applied.tooWide > 0)
        Q_EMIT refused(tr("%1 is %2 × %3: a rank can be at most %4.")
                           .arg(name)
                           .arg(shape->in)
                           .arg(shape->out)
                           .arg(shape->width()));
    return applied.tooWide == 0 && applied.locked == 0;
}

} // namespace hilo
