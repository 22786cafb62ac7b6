// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_page.h"

#include "base/text_format.h"
#include "study/study_figure.h"
#include "study/study_json.h"
#include "study/study_numbers.h"
#include "study/study_rows.h"
#include "study/study_verdict.h"

namespace hilo {
namespace {

constexpr const char* pageHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark; --window: #F4F5F4; --card: #FFFFFF; --line: #DDE1DF; --grid: #E8ECEA; --text: #1B2421;
  --quiet: #66726D; --accent: #0B6E5F; }
@media (prefers-color-scheme: dark) {
  :root { --window: #16191A; --card: #1E2324; --line: #333B3C; --grid: #2A3132; --text: #E6ECEA; --quiet: #93A19C;
    --accent: #4FC3AE; }
}
body { margin: 0 auto; padding: 24px; max-width: 1200px; background: var(--window); color: var(--text);
  font: 15px/1.45 "DejaVu Sans", sans-serif; }
h1 { font-size: 24px; } h2 { font-size: 18px; margin: 32px 0 8px; }
section, p.sentence { background: var(--card); border: 1px solid var(--line); border-radius: 4px; padding: 12px;
  overflow-x: auto; }
p.sentence { border-left: 4px solid var(--accent); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
th, td { padding: 4px 10px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child, table.words th, table.words td { text-align: left; white-space: normal; }
th { color: var(--quiet); font-weight: 600; }
pre { font: 12px/1.4 "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
svg { max-width: 100%; height: auto; display: block; margin: 8px 0; }
li, p.quiet { color: var(--quiet); }
</style>
)";

std::string heading(const std::string& title)
{
    return "<h2>" + xmlEscaped(title) + "</h2>\n";
}

std::string htmlTable(const std::vector<std::vector<std::string>>& rows, bool ofWords)
{
    std::string text = ofWords ? "<section><table class=\"words\">\n" : "<section><table>\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string tag = i == 0 ? "th" : "td";
        text += "<tr>";
        for (const std::string& cell : rows[i])
            text += "<" + tag + ">" + xmlEscaped(cell) + "</" + tag + ">";
        text += "</tr>\n";
    }
    return text + "</table></section>\n";
}

std::vector<std::vector<std::string>> comparisonRows(const StudyReport& report)
{
    const bool isShare = report.summary.unit == "%";
    std::vector<std::vector<std::string>> rows{
        {"comparison", "seeds and rows", "p (Holm)", "by seed", "by test row", "by task", "verdict"}};
    const auto test = [isShare](const std::optional<StudyTest>& one) {
        return one ? shownDifference(one->difference, isShare) + (one->p ? ", p " + shownP(*one->p) : "") + "; " +
                         one->method
                   : std::string("-");
    };
    for (const StudyRow& row : report.summary.rows)
        for (const auto* one : {&row.difference, &row.differenceAtBudget})
            if (*one) {
                const StudyDifference& difference = **one;
                const auto allocation = static_cast<std::size_t>(&row - report.summary.rows.data());
                rows.push_back({allocationName(report.observations, allocation) + " - " +
                                    allocationName(report.observations, difference.from),
                                difference.difference ? shownDifference(*difference.difference, isShare) : "-",
                                difference.pHolm ? shownP(*difference.pHolm) : "-", test(difference.bySeed),
                                test(difference.byTestRow), test(difference.byTask), difference.text});
            }
    return rows;
}

/// Name and value, in two columns.
std::string pairsOf(const std::string& title, const std::vector<std::pair<std::string, std::string>>& pairs)
{
    if (pairs.empty())
        return {};
    std::vector<std::vector<std::string>> rows{{"name", "value"}};
    for (const auto& [name, value] : pairs)
        rows.push_back({name, value});
    return heading(title) + htmlTable(rows, true);
}

/// A figure of the page, with the command that draws it alone.
std::string figureOf(const StudyReport& report, StudyFigure figure, const StudyFigureOptions& options)
{
    StudyReport own = report;
    if (!own.command.empty()) {
        const char* const name = figure == StudyFigure::Matrix     ? "matrix"
                                 : figure == StudyFigure::Ranks    ? "ranks"
                                 : figure == StudyFigure::Learning ? "learning"
                                                                   : "values";
        own.command.insert(own.command.end(), {"--figure", name});
        if (options.active)
            own.command.emplace_back("--active");
        if (options.task)
            own.command.insert(own.command.end(), {"--task", report.observations.tasks[*options.task].name});
        own.command.insert(own.command.end(), {"--plot", std::string(name) + ".svg"});
    }
    return "<section>" + studyFigure(own, figure, options) + "</section>\n";
}

std::string figuresOf(const StudyReport& report)
{
    StudyFigureOptions options;
    options.colours = pageColours();
    std::string text = heading("Figures");
    for (const StudyFigure figure : {StudyFigure::Matrix, StudyFigure::Values})
        text += figureOf(report, figure, options);
    options.active = true;
    text += figureOf(report, StudyFigure::Values, options);
    options.active = false;
    if (report.summary.ranks.criticalDifference)
        text += figureOf(report, StudyFigure::Ranks, options);
    if (!report.learning.empty())
        text += figureOf(report, StudyFigure::Learning, options);
    // What was published of a task can be seen beside that task's values only.
    if (report.observations.tasks.size() > 1)
        for (std::size_t task = 0; task < report.observations.tasks.size(); ++task) {
            bool isPublished = false;
            for (const StudyPublished& one : report.published)
                isPublished = isPublished || one.task == task;
            if (!isPublished)
                continue;
            options.task = task;
            text += figureOf(report, StudyFigure::Values, options);
        }
    return text;
}

} // namespace

std::string studyPage(const StudyReport& report)
{
    const StudyObservations& observations = report.observations;
    const StudySummary& summary = report.summary;
    const std::string title = "Study " + observations.name;
    std::string text = pageHead + ("<title>" + xmlEscaped(title)) + "</title>\n</head>\n<body>\n<h1>" +
                       xmlEscaped(title) + "</h1>\n<p class=\"sentence\">" + xmlEscaped(summary.sentence) + "</p>\n";
    text += htmlTable(studyRows(report), false);
    text += heading("Allocations") + htmlTable(fairnessRows(report), false);
    if (const auto rows = reachRows(report); !rows.empty())
        text += heading("At how many parameters a value is reached") + htmlTable(rows, false);
    text += figuresOf(report);
    if (summary.rows.size() > 1)
        text += heading("Comparisons") + htmlTable(comparisonRows(report), true);
    if (const auto rows = publishedRows(report); !rows.empty())
        text += heading("Published results") + htmlTable(rows, true);
    if (!report.maps.empty())
        text += heading("Allocation maps");
    for (const auto& [name, svg] : report.maps)
        text += "<section><p class=\"quiet\">" + xmlEscaped(name) + "</p>" + svg + "</section>\n";
    text += pairsOf("Settings", report.settings);
    std::vector<std::string> commands = report.commands;
    if (!report.command.empty())
        commands.push_back(shellCommand(report.command));
    if (!commands.empty())
        text += heading("Commands") + "<section><pre>" + xmlEscaped(joined(commands, "\n")) + "</pre></section>\n";
    text += pairsOf("Versions", report.versions);
    if (!summary.notes.empty()) {
        text += heading("Notes") + "<ul>\n";
        for (const std::string& note : inWords(summary.notes))
            text += "<li>" + xmlEscaped(note) + "</li>\n";
        text += "</ul>\n";
    }
    return text + "</body>\n</html>\n";
}

} // namespace hilo
