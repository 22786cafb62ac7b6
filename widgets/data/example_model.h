// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_report.h"

#include <QAbstractTableModel>

#include <memory>

namespace hilo {

using DataReportPointer = std::shared_ptr<const DataReport>;

/// The rows of one split as a table: line, tokens, answer, of preferences what the answer is compared with, prompt.
class ExampleModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { Line, Tokens, Answer, Preference, Prompt, ColumnCount };
    /// What the rows say about answers.
    enum class Kind { Answers, Pairs, Judged };
    enum { SortRole = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows longer than maxLength are marked as cut; 0: none.
    void setSplit(DataReportPointer report, const QString& split, qint64 maxLength);
    /// Of the split's rows; the column Preference is empty for Kind::Answers.
    Kind kind() const { return kind_; }
    /// Null when the row does not exist.
    const Example* exampleAt(int row) const;
    qint64 tokensAt(int row) const;
    /// The number of a line, or "record 3" (data/row_place.h).
    static QString shownPlace(std::int64_t place);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString preferenceOf(const Example& example) const;

    DataReportPointer report_;
    const SplitReport* split_ = nullptr; ///< of report_
    Kind kind_ = Kind::Answers;
    qint64 maxLength_ = 0;
};

/// What is not as it should be in the data: notes on files (without a line), then the rows that cannot be used.
class RejectedModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Column { File, Line, Reason, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setReport(DataReportPointer report);
    /// The file that a row of the table is about.
    QString fileAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Entry
    {
        const std::string& file;
        std::int64_t line; ///< 0: the whole file
        const std::string& reason;
    };
    Entry at(int row) const;

    DataReportPointer report_;
};

} // namespace hilo
