// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/metric_notes.h"

#include "base/text_format.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t mostNamed = 5; ///< runs in one sentence

} // namespace

TaskSets taskSetsOf(const std::vector<CompareRow>& rows)
{
    TaskSets found;
    for (const CompareRow& row : rows) {
        if (!row.value)
            continue;
        std::vector<std::string> tasks = row.tasks;
        std::sort(tasks.begin(), tasks.end());
        const auto same = std::find_if(found.sets.begin(), found.sets.end(),
                                       [&tasks](const TaskSets::Set& set) { return set.tasks == tasks; });
        if (same != found.sets.end())
            ++same->rows;
        else
            found.sets.push_back({tasks, 1});
    }
    std::stable_sort(found.sets.begin(), found.sets.end(),
                     [](const TaskSets::Set& a, const TaskSets::Set& b) { return a.rows > b.rows; });
    return found;
}

namespace {

/// One line for all runs that a rule speaks of.
void addFindings(std::vector<std::string>& notes, const std::vector<CompareRow>& rows, const RunCheck& check)
{
    std::vector<std::string> runs;
    std::string detail;
    for (const CompareRow& row : rows)
        for (const auto& [run, finding] : row.findings)
            if (finding.check == check.name) {
                runs.push_back(run);
                detail = finding.detail();
            }
    if (runs.empty())
        return;
    const std::size_t count = runs.size();
    runs.resize(std::min(count, mostNamed));
    notes.push_back(joined(runs) + (count > mostNamed ? ", …" : "") + ": " + check.title +
                    (count == 1 ? " " + detail : std::string()));
}

} // namespace

std::vector<std::string> notesOf(const std::vector<CompareRow>& rows, const MetricChoice& metric)
{
    std::vector<std::string> notes;
    std::vector<std::string> without;
    for (const CompareRow& row : rows)
        if (!row.value && row.state == "finished")
            without.push_back(row.ids.front());
    if (!without.empty()) {
        const std::size_t count = without.size();
        without.resize(std::min(count, mostNamed));
        notes.push_back((count == 1 ? "1 row has finished" : std::to_string(count) + " rows have finished") +
                        " without \"" + metric.text() + "\" and " + (count == 1 ? "is" : "are") +
                        " not compared: " + joined(without) + (count > mostNamed ? ", …" : "") + ".");
    }
    const TaskSets sets = taskSetsOf(rows);
    if (metric.task.empty() && sets.differ()) {
        std::string text = "The means go over different tasks: ";
        for (std::size_t i = 0; i < sets.sets.size() && i < mostNamed; ++i) {
            std::vector<std::string> names;
            for (const std::string& task : sets.sets[i].tasks)
                names.push_back(task.empty() ? "one without a name" : task);
            text += (i > 0 ? "; " : "") + joined(names) + " (" + std::to_string(sets.sets[i].rows) + ")";
        }
        notes.push_back(text + (sets.sets.size() > mostNamed ? "; …" : "") + ". \"" + metric.metric +
                        "@TASK\" compares one.");
    }
    if (!metric.isKnown())
        notes.push_back("\"" + metric.metric + "\" is not known to this program: higher is taken for better.");
    for (const RunCheck& check : runChecks())
        addFindings(notes, rows, check);
    return notes;
}

} // namespace hilo
