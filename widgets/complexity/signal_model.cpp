// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/signal_model.h"

#include "common/numbers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

const ComplexitySignal* find(const ProfilePointer& profile, const std::string& signal)
{
    if (!profile)
        return nullptr;
    const auto found = profile->profile.signals.find(signal);
    return found == profile->profile.signals.end() ? nullptr : &found->second;
}

/// Values of a module, or of the layers for an empty name; null when there are none.
const std::vector<double>* valuesOf(const ComplexitySignal* signal, const std::string& module)
{
    if (!signal)
        return nullptr;
    if (module.empty())
        return signal->layers.empty() ? nullptr : &signal->layers;
    const auto found = signal->modules.find(module);
    return found == signal->modules.end() ? nullptr : &found->second;
}

} // namespace

void SignalModel::setSignal(ProfilePointer profile, const std::string& signal, const std::vector<std::string>& modules,
                            ProfilePointer baseline)
{
    beginResetModel();
    rows_.clear();
    help_ = signalHelp(signal);
    difference_ = baseline != nullptr;
    const ComplexitySignal* shown = find(profile, signal);
    const ComplexitySignal* other = find(baseline, signal);
    layers_ = shown ? static_cast<int>(profile->profile.layers) : 0;
    std::vector<std::string> names;
    for (const std::string& module : modules)
        if (valuesOf(shown, module))
            names.push_back(module);
    if (names.empty())
        names.emplace_back();
    for (const std::string& name : names) {
        const std::vector<double>* values = valuesOf(shown, name);
        if (!values)
            continue;
        Row row{QString::fromStdString(name), *values};
        if (difference_) {
            const std::vector<double>* base = valuesOf(other, name);
            for (std::size_t i = 0; i < row.values.size(); ++i)
                row.values[i] = base && i < base->size() ? row.values[i] - (*base)[i] : none;
        }
        rows_.push_back(std::move(row));
    }
    lowest_ = std::numeric_limits<double>::infinity();
    highest_ = -lowest_;
    for (const Row& row : rows_)
        for (const double value : row.values)
            if (!std::isnan(value)) {
                lowest_ = std::min(lowest_, value);
                highest_ = std::max(highest_, value);
            }
    if (lowest_ > highest_)
        lowest_ = highest_ = none;
    if (difference_ && !std::isnan(lowest_)) {
        // No difference is the middle of the scale.
        highest_ = std::max(std::abs(lowest_), std::abs(highest_));
        lowest_ = -highest_;
    }
    endResetModel();
}

int SignalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int SignalModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || rows_.empty() ? 0 : layers_;
}

QVariant SignalModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const double value = rows_[static_cast<std::size_t>(index.row())].values[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return std::isnan(value)
                   ? QString()
                   : (difference_ && value > 0 ? QStringLiteral("+") : QString()) + signalValue(value, {});
    case HeatRole:
        if (std::isnan(value))
            return {};
        return highest_ > lowest_ ? (value - lowest_) / (highest_ - lowest_) : 0.5;
    case ValueRole:
        return value;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return sentence(index.row(), index.column());
    case Qt::AccessibleDescriptionRole:
        return help_.text;
    default:
        return {};
    }
}

QString SignalModel::sentence(int row, int layer) const
{
    const Row& shown = rows_[static_cast<std::size_t>(row)];
    const double value = shown.values[static_cast<std::size_t>(layer)];
    const QString place =
        shown.module.isEmpty() ? tr("Layer %1").arg(layer) : tr("Layer %1, %2").arg(layer).arg(shown.module);
    if (std::isnan(value))
        return tr("%1: no value").arg(place);
    const QString shownValue = signalValue(value, help_.unit);
    if (difference_)
        return tr("%1: %2 differs by %3 from the baseline").arg(place, help_.title, shownValue);
    if (!(highest_ > lowest_))
        return tr("%1: %2 %3").arg(place, help_.title, shownValue);
    return tr("%1: %2 %3, %4 of the way from the lowest to the highest")
        .arg(place, help_.title, shownValue, percentage((value - lowest_) / (highest_ - lowest_), 0));
}

QVariant SignalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (orientation == Qt::Horizontal)
        return role == Qt::DisplayRole ? QString::number(section) : tr("Layer %1").arg(section);
    if (section < 0 || section >= static_cast<int>(rows_.size()))
        return {};
    const QString& module = rows_[static_cast<std::size_t>(section)].module;
    return module.isEmpty() ? tr("layer") : module;
}

QString SignalModel::moduleOf(int row) const
{
    return row >= 0 && row < static_cast<int>(rows_.size()) ? rows_[static_cast<std::size_t>(row)].module : QString();
}

int SignalModel::rowOf(const QString& module) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.module == module; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

} // namespace hilo
