// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "checks.h"
#include "console.h"
#include "plot_file.h"
#include "project_commands.h"
#include "study_commands.h"

#include "base/atomic_file.h"
#include "base/text_format.h"
#include "base/version.h"
#include "data/benchmark.h"
#include "export/map_picture.h"
#include "formats/model_source.h"
#include "run/provenance.h"
#include "run/run_settings.h"
#include "study/collect.h"
#include "study/study_figure.h"
#include "study/study_json.h"
#include "study/study_latex.h"
#include "study/study_learning.h"
#include "study/study_markdown.h"
#include "study/study_page.h"
#include "study/study_rows.h"
#include "study/study_store.h"

#include <map>
#include <set>

namespace hilo::cli {
namespace {

struct ShowStudyOptions
{
    std::string folder, name, html, plot, figure = "values", task;
    std::vector<double> targets;
    bool csv = false, latex = false, markdown = false, active = false;
};

Result<StudyFigure> figureOf(const std::string& word)
{
    if (word == "values")
        return StudyFigure::Values;
    if (word == "ranks")
        return StudyFigure::Ranks;
    return word == "learning" ? StudyFigure::Learning : StudyFigure::Matrix;
}

/// What was published of the benchmarks among the tasks, by the protocol that the study asks by.
std::vector<StudyPublished> publishedOf(const Study& study)
{
    std::vector<StudyPublished> published;
    for (std::size_t task = 0; task < study.spec.tasks.size(); ++task) {
        const std::string& name = study.spec.tasks[task].data.benchmark;
        const auto chosen = name.empty() ? Result<ChosenBenchmark>() : findBenchmark(name);
        if (name.empty() || !chosen)
            continue;
        for (const PublishedResult& result : chosen->benchmark->published)
            if (result.protocol == chosen->protocol->name)
                published.push_back({task, result});
    }
    return published;
}

std::vector<std::pair<std::string, std::string>> settingsOf(const Study& study)
{
    std::vector<std::pair<std::string, std::string>> settings;
    Json document = toJson(study.spec);
    document.erase("map");
    for (const Setting& setting : flattenSettings(document))
        settings.emplace_back(setting.key, shownValue(setting));
    return settings;
}

Result<StudyFigureOptions> figureOptions(const ShowStudyOptions& options, const StudyObservations& observations)
{
    StudyFigureOptions figure;
    figure.active = options.active;
    if (options.task.empty())
        return figure;
    std::string all;
    for (std::size_t task = 0; task < observations.tasks.size(); ++task) {
        if (observations.tasks[task].name == options.task)
            figure.task = task;
        all += (all.empty() ? "" : ", ") + observations.tasks[task].name;
    }
    if (!figure.task)
        return failure(wrongUsage("the study has no task \"" + options.task + "\"", "its tasks: " + all));
    return figure;
}

/// The words that make a figure again.
std::vector<std::string> commandOf(const ShowStudyOptions& options)
{
    std::vector<std::string> words{"hilo", "study", "show", options.folder, "--name", options.name};
    if (!options.plot.empty() && options.figure != "values")
        words.insert(words.end(), {"--figure", options.figure});
    if (!options.plot.empty() && options.active)
        words.emplace_back("--active");
    if (!options.plot.empty() && !options.task.empty())
        words.insert(words.end(), {"--task", options.task});
    for (const double target : options.targets)
        words.insert(words.end(), {"--target", shortestNumber(target)});
    if (!options.plot.empty())
        words.insert(words.end(), {"--plot", std::filesystem::path(options.plot).filename().string()});
    for (const auto& [asked, name] : {std::pair(options.latex, "--latex"), std::pair(options.markdown, "--markdown")})
        if (asked)
            words.emplace_back(name);
    return words;
}

/// A label and what it is, as --strategy and --map have it.
std::vector<std::pair<std::string, std::string>> sourcesOf(const Study& study)
{
    std::vector<std::pair<std::string, std::string>> sources;
    const std::string map = study.budgets.empty() ? "a map" : "a map, scaled to the budget";
    for (const StudySource& source : study.sources)
        sources.emplace_back(source.label, source.map ? map : source.strategy);
    return sources;
}

/// Drawings of the study's maps; a note where its model, whose modules they are of, is not here.
std::vector<std::pair<std::string, std::string>> mapsOf(const Study& study, Console& console)
{
    std::vector<std::pair<std::string, std::string>> maps;
    const auto model = openModel(study.spec.modelPath);
    if (!model) {
        console.print("Note: the page has no drawings of the maps, for the base model cannot be read: " +
                      describe(model.error()));
        return maps;
    }
    for (const StudyArm& arm : study.arms)
        maps.emplace_back(describedArm(arm), mapPicture(arm.map, model->config));
    return maps;
}

/// What the runs were trained with, each once, with the number of runs.
std::vector<std::pair<std::string, std::string>> versionsOf(const StudyObservations& observations,
                                                            const Project& project)
{
    std::map<std::string, std::set<std::string>> runs;
    for (const StudyObservation& value : observations.values) {
        const auto folder = project.pathOfRun(value.run);
        const auto made = folder ? readProvenance(*folder) : Result<Provenance>(failure(folder.error()));
        std::string text = "not known";
        if (made) {
            text = "hilo " + made->program + (made->libtorch.empty() ? "" : ", LibTorch " + made->libtorch) + ", " +
                   made->processor;
            for (const std::string& gpu : made->gpus)
                text += ", " + gpu;
        }
        runs[text].insert(value.run);
    }
    std::vector<std::pair<std::string, std::string>> versions{{"this page", "hilo " + programVersion()}};
    for (const auto& [text, ids] : runs)
        versions.emplace_back(counted(static_cast<std::int64_t>(ids.size()), "run"), text);
    return versions;
}

Status writeFiles(const ShowStudyOptions& options, const StudyReport& report)
{
    if (!options.html.empty())
        HILO_CHECK(writeFileAtomically(options.html, studyPage(report)));
    if (options.plot.empty())
        return {};
    HILO_TRY(const StudyFigure figure, figureOf(options.figure));
    HILO_TRY(const StudyFigureOptions drawn, figureOptions(options, report.observations));
    return writePlot(options.plot, studyFigure(report, figure, drawn));
}

Status showStudy(Console& console, const ShowStudyOptions& options)
{
    HILO_CHECK(checkFolderOf(options.html));
    HILO_CHECK(checkFolderOf(options.plot));
    if (!options.plot.empty())
        HILO_CHECK(checkPlotName(options.plot));
    HILO_TRY(const Project project, Project::open(options.folder));
    HILO_TRY(const Study study, readStudy(project, options.name));
    HILO_TRY(RunReader reader, openReader(project, console));
    HILO_TRY(const StudyObservations observations, collectStudy(study, project, reader));
    StudySummaryOptions statistics;
    statistics.targets = options.targets;
    HILO_TRY(const StudySummary summary, summarise(observations, statistics));
    StudyReport report{observations, summary};
    report.command = commandOf(options);
    report.published = publishedOf(study);
    report.settings = settingsOf(study);
    report.commands = study.commands;
    report.sources = sourcesOf(study);
    if (!options.html.empty()) {
        report.maps = mapsOf(study, console);
        report.versions = versionsOf(observations, project);
    }
    if (!options.html.empty() || options.figure == "learning") {
        HILO_TRY(report.learning, collectLearning(observations, reader));
    }
    HILO_CHECK(writeFiles(options, report));
    console.printJson(toJson(report));
    if (options.csv)
        console.stream(studyCsv(report));
    else if (options.latex)
        console.stream(studyLatex(report));
    else if (options.markdown)
        console.stream(studyMarkdown(report));
    else
        console.printLines(studyText(report));
    return {};
}

} // namespace

void addStudyShowCommand(CLI::App& study, const std::function<void(Work)>& chosen)
{
    CLI::App* command = study.add_subcommand("show", "the results of a study: a row an allocation, a column a task");
    const auto options = std::make_shared<ShowStudyOptions>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("--name", options->name, "name of the study")->required();
    auto* csv = command->add_flag("--csv", options->csv, "all numbers as CSV on standard output");
    auto* latex = command->add_flag("--latex", options->latex, "a table for LaTeX's booktabs")->excludes(csv);
    command->add_flag("--markdown", options->markdown, "tables in Markdown")->excludes(csv)->excludes(latex);
    command->add_option("--html", options->html, "write a page with everything in it");
    command->add_option("--plot", options->plot, "write a figure (.svg, .png or .pdf)");
    command
        ->add_option("--figure", options->figure,
                     "of --plot: values against parameters, mean ranks, the matrix, or the training loss")
        ->check(CLI::IsMember({"values", "ranks", "matrix", "learning"}))
        ->capture_default_str();
    command->add_flag("--active", options->active, "values against active instead of trainable parameters");
    command->add_option("--task", options->task, "values of one task instead of the mean");
    command
        ->add_option("--target", options->targets,
                     "over several budgets: at how many parameters each allocation reaches these values")
        ->delimiter(',');
    command->callback([=] { chosen([=](Console& console) { return showStudy(console, *options); }); });
}

} // namespace hilo::cli
