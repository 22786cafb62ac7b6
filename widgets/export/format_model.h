// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <optional>
#include <vector>

namespace hilo {

/// One format as `hilo export RUN --list --json` tells it.
struct FormatRow
{
    enum class Fit { Exact, Padded, Approximate, Impossible };
    QString name, title, description, reason;
    QString verdict; ///< in the program's words
    Fit fit = Fit::Impossible;
    bool hasFittingMap = false;
    std::optional<quint64> bytes;
    QStringList weightTypes;
    bool takesRank = false;
    enum class Distilling { Never, Optional, Always } distilling = Distilling::Never;
};

/// bad input: the document is not a list of formats.
Result<std::vector<FormatRow>> formatsFrom(const Json& document);

/// Formats with their verdict for one adapter. The verdict is a sign and a word, not a colour alone.
class FormatModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Format, Verdict, Size, Reason, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setFormats(std::vector<FormatRow> formats);
    /// Null when the row does not exist.
    const FormatRow* formatAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<FormatRow> formats_;
};

/// "✓ exact"
QString verdictText(const FormatRow& format);

} // namespace hilo
