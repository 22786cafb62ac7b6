// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/evaluation_marks.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

constexpr double largestMark = 1e200; ///< of an axis; it cannot show more than 1e250

struct MarkTexts
{
    Q_DECLARE_TR_FUNCTIONS(EvaluationMarks)
};

bool isValidation(const std::string& split)
{
    return split == "validation" || split == "valid" || split == "dev";
}

/// A split has the same colour in every chart: what it means does not change with what is beside it.
int seriesOfSplit(const std::string& split)
{
    return isValidation(split) ? 1 : split == "test" ? 2 : split == "train" ? 0 : 3;
}

/// Points are what training watches, diamonds what the result is of.
QCPScatterStyle symbolOf(const std::string& split, const QColor& colour)
{
    const bool isWatched = isValidation(split) || split == "train";
    return QCPScatterStyle(isWatched ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssDiamond, QPen(colour, 1.2),
                           isWatched ? QBrush(colour) : QBrush(Qt::NoBrush), isWatched ? 5 : 9);
}

QString taskText(const std::string& task)
{
    return task.empty() ? MarkTexts::tr("without a name") : QString::fromStdString(task);
}

} // namespace

QString EvaluationMarks::splitText(const std::string& split)
{
    return isValidation(split) ? MarkTexts::tr("validation")
           : split == "test"   ? MarkTexts::tr("test")
           : split == "train"  ? MarkTexts::tr("training rows")
           : split.empty()     ? MarkTexts::tr("measured")
                               : QString::fromStdString(split);
}

void EvaluationMarks::draw(const std::vector<RunEvaluation>& evaluations, const std::string& metric, double scale,
                           const Look& look, const Place& place)
{
    std::vector<EvaluationSeries> series =
        metric.empty() ? std::vector<EvaluationSeries>() : evaluationSeries(evaluations, metric);
    if (series == series_ && metric == metric_ && scale == scale_ && look == look_)
        return;
    clear();
    series_ = std::move(series);
    metric_ = metric;
    scale_ = scale;
    look_ = look;
    place_ = place;
    std::vector<std::string> tasks;
    bool severalSplits = false;
    for (const EvaluationSeries& one : series_) {
        if (std::find(tasks.begin(), tasks.end(), one.task) == tasks.end())
            tasks.push_back(one.task);
        severalSplits = severalSplits || one.split != series_.front().split;
    }
    for (const EvaluationSeries& one : series_)
        add(one, static_cast<int>(std::find(tasks.begin(), tasks.end(), one.task) - tasks.begin()), tasks.size() > 1,
            severalSplits);
    if (look_.isAlone && tasks.size() > 1 && severalSplits)
        shortenLegend();
}

/// Of several tasks on several splits: an entry a task, and one a further split, instead of one for every pair.
void EvaluationMarks::shortenLegend()
{
    std::vector<std::string> tasks, splits;
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const EvaluationSeries& one = series_[i];
        if (std::find(tasks.begin(), tasks.end(), one.task) == tasks.end()) {
            tasks.push_back(one.task);
            drawn_[i].graph->setName(taskText(one.task));
        } else {
            drawn_[i].graph->removeFromLegend();
        }
        if (one.split != series_.front().split && std::find(splits.begin(), splits.end(), one.split) == splits.end())
            splits.push_back(one.split);
    }
    for (const std::string& split : splits) {
        QCPGraph* entry = plot_.addGraph();
        entry->setLineStyle(QCPGraph::lsNone);
        entry->setScatterStyle(symbolOf(split, Theme::instance().colours().quietText));
        entry->setName(splitText(split));
        legendOnly_.push_back(entry);
    }
}

void EvaluationMarks::add(const EvaluationSeries& series, int place, bool severalTasks, bool severalSplits)
{
    const SeriesStyle style = Theme::instance().series(severalTasks ? place : seriesOfSplit(series.split));
    const QColor colour = look_.isAlone ? style.colour : look_.colour;
    QVector<double> places, values, below, above;
    std::vector<double> steps;
    bool anyInterval = false;
    for (std::size_t i = 0; i < series.steps.size(); ++i) {
        const ScoreValue& value = series.values[i];
        const double shown = value.value * scale_;
        if (!(std::abs(shown) < largestMark))
            continue;
        const double low = std::clamp(value.low.value_or(value.value) * scale_, -largestMark, largestMark);
        const double high = std::clamp(value.high.value_or(value.value) * scale_, -largestMark, largestMark);
        anyInterval = anyInterval || (value.low && value.high);
        const auto step = static_cast<double>(series.steps[i]);
        const double at = place_ ? place_(step) : step;
        if (std::isnan(at))
            continue;
        steps.push_back(step);
        places << at;
        if (low > 0)
            leastPositive_ = leastPositive_ > 0 ? std::min(leastPositive_, low) : low;
        values << shown;
        below << std::max(0.0, shown - low);
        above << std::max(0.0, high - shown);
        low_ = any_ ? std::min(low_, low) : low;
        high_ = any_ ? std::max(high_, high) : high;
        any_ = true;
    }
    Drawn drawn{plot_.addGraph(), nullptr, {}, std::move(steps)};
    drawn.graph->setData(places, values, true);
    drawn.graph->setPen(QPen(colour, 1.5, look_.isAlone ? style.dash : Qt::SolidLine));
    drawn.graph->setScatterStyle(symbolOf(series.split, colour));
    QStringList name;
    if (severalTasks)
        name << taskText(series.task);
    if (severalSplits || !severalTasks)
        name << splitText(series.split);
    drawn.name = name.join(QStringLiteral(", "));
    drawn.graph->setName(drawn.name);
    if (!look_.isAlone)
        drawn.graph->removeFromLegend();
    if (anyInterval) {
        drawn.bars = new QCPErrorBars(plot_.xAxis, plot_.yAxis);
        drawn.bars->setDataPlottable(drawn.graph);
        drawn.bars->setData(below, above);
        drawn.bars->setPen(QPen(colour, 1));
        drawn.bars->setWhiskerWidth(5);
        drawn.bars->removeFromLegend();
    }
    drawn_.push_back(std::move(drawn));
}

void EvaluationMarks::clear()
{
    for (const Drawn& drawn : drawn_) {
        if (drawn.bars)
            plot_.removePlottable(drawn.bars);
        plot_.removePlottable(drawn.graph);
    }
    for (QCPGraph* entry : legendOnly_)
        plot_.removePlottable(entry);
    forget();
}

void EvaluationMarks::forget()
{
    drawn_.clear();
    legendOnly_.clear();
    series_.clear();
    any_ = false;
    low_ = high_ = leastPositive_ = 0;
}

qsizetype EvaluationMarks::pointCount() const
{
    qsizetype count = 0;
    for (const Drawn& drawn : drawn_)
        count += drawn.graph->dataCount();
    return count;
}

QStringList EvaluationMarks::names() const
{
    QStringList names;
    for (const Drawn& drawn : drawn_)
        names << drawn.name;
    return names;
}

QStringList EvaluationMarks::textsAt(double place) const
{
    QStringList texts;
    for (const Drawn& drawn : drawn_) {
        const auto points = drawn.graph->data();
        auto point = points->findBegin(place);
        if (point == points->constEnd())
            continue;
        const auto next = point + 1;
        if (next != points->constEnd() && std::abs(next->key - place) < std::abs(point->key - place))
            point = next;
        texts << MarkTexts::tr("%1, step %2: %3")
                     .arg(drawn.name,
                          groupedNumber(
                              std::llround(drawn.steps[static_cast<std::size_t>(point - points->constBegin())])),
                          shortNumber(point->value));
    }
    return texts;
}

} // namespace hilo
