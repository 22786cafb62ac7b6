// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/example_model.h"

#include "common/theme.h"
#include "data/row_place.h"
#include "data/text_windows.h"

#include <QFileInfo>
#include <QLocale>

namespace hilo {
namespace {

constexpr qsizetype shownCharacters = 300; ///< of a prompt in a table

/// One line for a table; the whole text is shown beside it.
QString oneLine(const std::string& text)
{
    QString line =
        QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 4 * shownCharacters)));
    line = line.simplified();
    return line.size() > shownCharacters ? line.left(shownCharacters) + QChar(0x2026) : line;
}

} // namespace

void ExampleModel::setSplit(DataReportPointer report, const QString& split, qint64 maxLength)
{
    beginResetModel();
    report_ = std::move(report);
    split_ = nullptr;
    maxLength_ = maxLength;
    if (report_)
        for (const SplitReport& one : report_->splits)
            if (QString::fromStdString(one.name) == split)
                split_ = &one;
    kind_ = Kind::Answers;
    if (split_)
        for (const Example& example : split_->examples) {
            if (!example.rejected.empty())
                kind_ = Kind::Pairs;
            else if (example.isGood)
                kind_ = Kind::Judged;
            if (kind_ != Kind::Answers)
                break;
        }
    endResetModel();
}

QString ExampleModel::preferenceOf(const Example& example) const
{
    if (!example.rejected.empty())
        return oneLine(example.rejected.front().answer);
    return !example.isGood ? QString() : *example.isGood ? tr("good") : tr("bad");
}

const Example* ExampleModel::exampleAt(int row) const
{
    return split_ && row >= 0 && static_cast<std::size_t>(row) < split_->examples.size()
               ? &split_->examples[static_cast<std::size_t>(row)]
               : nullptr;
}

qint64 ExampleModel::tokensAt(int row) const
{
    return split_ && row >= 0 && static_cast<std::size_t>(row) < split_->tokens.size()
               ? split_->tokens[static_cast<std::size_t>(row)]
               : 0;
}

int ExampleModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !split_ ? 0 : static_cast<int>(split_->examples.size());
}

int ExampleModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ExampleModel::shownPlace(std::int64_t place)
{
    const QString number = QLocale().toString(static_cast<qlonglong>(numberOfPlace(place)));
    return isRecordPlace(place) ? tr("record %1").arg(number) : number;
}

QVariant ExampleModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Example& example = *exampleAt(index.row());
    const qint64 tokens = tokensAt(index.row());
    const bool isLong = maxLength_ > 0 && tokens > maxLength_;
    const bool hasWindows = isLong && isTextAlone(example);
    const bool isCut = isLong && !hasWindows;
    if (role == Qt::DisplayRole || role == SortRole) {
        switch (index.column()) {
        case Line:
            return role == SortRole ? QVariant(static_cast<qlonglong>(numberOfPlace(example.line)))
                                    : QVariant(shownPlace(example.line));
        case Tokens:
            if (role == SortRole)
                return tokens;
            return tokens == 0 ? QStringLiteral("–")
                               : (isCut        ? tr("%1, cut")
                                  : hasWindows ? tr("%1, in windows")
                                               : QStringLiteral("%1"))
                                     .arg(QLocale().toString(tokens));
        case Answer:
            return oneLine(example.answer);
        case Preference:
            return preferenceOf(example);
        case Prompt:
            return oneLine(example.prompt);
        default:
            return {};
        }
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() < Answer ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && isCut && index.column() == Tokens)
        return Theme::instance().colours().attention;
    if (role == Qt::ForegroundRole && index.column() == Preference && example.isGood) {
        const ThemeColours& colours = Theme::instance().colours();
        return *example.isGood ? colours.good : colours.failed;
    }
    if (role == Qt::ToolTipRole && index.column() == Tokens && isCut)
        return tr("Longer than %1 tokens: the beginning of the prompt is cut off").arg(maxLength_);
    if (role == Qt::ToolTipRole && index.column() == Tokens && hasWindows)
        return tr("Longer than %1 tokens: the text goes through whole, a window of so many after another")
            .arg(maxLength_);
    if (role == Qt::ToolTipRole && index.column() == Line)
        return (isRecordPlace(example.line) ? tr("%1, record %2") : tr("%1, line %2"))
            .arg(QString::fromStdString(example.file))
            .arg(numberOfPlace(example.line));
    return {};
}

QVariant ExampleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section < Answer ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Line:
        return tr("line");
    case Tokens:
        return tr("tokens");
    case Answer:
        return kind_ == Kind::Pairs ? tr("chosen") : tr("answer");
    case Preference:
        return kind_ == Kind::Judged ? tr("judgement") : tr("rejected");
    case Prompt:
        return tr("prompt");
    default:
        return {};
    }
}

void RejectedModel::setReport(DataReportPointer report)
{
    beginResetModel();
    report_ = std::move(report);
    endResetModel();
}

RejectedModel::Entry RejectedModel::at(int row) const
{
    const auto index = static_cast<std::size_t>(row);
    if (index < report_->notes.size())
        return {report_->notes[index].file, 0, report_->notes[index].text};
    const RejectedRow& rejected = report_->rejected[index - report_->notes.size()];
    return {rejected.file, rejected.line, rejected.reason};
}

QString RejectedModel::fileAt(int row) const
{
    return row >= 0 && row < rowCount() ? QString::fromStdString(at(row).file) : QString();
}

int RejectedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !report_ ? 0 : static_cast<int>(report_->notes.size() + report_->rejected.size());
}

int RejectedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RejectedModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry row = at(index.row());
    const QString file = QString::fromStdString(row.file);
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
        case File:
            return QFileInfo(file).fileName();
        case Line:
            return row.line == 0 ? QString() : ExampleModel::shownPlace(row.line);
        case Reason:
            return QString::fromStdString(row.reason);
        default:
            return {};
        }
    }
    if (role == Qt::ToolTipRole)
        return index.column() == File ? file : QString::fromStdString(row.reason);
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Line ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QVariant RejectedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case File:
        return tr("file");
    case Line:
        return tr("line");
    case Reason:
        return tr("reason");
    default:
        return {};
    }
}

} // namespace hilo
