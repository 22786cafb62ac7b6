// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/scored_rows.h"

#include "base/share_interval.h"
#include "metrics/bootstrap.h"
#include "metrics/metric.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace hilo {
namespace {

/// Labels as numbers: those of the task first.
class LabelNumbers
{
  public:
    explicit LabelNumbers(const std::vector<std::string>& labels)
    {
        for (const std::string& label : labels)
            of(label);
        taskLabels_ = numbers_.size();
    }

    std::size_t of(const std::string& label) { return numbers_.emplace(label, numbers_.size()).first->second; }
    std::size_t size() const { return numbers_.size(); }
    std::size_t taskLabels() const { return taskLabels_; }

  private:
    std::unordered_map<std::string, std::size_t> numbers_;
    std::size_t taskLabels_ = 0;
};

/// The rows with a right label, each as the cell that it falls into.
struct LabelledRows
{
    LabelCounts counts;              ///< of all rows
    std::vector<std::size_t> cellOf; ///< of each row
};

LabelledRows labelled(const ScoredRows& rows, std::optional<std::string> ScoredRow::*answer)
{
    LabelNumbers numbers(rows.labels);
    LabelledRows result;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> known;
    for (const ScoredRow& row : rows.rows) {
        if (!row.right)
            continue;
        const std::size_t right = numbers.of(*row.right);
        const std::size_t given = row.*answer ? numbers.of(*(row.*answer)) : LabelCounts::noAnswer;
        const auto [cell, isNew] = known.emplace(std::pair(right, given), result.counts.cells.size());
        if (isNew)
            result.counts.cells.push_back({right, given, 0});
        ++result.counts.cells[cell->second].rows;
        result.cellOf.push_back(cell->second);
    }
    result.counts.labels = numbers.size();
    result.counts.taskLabels = numbers.taskLabels();
    return result;
}

void measureLoss(const ScoredRows& rows, Measured& measured)
{
    double sum = 0;
    double tokens = 0;
    std::vector<const ScoredRow*> withLoss;
    for (const ScoredRow& row : rows.rows) {
        if (row.tokens == 0)
            continue;
        sum += row.loss;
        tokens += static_cast<double>(row.tokens);
        withLoss.push_back(&row);
    }
    const auto interval =
        bootstrapInterval(withLoss.size(), [&](std::span<const std::size_t> drawn) -> std::optional<double> {
            double drawnSum = 0;
            double drawnTokens = 0;
            for (const std::size_t i : drawn) {
                drawnSum += withLoss[i]->loss;
                drawnTokens += static_cast<double>(withLoss[i]->tokens);
            }
            return drawnSum / drawnTokens;
        });
    for (const Metric* metric : metrics()) {
        if (metric->of != Metric::Of::Loss)
            continue;
        const double value = tokens > 0 ? metric->ofLoss(sum / tokens) : 0;
        if (tokens == 0 || !std::isfinite(value)) {
            measured.absent[metric->name] =
                tokens == 0 ? "no token of an answer is left" : "it is beyond the largest number";
            continue;
        }
        measured.values[metric->name] = value;
        // Both are monotone in the loss, so the ends of its interval are theirs.
        if (interval)
            measured.intervals[metric->name] = {metric->ofLoss(interval->first), metric->ofLoss(interval->second)};
    }
}

void measureLabels(const ScoredRows& rows, const LabelledRows& labelledRows, Metric::Of of, Measured& measured)
{
    if (labelledRows.cellOf.empty())
        return;
    for (const Metric* metric : metrics()) {
        if (metric->of != of || (metric->needsClasses && rows.labels.empty()))
            continue;
        const auto value = metric->ofLabels(labelledRows.counts);
        if (!value) {
            if (!metric->undefinedBecause.empty())
                measured.absent[metric->name] = metric->undefinedBecause;
            continue;
        }
        measured.values[metric->name] = *value;
        if (metric->countsRows) {
            const double total = labelledRows.counts.rows();
            measured.intervals[metric->name] = wilsonInterval(*value * total, total);
            continue;
        }
        LabelCounts drawnCounts = labelledRows.counts;
        const auto interval = bootstrapInterval(labelledRows.cellOf.size(), [&](std::span<const std::size_t> drawn) {
            for (LabelCounts::Cell& cell : drawnCounts.cells)
                cell.rows = 0;
            for (const std::size_t row : drawn)
                ++drawnCounts.cells[labelledRows.cellOf[row]].rows;
            return metric->ofLabels(drawnCounts);
        });
        if (interval)
            measured.intervals[metric->name] = *interval;
    }
}

void measureTexts(const ScoredRows& rows, Measured& measured)
{
    const bool hasTexts =
        std::any_of(rows.rows.begin(), rows.rows.end(), [](const ScoredRow& row) { return row.wanted && row.written; });
    if (!hasTexts)
        return;
    for (const Metric* metric : metrics()) {
        if (metric->of != Metric::Of::Texts)
            continue;
        std::vector<double> values;
        double sum = 0;
        for (const ScoredRow& row : rows.rows)
            if (row.wanted && row.written)
                if (const auto value = metric->ofTexts(*row.wanted, *row.written)) {
                    values.push_back(*value);
                    sum += *value;
                }
        if (values.empty()) {
            if (!metric->undefinedBecause.empty())
                measured.absent[metric->name] = metric->undefinedBecause;
            continue;
        }
        const auto count = static_cast<double>(values.size());
        measured.values[metric->name] = sum / count;
        if (metric->countsRows) {
            measured.intervals[metric->name] = wilsonInterval(sum, count);
            continue;
        }
        const auto interval =
            bootstrapInterval(values.size(), [&](std::span<const std::size_t> drawn) -> std::optional<double> {
                double drawnSum = 0;
                for (const std::size_t i : drawn)
                    drawnSum += values[i];
                return drawnSum / count;
            });
        if (interval)
            measured.intervals[metric->name] = *interval;
    }
}

} // namespace

Measured measure(const ScoredRows& rows)
{
    Measured measured;
    measureLoss(rows, measured);
    measureLabels(rows, labelled(rows, &ScoredRow::given), Metric::Of::Labels, measured);
    if (rows.hasNormalised)
        measureLabels(rows, labelled(rows, &ScoredRow::givenNormalised), Metric::Of::NormalisedLabels, measured);
    measureTexts(rows, measured);
    return measured;
}

} // namespace hilo
