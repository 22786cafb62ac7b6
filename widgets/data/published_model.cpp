// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/published_model.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <QLocale>

namespace hilo {

void PublishedModel::setResults(std::vector<PublishedResult> results, const std::string& protocol)
{
    beginResetModel();
    results_ = std::move(results);
    protocol_ = protocol;
    endResetModel();
}

int PublishedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(results_.size());
}

int PublishedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PublishedModel::textOf(const PublishedResult& result, int column) const
{
    switch (column) {
    case Method:
        return QString::fromStdString(result.method);
    case Base:
        return QString::fromStdString(result.model);
    case Value:
        return QLocale().toString(result.value, 'f', 2) + QStringLiteral(" %");
    case Metric:
        return QString::fromStdString(result.metric);
    case Trainable:
        return result.trainableParameters ? shortNumber(static_cast<double>(*result.trainableParameters))
                                          : QStringLiteral("–");
    case Protocol:
        return QString::fromStdString(result.protocol);
    default:
        return QString::fromStdString(result.source);
    }
}

QString PublishedModel::explain(const PublishedResult& result) const
{
    QStringList lines;
    lines << tr("%1 on %2: %3", "a method, a base model, a value")
                 .arg(textOf(result, Method), textOf(result, Base), textOf(result, Value));
    lines << (result.read == "code" ? tr("%1, read in its code") : tr("%1, read in the paper"))
                 .arg(QString::fromStdString(result.source));
    if (result.trainableParameters)
        lines << tr("%1 trainable parameters").arg(groupedNumber(*result.trainableParameters));
    if (!result.note.empty())
        lines << QString::fromStdString(result.note);
    if (result.protocol != protocol_)
        lines << tr("Measured by the protocol “%1”, which is not the chosen one: not comparable.")
                     .arg(QString::fromStdString(result.protocol));
    return lines.join(QLatin1Char('\n'));
}

QVariant PublishedModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PublishedResult& result = results_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(result, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((index.column() == Value || index.column() == Trainable ? Qt::AlignRight : Qt::AlignLeft) |
                          Qt::AlignVCenter));
    case Qt::ForegroundRole:
        return result.protocol == protocol_ ? QVariant() : QVariant(Theme::instance().colours().quietText);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return explain(result);
    default:
        return {};
    }
}

QVariant PublishedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const QString titles[] = {tr("Method"),    tr("Base model"), tr("Value"), tr("Metric"),
                              tr("Trainable"), tr("Protocol"),   tr("Source")};
    if (role == Qt::DisplayRole)
        return titles[section];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            (section == Value || section == Trainable ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    return {};
}

} // namespace hilo
