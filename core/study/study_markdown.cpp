// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_markdown.h"

#include "base/text_format.h"
#include "study/study_rows.h"
#include "study/study_verdict.h"

#include <string_view>

namespace hilo {
namespace {

std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            result += ' ';
            continue;
        }
        if (std::string_view("|\\`*_<>[]#~").find(c) != std::string_view::npos)
            result += '\\';
        result += c;
    }
    return result;
}

std::string tableOf(const std::vector<std::vector<std::string>>& rows)
{
    std::string text;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        text += "|";
        for (const std::string& cell : rows[row])
            text += " " + escaped(cell) + " |";
        text += "\n";
        if (row > 0)
            continue;
        text += "|";
        for (std::size_t column = 0; column < rows[0].size(); ++column)
            text += column == 0 ? " --- |" : " ---: |";
        text += "\n";
    }
    return text;
}

} // namespace

std::string studyMarkdown(const StudyReport& report)
{
    std::string text = "## Study " + escaped(report.observations.name) + "\n\n" + tableOf(studyRows(report));
    for (const auto& rows : {fairnessRows(report), reachRows(report), publishedRows(report)})
        if (!rows.empty())
            text += "\n" + tableOf(rows);
    text += "\n" + escaped(report.summary.sentence) + "\n";
    if (!report.summary.notes.empty())
        text += "\n";
    for (const std::string& note : inWords(report.summary.notes))
        text += "- " + escaped(note) + "\n";
    if (!report.command.empty()) {
        std::string command = shellCommand(report.command);
        const std::string fence = command.find("```") == std::string::npos ? "```" : "~~~~";
        text += "\nMade by\n\n" + fence + "\n" + command + "\n" + fence + "\n";
    }
    return text;
}

} // namespace hilo
