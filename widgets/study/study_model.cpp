// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_model.h"

#include "common/numbers.h"
#include "study/study_words.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

const QString noStudyValue = QStringLiteral("–");

/// Better and worse, whichever way the metric goes.
double studyGoodness(const MetricText& metric, double difference)
{
    return metric.lowerIsBetter() ? -difference : difference;
}

/// The sign of a cell's difference where it is clear; one or two seeds make no difference clear.
int clearSign(const StudyCell& cell)
{
    return cell.seeds.size() < fewestPairsOfAClaim ? 0 : signOf(cell.difference);
}

} // namespace

void StudyModel::setStudy(const StudyPointer& study)
{
    beginResetModel();
    study_ = study;
    ends_.clear();
    if (study_) {
        const auto take = [this](const MetricText& metric, const std::optional<StudyInterval>& difference) {
            if (difference && std::isfinite(difference->value)) {
                double& end = ends_[metric.differenceUnit()];
                end = std::max(end, std::abs(difference->value));
            }
        };
        for (const StudyRow& row : study_->summary.rows) {
            for (std::size_t task = 0; task < row.cells.size(); ++task)
                take(study_->taskText(task), row.cells[task].difference);
            if (row.difference)
                take(study_->meanText(), row.difference->difference);
        }
        // Colours of a hundredth of a point would say more than there is.
        for (auto& [unit, end] : ends_)
            end = std::max(end, 0.005);
    }
    endResetModel();
}

int StudyModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !study_ ? 0 : static_cast<int>(study_->summary.rows.size());
}

int StudyModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !study_ ? 0 : FirstTask + taskCount();
}

int StudyModel::taskOf(int column) const
{
    const int task = column - FirstTask;
    return task >= 0 && task < taskCount() ? task : -1;
}

QString StudyModel::verdictWords(const StudyDifference& difference) const
{
    switch (difference.verdict) {
    case StudyVerdict::NotMeasured:
        return tr("not measured");
    case StudyVerdict::NoInterval:
        return tr("one seed only");
    case StudyVerdict::NoClearDifference:
        return tr("no clear difference");
    case StudyVerdict::OnlyTheseRuns:
        return tr("of these runs only");
    case StudyVerdict::Better:
        return tr("better");
    case StudyVerdict::Worse:
        return tr("worse");
    }
    return {};
}

QString StudyModel::textOf(int row, int column) const
{
    const StudyRow& one = this->row(row);
    const StudyAllocation& allocation = study_->allocation(static_cast<std::size_t>(row));
    if (column == Trainable)
        return allocation.trainable > 0 ? shortNumber(static_cast<double>(allocation.trainable)) : noStudyValue;
    if (column == Active)
        return allocation.active > 0 ? shortNumber(static_cast<double>(allocation.active)) : noStudyValue;
    if (const int task = taskOf(column); task >= 0) {
        const StudyCell& cell = this->cell(row, task);
        return cell.mean ? study_->taskText(static_cast<std::size_t>(task)).withUnit(cell.mean->value) : noStudyValue;
    }
    if (column == Mean)
        return one.mean ? study_->meanText().withUnit(one.mean->value) : noStudyValue;
    if (column == Rank)
        return one.rank ? QLocale().toString(one.rank->value, 'f', 2) : noStudyValue;
    if (!one.difference)
        return row == 0 ? tr("baseline") : noStudyValue;
    if (!one.difference->difference)
        return verdictWords(*one.difference);
    const MetricText metric = study_->meanText();
    return tr("%1, %2", "a difference and what it means")
        .arg(metric.difference(one.difference->difference->value), verdictWords(*one.difference));
}

QString StudyModel::explainCell(int row, int task) const
{
    const auto place = static_cast<std::size_t>(task);
    const StudyCell& cell = this->cell(row, task);
    const MetricText metric = study_->taskText(place);
    const QString title = tr("%1 on %2", "an allocation and a task")
                              .arg(study_->label(static_cast<std::size_t>(row)),
                                   QString::fromStdString(study_->observations.tasks[place].name));
    if (!cell.mean)
        return title + QLatin1Char('\n') + tr("No run has finished yet.");
    QStringList lines{title, metric.title() + QStringLiteral(": ") + withEnds(metric, *cell.mean)};
    QStringList values;
    for (std::size_t i = 0; i < cell.seeds.size() && i < cell.values.size(); ++i)
        values << tr("seed %1: %2").arg(cell.seeds[i]).arg(metric.number(cell.values[i]));
    if (values.size() > 8)
        values = values.mid(0, 8) << QStringLiteral("…");
    lines << values.join(QStringLiteral(", "));
    if (cell.rows > 0)
        lines << tr("The interval knows of seeds and of %1 test rows.")
                     .arg(groupedNumber(static_cast<qint64>(cell.rows)));
    else if (cell.mean->low)
        lines << tr("The interval knows of seeds only.");
    if (cell.difference) {
        const int sign = clearSign(cell);
        QString line = tr("%1 from %2: %3")
                           .arg(differenceWithEnds(metric, *cell.difference), study_->label(0),
                                sign == 0                         ? tr("no clear difference")
                                : studyGoodness(metric, sign) > 0 ? tr("better")
                                                                  : tr("worse"));
        if (cell.differenceP)
            line += tr(" (%1, not corrected)").arg(pText(*cell.differenceP));
        lines << line;
    }
    lines << tr("Return or a double click shows its runs.");
    return lines.join(QLatin1Char('\n'));
}

QString StudyModel::explainMean(int row) const
{
    const StudyRow& one = this->row(row);
    QStringList lines{study_->label(static_cast<std::size_t>(row))};
    if (one.mean)
        lines << tr("Mean over tasks: %1").arg(withEnds(study_->meanText(), *one.mean));
    else
        lines << tr("No mean: a task has no value, or the metrics of the tasks cannot be averaged.");
    for (const auto* difference : {&one.difference, &one.differenceAtBudget})
        if (*difference)
            lines << differenceSentence(*study_, static_cast<std::size_t>(row), **difference);
    return lines.join(QLatin1Char('\n'));
}

QString StudyModel::explain(int row, int column) const
{
    const StudyAllocation& allocation = study_->allocation(static_cast<std::size_t>(row));
    const QString name = study_->label(static_cast<std::size_t>(row));
    if (column == Trainable)
        return tr("%1: %2 trainable parameters, total rank %3, learning rate %4, mean scaling %5")
            .arg(name, groupedNumber(allocation.trainable), groupedNumber(allocation.totalRank),
                 QLocale().toString(allocation.learningRate, 'g', 3), QLocale().toString(allocation.scaling, 'g', 3));
    if (column == Active)
        return tr("%1: one token uses %2 parameters").arg(name, groupedNumber(allocation.active));
    if (const int task = taskOf(column); task >= 0)
        return explainCell(row, task);
    if (column == Rank) {
        const auto& rank = this->row(row).rank;
        if (!rank)
            return tr("%1: no mean rank; some task has no value of every allocation yet").arg(name);
        const QString ends =
            rank->low && rank->high
                ? tr(" (%1 … %2)").arg(QLocale().toString(*rank->low, 'f', 2), QLocale().toString(*rank->high, 'f', 2))
                : QString();
        return tr("%1: mean rank %2%3 over %n task(s); 1 is best", nullptr,
                  static_cast<int>(study_->summary.ranks.tasks))
            .arg(name, QLocale().toString(rank->value, 'f', 2), ends);
    }
    return explainMean(row);
}

QVariant StudyModel::heat(int row, int column) const
{
    const auto scaled = [this](const MetricText& metric, const std::optional<StudyInterval>& difference) {
        if (!difference || !std::isfinite(difference->value))
            return QVariant();
        return QVariant(studyGoodness(metric, difference->value) / ends_.at(metric.differenceUnit()));
    };
    if (const int task = taskOf(column); task >= 0) {
        const StudyCell& cell = this->cell(row, task);
        if (row == 0 && cell.mean)
            return 0.0;
        return scaled(study_->taskText(static_cast<std::size_t>(task)), cell.difference);
    }
    if (column == Mean || column == Difference) {
        const auto& difference = this->row(row).difference;
        if (row == 0 && this->row(row).mean)
            return 0.0;
        return difference ? scaled(study_->meanText(), difference->difference) : QVariant();
    }
    return {};
}

int StudyModel::clear(int row, int column) const
{
    if (const int task = taskOf(column); task >= 0)
        return static_cast<int>(
            studyGoodness(study_->taskText(static_cast<std::size_t>(task)), clearSign(cell(row, task))));
    const auto& difference = this->row(row).difference;
    if ((column != Mean && column != Difference) || !difference)
        return 0;
    return difference->verdict == StudyVerdict::Better ? 1 : difference->verdict == StudyVerdict::Worse ? -1 : 0;
}

QStringList StudyModel::runs(int row, int column) const
{
    QStringList ids;
    const int chosen = taskOf(column);
    for (int task = 0; task < taskCount(); ++task)
        if (chosen < 0 || chosen == task)
            for (const std::string& id : cell(row, task).runs)
                if (const QString name = QString::fromStdString(id); !ids.contains(name))
                    ids << name; // a joint run stands in several cells
    return ids;
}

QStringList StudyModel::runsOf(const QModelIndexList& cells) const
{
    QStringList ids;
    for (const QModelIndex& index : cells)
        for (const QString& id : index.data(StudyRunsRole).toStringList())
            if (!ids.contains(id))
                ids << id;
    return ids;
}

QString StudyModel::scaleText() const
{
    QStringList texts;
    const auto add = [&](const MetricText& metric) {
        const auto end = ends_.find(metric.differenceUnit());
        if (end == ends_.end())
            return;
        const QString text =
            QChar(0x00B1) + QString(metric.difference(end->second)).remove(QLatin1Char('+')) + metric.differenceUnit();
        if (!texts.contains(text))
            texts << text;
    };
    for (std::size_t task = 0; study_ && task < study_->observations.tasks.size(); ++task)
        add(study_->taskText(task));
    return texts.join(QStringLiteral(", "));
}

QVariant StudyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return textOf(index.row(), index.column());
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return explain(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((index.column() == Difference ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    case StudyHeatRole:
        return heat(index.row(), index.column());
    case StudyClearRole:
        return clear(index.row(), index.column());
    case StudyRunsRole:
        return runs(index.row(), index.column());
    default:
        return {};
    }
}

QVariant StudyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (!study_ || section < 0 || section >= (orientation == Qt::Horizontal ? columnCount() : rowCount()))
        return {};
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole
                   ? QVariant(study_->label(static_cast<std::size_t>(section)))
                   : QVariant();
    const int task = taskOf(section);
    if (role == Qt::DisplayRole) {
        const QString unit = study_->meanText().differenceUnit().trimmed(); // of the last column
        if (task >= 0)
            return QString::fromStdString(study_->observations.tasks[static_cast<std::size_t>(task)].name);
        return section == Trainable ? tr("Trainable")
               : section == Active  ? tr("Active")
               : section == Mean    ? tr("Mean")
               : section == Rank    ? tr("Mean rank")
                                    : tr("From %1").arg(rowCount() > 0 ? study_->label(0) : noStudyValue) +
                                       (unit.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(unit));
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        if (task >= 0)
            return study_->taskText(static_cast<std::size_t>(task)).title() + QStringLiteral(". ") +
                   study_->taskText(static_cast<std::size_t>(task)).about();
        return section == Trainable ? tr("Parameters that are trained")
               : section == Active  ? tr("Parameters that one token uses")
               : section == Mean    ? tr("Mean over the tasks; its interval is in the tool tip of each cell")
               : section == Rank
                   ? tr("Mean over the tasks of the place among all allocations; 1 is best, ties share their places")
                   : tr("Paired by task and seed; “better” and “worse” hold after Holm's correction over the study");
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Difference ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    return {};
}

} // namespace hilo
