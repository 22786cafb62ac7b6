// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/row_pair_model.h"

#include "common/plot_numbers.h"
#include "common/theme.h"

#include <algorithm>

namespace hilo {

void RowPairModel::setComparison(std::shared_ptr<const RowComparison> comparison, const QString& first,
                                 const QString& second)
{
    comparison_ = std::move(comparison);
    first_ = first;
    second_ = second;
    show();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns - 1);
}

void RowPairModel::setFilter(RowKind kind, const QString& words)
{
    kind_ = kind;
    words_ = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    show();
}

bool RowPairModel::passes(const RowPair& row) const
{
    const bool isOfKind = kind_ == RowKind::All ||
                          (kind_ == RowKind::OnlyFirst && row.firstRight && !row.secondRight) ||
                          (kind_ == RowKind::OnlySecond && row.secondRight && !row.firstRight) ||
                          (kind_ == RowKind::BothWrong && !row.firstRight && !row.secondRight) ||
                          (kind_ == RowKind::BothRight && row.firstRight && row.secondRight) ||
                          (kind_ == RowKind::Different && !row.isEqual());
    if (!isOfKind || words_.isEmpty())
        return isOfKind;
    const QString text = QString::fromStdString(row.text + '\n' + row.task + ' ' + row.file + ' ' + row.place + '\n' +
                                                row.expected + '\n' + row.first + '\n' + row.second);
    return std::all_of(words_.begin(), words_.end(),
                       [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

void RowPairModel::show()
{
    beginResetModel();
    shown_.clear();
    for (std::size_t i = 0; i < comparison_->rows.size(); ++i)
        if (passes(comparison_->rows[i]))
            shown_.push_back(i);
    endResetModel();
}

const RowPair* RowPairModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &comparison_->rows[shown_[static_cast<std::size_t>(row)]] : nullptr;
}

int RowPairModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int RowPairModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QString RowPairModel::textOf(const RowPair& row, int column) const
{
    const auto answer = [](const std::string& given, bool right) {
        return (right ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) +
               (given.empty() ? QStringLiteral("–") : QString::fromStdString(given));
    };
    switch (column) {
    case Place:
        return QString::fromStdString((row.task.empty() ? "" : row.task + ", ") + row.file + ", " + row.place);
    case Text:
        return QString::fromStdString(row.text);
    case Expected:
        return QString::fromStdString(row.expected);
    case First:
        return answer(row.first, row.firstRight);
    default:
        return answer(row.second, row.secondRight);
    }
}

QVariant RowPairModel::data(const QModelIndex& index, int role) const
{
    const RowPair* row = index.isValid() && index.column() < Columns ? at(index.row()) : nullptr;
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return textOf(*row, index.column()).simplified();
    case Qt::ToolTipRole:
        return textOf(*row, index.column());
    case Qt::AccessibleTextRole: {
        const QString right = index.column() == First    ? (row->firstRight ? tr("right") : tr("wrong"))
                              : index.column() == Second ? (row->secondRight ? tr("right") : tr("wrong"))
                                                         : QString();
        const QString text = headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString() +
                             QStringLiteral(": ") + textOf(*row, index.column());
        return right.isEmpty() ? text : text + QStringLiteral(", ") + right;
    }
    case Qt::ForegroundRole: {
        const ThemeColours& colours = Theme::instance().colours();
        if (index.column() == First)
            return row->firstRight ? colours.good : colours.failed;
        if (index.column() == Second)
            return row->secondRight ? colours.good : colours.failed;
        return index.column() == Place ? QVariant(colours.quietText) : QVariant();
    }
    default:
        return {};
    }
}

QVariant RowPairModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    switch (section) {
    case Place:
        return tr("row");
    case Text:
        return tr("text");
    case Expected:
        return tr("right answer");
    case First:
        return first_;
    case Second:
        return second_;
    default:
        return {};
    }
}

QByteArray RowPairModel::csv() const
{
    QString text = QStringLiteral("task,file,place,text,expected,%1,%2,%3,%4\n")
                       .arg(csvField(first_), csvField(first_ + QStringLiteral(" right")), csvField(second_),
                            csvField(second_ + QStringLiteral(" right")));
    const auto field = [](const std::string& value) { return csvField(QString::fromStdString(value)); };
    for (const std::size_t place : shown_) {
        const RowPair& row = comparison_->rows[place];
        text += QStringList{field(row.task),
                            field(row.file),
                            field(row.place),
                            field(row.text),
                            field(row.expected),
                            field(row.first),
                            row.firstRight ? QStringLiteral("1") : QStringLiteral("0"),
                            field(row.second),
                            row.secondRight ? QStringLiteral("1") : QStringLiteral("0")}
                    .join(QLatin1Char(',')) +
                QLatin1Char('\n');
    }
    return text.toUtf8();
}

} // namespace hilo
