// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_rows.h"

#include "base/text_format.h"
#include "base/text_table.h"
#include "compare/compare_table.h"
#include "study/study_json.h"
#include "study/study_numbers.h"
#include "study/study_verdict.h"

#include <algorithm>

namespace hilo {
namespace {

std::string cellText(const std::optional<StudyInterval>& interval, bool isShare)
{
    return interval ? shownInterval(*interval, isShare) : "-";
}

std::string percent(bool isShare)
{
    return isShare ? " %" : "";
}

/// "60 k (52 k to 71 k)", "below 20 k", "not reached by 200 k"
std::string reachText(const StudyObservations& observations, const StudyCurve& curve, const StudyReach& reach,
                      bool ofActive)
{
    const auto parameters = [&](std::size_t allocation) {
        const StudyAllocation& one = observations.allocations[allocation];
        return shownParameters(static_cast<double>(ofActive ? one.active : one.trainable));
    };
    const std::string smallest = parameters(curve.allocations.front()), largest = parameters(curve.allocations.back());
    std::string text = reach.where == StudyReach::Where::Within          ? shownParameters(*reach.parameters)
                       : reach.where == StudyReach::Where::BelowSmallest ? "at most " + smallest
                                                                         : "beyond " + largest;
    if (reach.known)
        text += " (" + (reach.low ? shownParameters(*reach.low) : "below " + smallest) + " to " +
                (reach.high ? shownParameters(*reach.high) : "beyond " + largest) + ")";
    return text;
}

/// "3", or "1 to 3" where cells have different numbers of them.
std::string seedsText(const std::vector<StudyCell>& cells)
{
    std::size_t fewest = cells.empty() ? 0 : cells.front().seeds.size(), most = 0;
    for (const StudyCell& cell : cells) {
        fewest = std::min(fewest, cell.seeds.size());
        most = std::max(most, cell.seeds.size());
    }
    return fewest == most ? std::to_string(most) : std::to_string(fewest) + " to " + std::to_string(most);
}

std::string number(const std::optional<double>& value)
{
    return value ? shortestNumber(*value) : std::string();
}

void appendInterval(std::vector<std::string>& cells, const std::optional<StudyInterval>& interval)
{
    cells.push_back(interval ? shortestNumber(interval->value) : std::string());
    cells.push_back(interval ? number(interval->low) : std::string());
    cells.push_back(interval ? number(interval->high) : std::string());
}

void appendDifference(std::vector<std::string>& cells, const std::optional<StudyDifference>& one)
{
    appendInterval(cells, one ? one->difference : std::nullopt);
    cells.push_back(one ? number(one->p) : std::string());
    cells.push_back(one ? number(one->pHolm) : std::string());
    cells.push_back(one ? wordOf(one->verdict) : std::string());
}

} // namespace

std::vector<std::vector<std::string>> studyRows(const StudyReport& report)
{
    const StudyObservations& observations = report.observations;
    const StudySummary& summary = report.summary;
    const bool isShare = summary.unit == "%";
    bool anyDifferenceAtBudget = false;
    for (const StudyRow& row : summary.rows)
        anyDifferenceAtBudget = anyDifferenceAtBudget || row.differenceAtBudget.has_value();
    std::vector<std::vector<std::string>> rows(1);
    rows[0] = {"allocation", "trainable", "active"};
    for (const StudyTask& task : observations.tasks)
        rows[0].push_back(task.name + (task.metric.metric == "accuracy" ? std::string() : ", " + task.metric.metric) +
                          percent(task.metric.isShare()));
    const std::string first = observations.allocations.empty() ? std::string() : allocationName(observations, 0);
    rows[0].insert(rows[0].end(), {"mean" + percent(isShare), "mean rank", "difference from " + first, "p (Holm)"});
    if (anyDifferenceAtBudget)
        rows[0].insert(rows[0].end(),
                       {"from " + observations.allocations.front().label + " at this budget", "p (Holm)"});
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const StudyRow& row = summary.rows[i];
        std::vector<std::string> cells = {allocationName(observations, i),
                                          groupedDigits(observations.allocations[i].trainable),
                                          groupedDigits(observations.allocations[i].active)};
        for (std::size_t task = 0; task < row.cells.size(); ++task)
            cells.push_back(cellText(row.cells[task].mean, observations.tasks[task].metric.isShare()));
        cells.push_back(cellText(row.mean, isShare));
        cells.push_back(row.rank
                            ? printed("%.2f", row.rank->value) +
                                  (row.rank->low ? printed(" (%.2f to %.2f)", *row.rank->low, *row.rank->high) : "")
                            : "-");
        const auto difference = [&](const std::optional<StudyDifference>& one) {
            cells.push_back(one && one->difference ? shownDifference(*one->difference, isShare) : "-");
            cells.push_back(one && one->pHolm ? shownP(*one->pHolm) : "-");
        };
        difference(row.difference);
        if (anyDifferenceAtBudget)
            difference(row.differenceAtBudget);
        rows.push_back(std::move(cells));
    }
    return rows;
}

std::vector<std::vector<std::string>> fairnessRows(const StudyReport& report)
{
    const StudyObservations& observations = report.observations;
    std::vector<std::vector<std::string>> rows{{"allocation", "learning rate", "scaling", "total rank", "seeds"}};
    if (!report.sources.empty())
        rows[0].emplace_back("made by");
    for (std::size_t i = 0; i < report.summary.rows.size(); ++i) {
        const StudyAllocation& one = observations.allocations[i];
        rows.push_back({allocationName(observations, i), shortestNumber(one.learningRate), printed("%.4g", one.scaling),
                        groupedDigits(one.totalRank), seedsText(report.summary.rows[i].cells)});
        if (report.sources.empty())
            continue;
        const auto source = std::find_if(report.sources.begin(), report.sources.end(),
                                         [&one](const auto& known) { return known.first == one.label; });
        rows.back().push_back(source == report.sources.end() ? "-" : source->second);
    }
    return rows;
}

std::vector<std::vector<std::string>> reachRows(const StudyReport& report)
{
    const StudySummary& summary = report.summary;
    if (summary.curves.empty() || summary.targets.empty())
        return {};
    std::vector<std::vector<std::string>> rows{{"allocation", "reaches", "trainable parameters", "active parameters"}};
    for (const StudyCurve& curve : summary.curves)
        for (std::size_t i = 0; i < summary.targets.size(); ++i)
            rows.push_back({curve.label,
                            shownValue(summary.targets[i], summary.unit == "%") + percent(summary.unit == "%"),
                            reachText(report.observations, curve, curve.trainable[i], false),
                            reachText(report.observations, curve, curve.active[i], true)});
    return rows;
}

std::vector<std::vector<std::string>> publishedRows(const StudyReport& report)
{
    if (report.published.empty())
        return {};
    std::vector<std::vector<std::string>> rows{
        {"task", "published method", "base model", "value %", "trainable", "source", "read in", "note"}};
    for (const auto& [task, one] : report.published)
        rows.push_back({report.observations.tasks[task].name, one.method, one.model, printed("%.2f", one.value),
                        one.trainableParameters ? groupedDigits(*one.trainableParameters) : "-", one.source, one.read,
                        one.note});
    return rows;
}

std::string studyText(const StudyReport& report)
{
    std::string text = alignedTable(studyRows(report));
    for (const auto& rows : {fairnessRows(report), reachRows(report), publishedRows(report)})
        if (!rows.empty())
            text += "\n" + alignedTable(rows);
    const StudyRanks& ranks = report.summary.ranks;
    if (ranks.criticalDifference)
        text += printed("\nMean ranks over %zu tasks differ from %.2f on (Nemenyi, 0.05); Friedman's chi-square %.2f, "
                        "p %s.\n",
                        ranks.tasks, *ranks.criticalDifference, *ranks.friedman, shownP(*ranks.p).c_str());
    text += "\n" + report.summary.sentence + "\n";
    for (const StudyRow& row : report.summary.rows)
        for (const auto* one : {&row.difference, &row.differenceAtBudget})
            if (*one && ((*one)->verdict == StudyVerdict::Better || (*one)->verdict == StudyVerdict::Worse))
                text += "- " + (*one)->text + "\n";
    for (const std::string& note : inWords(report.summary.notes))
        text += "Note: " + note + "\n";
    return text;
}

std::string studyCsv(const StudyReport& report)
{
    const StudyObservations& observations = report.observations;
    std::vector<std::string> head = {"label",      "budget",        "trainable", "active",
                                     "total_rank", "learning_rate", "scaling"};
    const auto interval = [&head](const std::string& name) {
        head.insert(head.end(), {name, name + "_low", name + "_high"});
    };
    interval("mean");
    interval("rank");
    for (const char* name : {"difference", "difference_at_budget"}) {
        interval(name);
        for (const char* what : {"_p", "_p_holm", "_verdict"})
            head.push_back(std::string(name) + what);
    }
    for (const StudyTask& task : observations.tasks) {
        const std::string name = task.metric.metric + "@" + task.name;
        interval(name);
        head.push_back(name + "_seeds");
    }
    std::vector<std::vector<std::string>> rows{head};
    for (std::size_t i = 0; i < report.summary.rows.size(); ++i) {
        const StudyAllocation& one = observations.allocations[i];
        const StudyRow& row = report.summary.rows[i];
        std::vector<std::string> cells = {one.label,
                                          one.budget ? std::to_string(*one.budget) : std::string(),
                                          std::to_string(one.trainable),
                                          std::to_string(one.active),
                                          std::to_string(one.totalRank),
                                          shortestNumber(one.learningRate),
                                          shortestNumber(one.scaling)};
        appendInterval(cells, row.mean);
        appendInterval(cells, row.rank);
        appendDifference(cells, row.difference);
        appendDifference(cells, row.differenceAtBudget);
        for (const StudyCell& cell : row.cells) {
            appendInterval(cells, cell.mean);
            cells.push_back(std::to_string(cell.seeds.size()));
        }
        rows.push_back(std::move(cells));
    }
    return csvOf(rows);
}

} // namespace hilo
