// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"
#include "project_commands.h"
#include "study_commands.h"

#include "base/text_table.h"
#include "study/collect.h"
#include "study/study_runs.h"
#include "study/study_store.h"

namespace hilo::cli {
namespace {

struct ShowStudyOptions
{
    std::string folder, name;
};

Status showStudy(Console& console, const ShowStudyOptions& options)
{
    HILO_TRY(const Project project, Project::open(options.folder));
    HILO_TRY(const Study study, readStudy(project, options.name));
    HILO_TRY(RunReader reader, openReader(project, console));
    HILO_TRY(const StudyObservations observations, collectStudy(study, project, reader));
    Json values = Json::array();
    for (const StudyObservation& one : observations.values)
        values.push_back({one.allocation, one.task, one.seed, one.value, one.run, one.right.size()});
    console.printJson({{"study", study.name}, {"allocations", armsAsJson(study)}, {"values", values}});
    console.printLines(alignedTable(armRows(study)));
    return {};
}

} // namespace

void addStudyShowCommand(CLI::App& study, const std::function<void(Work)>& chosen)
{
    CLI::App* command = study.add_subcommand("show", "the results of a study");
    const auto options = std::make_shared<ShowStudyOptions>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("--name", options->name, "name of the study")->required();
    command->callback([=] { chosen([=](Console& console) { return showStudy(console, *options); }); });
}

} // namespace hilo::cli
