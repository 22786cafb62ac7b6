// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_figure.h"
#include "study/study_json.h"
#include "study/study_latex.h"
#include "study/study_markdown.h"
#include "study/study_page.h"
#include "study/study_rows.h"

#include "base/table.h"
#include "made_study.h"
#include "support/testing.h"

#include <regex>
#include <set>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Names that every format has to write out otherwise.
StudyObservations hostileStudy()
{
    StudyObservations study = madeStudy({"lora_8 & <b>", "hilo | 50% \\x"}, {"cola_a", "mr|pc & <i>"}, {1, 2, 3});
    study.name = "a_b <script>";
    for (std::size_t task = 0; task < 2; ++task)
        for (int seed = 1; seed <= 3; ++seed) {
            addRows(study, 0, task, seed, seed == 2 ? "110100111011" : "110101111001");
            addRows(study, 1, task, seed, seed == 1 ? "110100111111" : "111101011011");
        }
    return study;
}

StudyReport reportOf(const StudyObservations& study, const StudySummary& summary)
{
    StudyReport report{study, summary};
    report.command = {"hilo", "study", "show", "my project", "--name", study.name, "--plot", "a.svg"};
    report.settings = {{"steps", "100"}};
    report.versions = {{"hilo", "1.0 <x>"}};
    report.commands = {"hilo study new & more"};
    report.maps = {{"a & b", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'></svg>"}};
    PublishedResult one{"LoRA <r>", "Llama", "mola", "accuracy", 81.5, 2000, "A paper & more", "paper", ""};
    report.published.push_back({0, one});
    one.trainableParameters = std::nullopt;
    one.method = "Full";
    report.published.push_back({0, one});
    return report;
}

/// Every tag is closed in the order of opening; attributes have quotes. Enough to find what escaping forgot.
std::string xmlFault(const std::string& xml)
{
    std::vector<std::string> open;
    const std::regex tag(R"re(<(/?)([a-zA-Z][\w:]*)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>)re");
    std::size_t expected = 0;
    for (std::size_t i = xml.find('<'); i != std::string::npos; i = xml.find('<', i + 1), ++expected) {
        std::smatch match;
        const auto from = xml.begin() + static_cast<std::ptrdiff_t>(i);
        if (!std::regex_search(from, xml.end(), match, tag, std::regex_constants::match_continuous))
            return "no tag: " + xml.substr(i, 60);
        if (match[1].length() > 0) {
            if (open.empty() || open.back() != match[2])
                return "not open: " + match.str();
            open.pop_back();
        } else if (match[4].length() == 0) {
            open.push_back(match[2]);
        }
    }
    return open.empty() ? "" : "not closed: " + open.back();
}

} // namespace

HILO_TEST(theJsonIsTheContracts)
{
    const StudyObservations study = hostileStudy();
    const StudySummary summary = REQUIRE_OK(summarise(study));
    const Json json = toJson(reportOf(study, summary));
    CHECK_EQ(json["tasks"].dump(), R"(["cola_a","mr|pc & <i>"])");
    const Json& second = json["allocations"][1];
    CHECK_EQ(second["label"].get<std::string>(), study.allocations[1].label);
    CHECK(second["budget"].is_null());
    CHECK_EQ(second["trainable"].get<int>(), 2000);
    CHECK_EQ(second["active"].get<int>(), 1000);
    for (const char* key : {"mean", "rank", "difference"})
        for (const char* end : {"value", "low", "high"})
            CHECK(second[key][end].is_number());
    const Json& cell = second["tasks"]["cola_a"];
    CHECK_EQ(cell["seeds"].get<int>(), 3);
    CHECK(cell["low"].get<double>() <= cell["value"].get<double>());
    CHECK_EQ(cell["runs"][0]["run"].get<std::string>(), "run-1-0-1");
    CHECK(json["allocations"][0]["difference"].is_null());
    CHECK_EQ(second["difference"]["from"].get<std::string>(), study.allocations[0].label);
    CHECK_NEAR(second["difference"]["value"].get<double>(),
               second["mean"]["value"].get<double>() - json["allocations"][0]["mean"]["value"].get<double>(), 1e-12);
    CHECK_EQ(json["published"][0]["task"].get<std::string>(), "cola_a");
}

HILO_TEST(everyFigureIsWellFormedAndSaysItsCommand)
{
    const StudyObservations study = hostileStudy();
    const StudySummary summary = REQUIRE_OK(summarise(study));
    const StudyReport report = reportOf(study, summary);
    StudyFigureOptions options;
    for (const bool active : {false, true})
        for (const StudyFigure figure : {StudyFigure::Values, StudyFigure::Ranks, StudyFigure::Matrix}) {
            options.active = active;
            const std::string svg = studyFigure(report, figure, options);
            CHECK_EQ(xmlFault(svg), "");
            CHECK_CONTAINS(svg, "Made by: hilo study show 'my project'");
            CHECK(svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos);
        }
    options.active = false;
    options.task = 0;
    const std::string svg = studyFigure(report, StudyFigure::Values, options);
    CHECK_CONTAINS(svg, "published, hollow: LoRA &lt;r&gt;, Llama (A paper &amp; more)");
    CHECK_CONTAINS(svg, "a level, parameters are not stated");
    // Of two tasks one is published: their mean is not.
    options.task = std::nullopt;
    CHECK(studyFigure(report, StudyFigure::Values, options).find("published, hollow") == std::string::npos);
}

HILO_TEST(thePageNeedsNothingElse)
{
    const StudyObservations study = hostileStudy();
    const StudySummary summary = REQUIRE_OK(summarise(study));
    const std::string page = studyPage(reportOf(study, summary));
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("<b>") == std::string::npos);
    std::string withoutNames = std::regex_replace(page, std::regex("xmlns='http://www.w3.org/2000/svg'"), "");
    for (const char* outer : {"http:", "https:", "url(", "src=", "href=", "@import"})
        CHECK(withoutNames.find(outer) == std::string::npos);
    CHECK_CONTAINS(page, "prefers-color-scheme: dark");
    CHECK_CONTAINS(page, "hilo study new &amp; more");
    CHECK_CONTAINS(page, "1.0 &lt;x&gt;");
    std::string body = page.substr(page.find("<body>"));
    body.resize(body.find("</html>"));
    CHECK_EQ(xmlFault(body), "");
}

HILO_TEST(latexAndMarkdownEscapeNames)
{
    const StudyObservations study = hostileStudy();
    const StudySummary summary = REQUIRE_OK(summarise(study));
    const StudyReport report = reportOf(study, summary);
    const std::string latex = studyLatex(report);
    CHECK_CONTAINS(latex, "lora\\_8 \\& \\textless{}b\\textgreater{}");
    CHECK_CONTAINS(latex, "hilo \\textbar{} 50\\% \\textbackslash{}x");
    CHECK_CONTAINS(latex, "\\toprule");
    CHECK_CONTAINS(latex, "\\bottomrule");
    CHECK_EQ(latexEscaped("~^#$\n"), "\\textasciitilde{}\\textasciicircum{}\\#\\$ ");
    const std::string markdown = studyMarkdown(report);
    CHECK_CONTAINS(markdown, "| lora\\_8 & \\<b\\> |");
    CHECK_CONTAINS(markdown, "| hilo \\| 50% \\\\x |");
    CHECK_CONTAINS(markdown, "--plot a.svg");
}

HILO_TEST(theTableAndTheCsvHoldAllCells)
{
    const StudyObservations study = hostileStudy();
    const StudySummary summary = REQUIRE_OK(summarise(study));
    const StudyReport report = reportOf(study, summary);
    const std::string text = studyText(report);
    CHECK_CONTAINS(text, "difference from lora_8 & <b>");
    CHECK_CONTAINS(text, summary.sentence);
    CHECK_CONTAINS(text, "A paper & more");
    const auto records = parseTable(studyCsv(report), ',', true);
    CHECK_EQ(records.size(), 3u);
    for (const TableRecord& record : records)
        CHECK_EQ(record.cells.size(), records[0].cells.size());
    CHECK_EQ(records[0].cells.back(), "accuracy@mr|pc & <i>_seeds");
    CHECK_EQ(std::stod(records[1].cells[7]), summary.rows[0].mean->value);
}

HILO_TEST(anEmptyStudyHasReportsToo)
{
    StudyObservations study = madeStudy({"lora", "hilo"}, {"cola"}, {1});
    for (const StudyObservations& one : {study, StudyObservations{}}) {
        const StudySummary summary = REQUIRE_OK(summarise(one));
        const StudyReport report{one, summary};
        CHECK_CONTAINS(studyText(report), "Nothing is measured yet.");
        CHECK_CONTAINS(studyPage(report), "Nothing is measured yet.");
        CHECK(!studyLatex(report).empty() && !studyMarkdown(report).empty() && !studyCsv(report).empty());
        CHECK_EQ(toJson(report)["sentence"].get<std::string>(), "Nothing is measured yet.");
        for (const StudyFigure figure : {StudyFigure::Values, StudyFigure::Ranks, StudyFigure::Matrix})
            CHECK_EQ(xmlFault(studyFigure(report, figure)), "");
    }
}

HILO_TEST(pointsOfEqualParametersStandSideBySide)
{
    StudyObservations study = madeStudy({"lora", "mola", "hilo"}, {"part-of-speech"}, {1, 2, 3});
    for (std::size_t allocation = 0; allocation < 3; ++allocation) {
        study.allocations[allocation].trainable = 71680;
        for (int seed = 1; seed <= 3; ++seed)
            addRows(study, allocation, 0, seed, seed == 2 ? "110100111011" : "110101111001");
    }
    const StudySummary summary = REQUIRE_OK(summarise(study));
    const StudyReport report{study, summary};
    const std::string svg = studyFigure(report, StudyFigure::Values);
    // An axis without a round number on it names what lies there.
    CHECK_CONTAINS(svg, ">71.68 k</text>");
    const std::regex interval(R"(<line x1='([0-9.]+)' x2='[0-9.]+' y1='[0-9.]+' y2='[0-9.]+' style='stroke:#(?!D|E))");
    std::set<std::string> places;
    for (auto one = std::sregex_iterator(svg.begin(), svg.end(), interval); one != std::sregex_iterator(); ++one)
        places.insert((*one)[1]);
    CHECK(places.size() >= 2);
    // A name of usual length is whole.
    CHECK_CONTAINS(studyFigure(report, StudyFigure::Matrix), ">part-of-speech</text>");
}

HILO_TEST(eachFigureOfThePageSaysHowItIsMadeAlone)
{
    const StudyObservations study = hostileStudy();
    const StudySummary summary = REQUIRE_OK(summarise(study));
    StudyReport report = reportOf(study, summary);
    report.command = {"hilo", "study", "show", ".", "--name", "s"};
    report.learning = {{0, {{1, 2.5}, {10, 1.5}}}, {1, {{1, 2.25}, {10, 1.75}}}};
    report.sources = {{study.allocations[0].label, "lora:rank=8"}};
    const std::string page = studyPage(report);
    std::string body = page.substr(page.find("<body>"));
    body.resize(body.find("</html>"));
    CHECK_EQ(xmlFault(body), "");
    // Long commands are cut into lines.
    for (const char* part : {"--figure matrix", "--figure values", "--figure learning", "--plot learning.svg",
                             "--active", "training loss, mean over runs", "lora:rank=8"})
        CHECK_CONTAINS(page, part);
    const std::string figure = studyFigure(report, StudyFigure::Learning);
    CHECK_EQ(xmlFault(figure), "");
    CHECK_CONTAINS(figure, "nats per token");
    report.learning.clear();
    CHECK_CONTAINS(studyFigure(report, StudyFigure::Learning), "nothing is measured yet");
    CHECK_CONTAINS(studyText(report), "lora:rank=8");
    // Ranks have two digits everywhere.
    CHECK(!std::regex_search(studyLatex(report), std::regex(R"(\$\d\.\d{3}\$)")));
}
