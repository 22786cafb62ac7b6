// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_latex.h"

#include "base/counted.h"
#include "base/text_format.h"
#include "study/study_numbers.h"

namespace hilo {
namespace {

/// "$-1.20$": a hyphen is no minus.
std::string mathText(const std::string& number)
{
    return "$" + number + "$";
}

std::string ends(const StudyInterval& interval, bool isShare, bool isDifference)
{
    if (!interval.low || !interval.high)
        return {};
    const auto text = [&](double value) {
        return isDifference ? shownStep(value, isShare) : shownValue(value, isShare);
    };
    return "{\\scriptsize $[" + text(*interval.low) + ", " + text(*interval.high) + "]$}";
}

std::string lineOf(const std::vector<std::string>& cells)
{
    return joined(cells, " & ") + " \\\\\n";
}

std::string captionOf(const StudyReport& report)
{
    const StudySummary& summary = report.summary;
    std::string text = "Study " + report.observations.name + ": " + summary.metric +
                       (summary.unit == "%" ? " in percent" : "") +
                       (summary.lowerIsBetter ? " (lower is better)" : "") + ", " +
                       counted(static_cast<std::int64_t>(report.observations.seeds.size()), "seed") +
                       ", 95 % intervals below the values.";
    if (!report.observations.allocations.empty())
        text += " Differences are from " + allocationName(report.observations, 0) +
                "; * marks p < 0.05 after Holm's "
                "correction. " +
                summary.sentence;
    return latexEscaped(text);
}

} // namespace

std::string latexEscaped(const std::string& text)
{
    std::string result;
    for (const char c : text)
        switch (c) {
        case '&':
        case '%':
        case '$':
        case '#':
        case '_':
        case '{':
        case '}':
            result += std::string("\\") + c;
            break;
        case '~':
            result += "\\textasciitilde{}";
            break;
        case '^':
            result += "\\textasciicircum{}";
            break;
        case '\\':
            result += "\\textbackslash{}";
            break;
        case '<':
            result += "\\textless{}";
            break;
        case '>':
            result += "\\textgreater{}";
            break;
        case '|':
            result += "\\textbar{}";
            break;
        case '"':
            result += "\\textquotedbl{}";
            break;
        case '\n':
        case '\r':
        case '\t':
            result += ' ';
            break;
        default:
            if (static_cast<unsigned char>(c) >= 32 && c != 127)
                result += c;
        }
    return result;
}

std::string studyLatex(const StudyReport& report)
{
    const StudyObservations& observations = report.observations;
    const StudySummary& summary = report.summary;
    const bool isShare = summary.unit == "%";
    std::string text;
    if (!report.command.empty()) {
        std::string command = shellCommand(report.command);
        for (char& c : command)
            if (c == '\n' || c == '\r')
                c = ' ';
        text += "% Made by: " + command + "\n";
    }
    text += "% \\usepackage{booktabs}\n\\begin{table}\n\\centering\n\\caption{" + captionOf(report) +
            "}\n\\begin{tabular}{lr" + std::string(observations.tasks.size() + 3, 'r') + "}\n\\toprule\n";
    std::vector<std::string> head = {"Allocation", "Trainable"};
    for (const StudyTask& task : observations.tasks)
        head.push_back(latexEscaped(task.name + (task.metric.metric == "accuracy" ? "" : ", " + task.metric.metric)));
    head.insert(head.end(), {"Mean", "Rank", "Difference"});
    text += lineOf(head) + "\\midrule\n";
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const StudyRow& row = summary.rows[i];
        std::string digits = groupedDigits(observations.allocations[i].trainable), trainable;
        for (const char c : digits)
            trainable += c == ' ' ? std::string("\\,") : std::string(1, c);
        std::vector<std::string> cells = {latexEscaped(allocationName(observations, i)), trainable};
        std::vector<std::string> below = {"", ""};
        const auto append = [&](const std::optional<StudyInterval>& interval, bool ofShare) {
            cells.push_back(interval ? mathText(shownValue(interval->value, ofShare)) : "--");
            below.push_back(interval ? ends(*interval, ofShare, false) : "");
        };
        for (std::size_t task = 0; task < row.cells.size(); ++task)
            append(row.cells[task].mean, observations.tasks[task].metric.isShare());
        append(row.mean, isShare);
        cells.push_back(row.rank ? mathText(printed("%.2f", row.rank->value)) : "--");
        below.push_back(row.rank && row.rank->low && row.rank->high
                            ? printed("{\\scriptsize $[%.2f, %.2f]$}", *row.rank->low, *row.rank->high)
                            : "");
        if (row.difference && row.difference->difference) {
            const StudyVerdict verdict = row.difference->verdict;
            const bool isClear = verdict == StudyVerdict::Better || verdict == StudyVerdict::Worse;
            cells.push_back("$" + shownStep(row.difference->difference->value, isShare) + (isClear ? "^{*}" : "") +
                            "$");
            below.push_back(ends(*row.difference->difference, isShare, true));
        } else {
            cells.push_back("--");
            below.push_back("");
        }
        text += lineOf(cells) + lineOf(below);
    }
    return text + "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
}

} // namespace hilo
