// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_model.h"

#include "common/finding_text.h"
#include "common/numbers.h"
#include "common/theme.h"

#include <QFont>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace hilo {
namespace {

/// A number for sorting; nothing sorts below everything.
double numberOf(const ComparisonRow& entry, int column)
{
    constexpr double none = -std::numeric_limits<double>::infinity();
    const auto number = [](const auto& value) { return value ? static_cast<double>(*value) : none; };
    switch (column) {
    case CompareModel::Pin:
        return entry.difference.isBaseline;
    case CompareModel::Trainable:
        return number(entry.row.trainableParameters);
    case CompareModel::Active:
        return number(entry.row.activeParameters);
    case CompareModel::Difference:
        return entry.difference.isBaseline ? 0 : number(entry.difference.difference);
    case CompareModel::Seeds:
        return static_cast<double>(entry.row.seeds);
    case CompareModel::Time:
        return number(entry.row.seconds);
    case CompareModel::Front:
        return entry.row.onFront;
    default:
        return none;
    }
}

bool isNumeric(int column)
{
    return column != CompareModel::Name && column != CompareModel::Map && column < CompareModel::FixedColumns;
}

} // namespace

QString CompareModel::keyOf(int column) const
{
    static const QStringList fixed{QStringLiteral("pin"),        QStringLiteral("name"),   QStringLiteral("map"),
                                   QStringLiteral("trainable"),  QStringLiteral("active"), QStringLiteral("value"),
                                   QStringLiteral("difference"), QStringLiteral("seeds"),  QStringLiteral("time"),
                                   QStringLiteral("front")};
    return column < FixedColumns ? fixed.value(column) : extra_.value(column - FixedColumns);
}

int CompareModel::columnOf(const QString& key) const
{
    for (int column = 0; column < columnCount(); ++column)
        if (keyOf(column) == key)
            return column;
    return -1;
}

QString CompareModel::titleOf(int column) const
{
    return headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
}

QString CompareModel::idOf(const ComparisonRow& row)
{
    return QString::fromStdString(row.row.ids.front());
}

void CompareModel::setMetric(const MetricText& metric)
{
    metric_ = metric;
    Q_EMIT headerDataChanged(Qt::Horizontal, Value, Difference);
}

/// What has no value stands behind all others where the best ones are on top.
double CompareModel::sortKey(const ComparisonRow& row, int column) const
{
    if (column != Value)
        return numberOf(row, column);
    constexpr double endless = std::numeric_limits<double>::infinity();
    return row.row.value ? *row.row.value : metric_.lowerIsBetter() ? endless : -endless;
}

QString CompareModel::valueText(const CompareRow& row) const
{
    if (!row.value)
        return row.state == "finished" ? tr("not measured") : QStringLiteral("–");
    return metric_.withInterval(*row.value, row.low, row.high);
}

QString CompareModel::differenceText(const BaselineDifference& difference) const
{
    if (difference.isBaseline)
        return tr("baseline");
    if (!difference.difference)
        return QStringLiteral("–");
    const QString value = metric_.difference(*difference.difference);
    if (!difference.isClear)
        return tr("%1, no clear difference").arg(value);
    return difference.low && difference.high
               ? QStringLiteral("%1 (%2 … %3)")
                     .arg(value, metric_.difference(*difference.low), metric_.difference(*difference.high))
               : value;
}

void CompareModel::setRows(std::vector<ComparisonRow> rows, const QStringList& extra)
{
    shareRows(std::make_shared<const std::vector<ComparisonRow>>(std::move(rows)), extra);
}

void CompareModel::shareRows(ComparisonRows rows, const QStringList& extra)
{
    beginResetModel();
    rows_ = std::move(rows);
    order_.resize(rows_->size());
    std::iota(order_.begin(), order_.end(), 0);
    extra_ = extra;
    sortRows();
    endResetModel();
}

const ComparisonRow* CompareModel::at(int row) const
{
    return row >= 0 && row < static_cast<int>(order_.size())
               ? &(*rows_)[static_cast<std::size_t>(order_[static_cast<std::size_t>(row)])]
               : nullptr;
}

int CompareModel::rowOf(const QString& id) const
{
    const std::string wanted = id.toStdString();
    const auto found = std::find_if(order_.begin(), order_.end(), [&](int place) {
        const std::vector<std::string>& ids = (*rows_)[static_cast<std::size_t>(place)].row.ids;
        return std::find(ids.begin(), ids.end(), wanted) != ids.end();
    });
    return found == order_.end() ? -1 : static_cast<int>(found - order_.begin());
}

int CompareModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int CompareModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FixedColumns + static_cast<int>(extra_.size());
}

QString CompareModel::textOf(const ComparisonRow& entry, int column) const
{
    const auto count = [](const std::optional<std::int64_t>& value) {
        return value ? shortNumber(static_cast<double>(*value)) : QStringLiteral("–");
    };
    switch (column) {
    case Pin:
        return entry.difference.isBaseline ? QStringLiteral("★") : QString();
    case Name:
        return (entry.row.findings.empty() ? QString() : QStringLiteral("⚠ ")) +
               QString::fromStdString(entry.row.name.empty() ? entry.row.ids.front() : entry.row.name);
    case Map:
        return entry.map;
    case Trainable:
        return count(entry.row.trainableParameters);
    case Active:
        return count(entry.row.activeParameters);
    case Value:
        return valueText(entry.row);
    case Difference:
        return differenceText(entry.difference);
    case Seeds:
        return entry.row.measured > 0 && entry.row.measured < entry.row.seeds
                   ? QStringLiteral("%1/%2").arg(entry.row.measured).arg(entry.row.seeds)
                   : QString::number(entry.row.seeds);
    case Time:
        return entry.row.seconds ? durationText(*entry.row.seconds) : QStringLiteral("–");
    case Front:
        return entry.row.onFront ? QStringLiteral("◆") : QString();
    default:
        return entry.values[static_cast<std::size_t>(column - FixedColumns)];
    }
}

QString CompareModel::explainValue(const CompareRow& row) const
{
    if (!row.value)
        return row.state == "finished" ? tr("The run has finished, and its result does not hold this.")
                                       : tr("The run has no result yet.");
    QStringList texts;
    if (row.measured > 1)
        texts << tr("Mean of %n seed(s) with its 95 % interval by Student's t", nullptr,
                    static_cast<int>(row.measured));
    else if (row.low && row.high)
        texts << tr("With the 95 % interval of its evaluation");
    if (row.tasks.size() > 1) {
        QStringList names;
        for (const std::string& task : row.tasks)
            names << (task.empty() ? tr("a task without a name") : QString::fromStdString(task));
        texts << tr("Mean over %n task(s): %1", nullptr, static_cast<int>(row.tasks.size()))
                     .arg(names.join(QStringLiteral(", ")));
    } else if (row.tasks.size() == 1 && !row.tasks.front().empty()) {
        texts << tr("Task %1").arg(QString::fromStdString(row.tasks.front()));
    }
    texts << metric_.about();
    return texts.join(QLatin1Char('\n'));
}

QString CompareModel::explain(const ComparisonRow& entry, int column) const
{
    switch (column) {
    case Pin:
        return entry.difference.isBaseline ? tr("The baseline that the others are compared with")
                                           : tr("Double click to compare the others with this one");
    case Name: {
        QStringList lines{textOf(entry, column)};
        for (const auto& [run, finding] : entry.row.findings)
            lines << tr("%1: %2").arg(QString::fromStdString(run), findingText(finding));
        return lines.join(QLatin1Char('\n'));
    }
    case Trainable:
        return entry.row.trainableParameters ? groupedNumber(*entry.row.trainableParameters) : QString();
    case Active:
        return entry.row.activeParameters ? groupedNumber(*entry.row.activeParameters) : QString();
    case Value:
        return explainValue(entry.row);
    case Difference:
        if (entry.difference.isBaseline || !entry.difference.difference)
            return {};
        return entry.difference.seeds > 1 ? tr("Mean difference over %n common seed(s), with its 95 % interval",
                                               nullptr, entry.difference.seeds)
                                          : tr("Difference of two values; not clear while their intervals overlap");
    case Front:
        return entry.row.onFront ? tr("On the Pareto front: nothing is both smaller and better") : QString();
    case Seeds: {
        QStringList ids;
        for (const std::string& id : entry.row.ids)
            ids << QString::fromStdString(id);
        QString text = ids.mid(0, 20).join(QLatin1Char('\n'));
        if (entry.row.seeds < entry.row.ids.size())
            text += QLatin1Char('\n') + tr("Runs with the same seed count once: the one that ended last.");
        return text;
    }
    default:
        return textOf(entry, column);
    }
}

QVariant CompareModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !at(index.row()) || index.column() >= columnCount())
        return {};
    const ComparisonRow& entry = *at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, column);
    case IdRole:
        return idOf(entry);
    case SortRole:
        return isNumeric(column) ? QVariant(sortKey(entry, column)) : QVariant(textOf(entry, column));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(column == Pin || column == Front ? Qt::Alignment(Qt::AlignCenter)
                                   : isNumeric(column)              ? Qt::AlignRight | Qt::AlignVCenter
                                                                    : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ForegroundRole: {
        const ThemeColours& colours = Theme::instance().colours();
        if (column == Difference && !entry.difference.isClear)
            return colours.quietText;
        if (column == Pin || column == Front)
            return colours.accent;
        return {};
    }
    case Qt::ToolTipRole:
        return explain(entry, column);
    case Qt::AccessibleTextRole: {
        const QString title = headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
        if (column == Pin)
            return entry.difference.isBaseline ? tr("baseline") : tr("not the baseline");
        if (column == Front)
            return entry.row.onFront ? tr("on the Pareto front") : tr("not on the Pareto front");
        return title + QStringLiteral(": ") + textOf(entry, column);
    }
    default:
        return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return data(index(0, section), role).isValid() ? data(index(0, section), role)
                                                       : QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    switch (section) {
    case Pin:
        return role == Qt::DisplayRole ? QString() : tr("baseline");
    case Name:
        return tr("run");
    case Map:
        return tr("map");
    case Trainable:
        return tr("trainable");
    case Active:
        return tr("active");
    case Value:
        if (role == Qt::ToolTipRole)
            return metric_.about();
        return metric_.unit().isEmpty() ? metric_.title() : metric_.title() + QStringLiteral(", ") + metric_.unit();
    case Difference: {
        const QString unit = metric_.differenceUnit();
        const QString title = role == Qt::DisplayRole ? QStringLiteral("Δ") : tr("Δ to baseline");
        return unit.isEmpty() ? title : title + QLatin1Char(',') + unit;
    }
    case Seeds:
        return tr("seeds");
    case Time:
        return tr("time");
    case Front:
        return tr("front");
    default:
        return extra_[section - FixedColumns];
    }
}

void CompareModel::sortRows()
{
    const int column = std::min(sortColumn_, columnCount() - 1);
    const bool down = sortOrder_ == Qt::DescendingOrder;
    // Rows are large and their texts are made on demand: each key is made once, and only places move.
    const auto sortBy = [&](auto keyOfRow, auto compare) {
        using Key = decltype(keyOfRow(rows_->front()));
        std::vector<std::pair<Key, int>> keys;
        keys.reserve(order_.size());
        for (const int place : order_)
            keys.emplace_back(keyOfRow((*rows_)[static_cast<std::size_t>(place)]), place);
        std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
            return down ? compare(b.first, a.first) : compare(a.first, b.first);
        });
        std::transform(keys.begin(), keys.end(), order_.begin(), [](const auto& key) { return key.second; });
    };
    if (isNumeric(column))
        sortBy([&](const ComparisonRow& row) { return sortKey(row, column); }, std::less<>());
    else
        sortBy([&](const ComparisonRow& row) { return textOf(row, column).toCaseFolded(); }, std::less<>());
}

void CompareModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0)
        return;
    sortColumn_ = column;
    sortOrder_ = order;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList old = persistentIndexList();
    const std::vector<int> before = order_;
    sortRows();
    std::vector<int> rowOfPlace(order_.size());
    for (std::size_t row = 0; row < order_.size(); ++row)
        rowOfPlace[static_cast<std::size_t>(order_[row])] = static_cast<int>(row);
    QModelIndexList moved;
    for (const QModelIndex& last : old)
        moved << index(rowOfPlace[static_cast<std::size_t>(before[static_cast<std::size_t>(last.row())])],
                       last.column());
    changePersistentIndexList(old, moved);
    Q_EMIT layoutChanged();
}

} // namespace hilo
