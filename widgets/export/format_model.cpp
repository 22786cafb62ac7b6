// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/format_model.h"

#include "common/core_text.h"
#include "common/json_text.h"
#include "common/numbers.h"
#include "common/theme.h"

#include <QFont>

namespace hilo {
namespace {

bool flagIn(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

FormatRow::Fit fitFrom(const QString& verdict)
{
    if (verdict == QStringLiteral("exact"))
        return FormatRow::Fit::Exact;
    if (verdict == QStringLiteral("exact after padding"))
        return FormatRow::Fit::Padded;
    return verdict == QStringLiteral("static approximation") ? FormatRow::Fit::Approximate : FormatRow::Fit::Impossible;
}

} // namespace

Result<std::vector<FormatRow>> formatsFrom(const Json& document)
{
    const auto list = document.is_object() ? document.find("formats") : document.end();
    if (!document.is_object() || list == document.end() || !list->is_array())
        return failure(internalError("The list of formats was not understood."));
    std::vector<FormatRow> formats;
    for (const Json& entry : *list) {
        if (!entry.is_object())
            continue;
        FormatRow row;
        row.name = textIn(entry, "name");
        row.title = coreText(textIn(entry, "title").toStdString());
        if (row.title.isEmpty())
            row.title = row.name;
        row.description = coreText(textIn(entry, "description").toStdString());
        row.reason = textIn(entry, "reason");
        row.verdict = textIn(entry, "verdict");
        row.fit = fitFrom(row.verdict);
        row.hasFittingMap = flagIn(entry, "fitting_map");
        row.takesRank = flagIn(entry, "takes_rank");
        const QString distilling = textIn(entry, "distilling");
        row.distilling = distilling == QLatin1String("always")     ? FormatRow::Distilling::Always
                         : distilling == QLatin1String("optional") ? FormatRow::Distilling::Optional
                                                                   : FormatRow::Distilling::Never;
        if (const auto bytes = entry.find("estimated_bytes"); bytes != entry.end() && bytes->is_number_unsigned())
            row.bytes = bytes->get<std::uint64_t>();
        if (const auto types = entry.find("weight_types"); types != entry.end() && types->is_array())
            for (const Json& type : *types)
                if (type.is_string())
                    row.weightTypes << QString::fromStdString(type.get<std::string>());
        if (!row.name.isEmpty())
            formats.push_back(std::move(row));
    }
    return formats;
}

QString verdictText(const FormatRow& format)
{
    switch (format.fit) {
    case FormatRow::Fit::Exact:
        return FormatModel::tr("✓ exact");
    case FormatRow::Fit::Padded:
        return FormatModel::tr("✓ exact after padding");
    case FormatRow::Fit::Approximate:
        return FormatModel::tr("≈ static approximation");
    case FormatRow::Fit::Impossible:
        break;
    }
    return FormatModel::tr("✗ impossible");
}

void FormatModel::setFormats(std::vector<FormatRow> formats)
{
    beginResetModel();
    formats_ = std::move(formats);
    endResetModel();
}

const FormatRow* FormatModel::formatAt(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < formats_.size() ? &formats_[static_cast<std::size_t>(row)]
                                                                       : nullptr;
}

int FormatModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(formats_.size());
}

int FormatModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FormatModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FormatRow& row = *formatAt(index.row());
    const ThemeColours& colours = Theme::instance().colours();
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Format:
            return row.title;
        case Verdict:
            return verdictText(row);
        case Size:
            return row.bytes ? byteSize(*row.bytes) : QStringLiteral("–");
        case Reason:
            return row.reason;
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return index.column() == Reason ? row.reason : row.description;
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3").arg(row.title, verdictText(row), row.reason);
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (index.column() == Verdict)
            return row.fit == FormatRow::Fit::Impossible    ? colours.failed
                   : row.fit == FormatRow::Fit::Approximate ? colours.attention
                                                            : colours.good;
        return row.fit == FormatRow::Fit::Impossible ? colours.quietText : colours.text;
    default:
        return {};
    }
}

QVariant FormatModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Format:
        return tr("format");
    case Verdict:
        return tr("this adapter");
    case Size:
        return tr("size, about");
    case Reason:
        return tr("why");
    default:
        return {};
    }
}

} // namespace hilo
