// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"
#include "numbers.h"
#include "project_commands.h"

#include "engine/base/compute.h"
#include "index/project_check.h"

namespace hilo::cli {
namespace {

void addReindex(CLI::App& project, const std::function<void(Work)>& chosen)
{
    CLI::App* command = project.add_subcommand("reindex", "make the database again from the run folders");
    struct Options
    {
        std::string folder;
        bool forgetMissing = false;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_flag("--forget-missing", options->forgetMissing, "also forget runs whose folder or events are gone");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(RunStore store, openStore(options->folder));
            HILO_TRY(const ScanReport report, store.reindex(options->forgetMissing, console.progress()));
            console.printJson(
                {{"runs", report.runs}, {"events", report.events}, {"missing", report.missing}, {"kept", report.kept}});
            console.print(withNoun(report.runs, "run") + ", " + withNoun(report.events, "event"));
            for (const std::string& id : report.missing)
                console.print("The folder of " + id + " is gone" +
                              (options->forgetMissing ? "; it was forgotten." : "; its results are kept."));
            for (const std::string& id : report.kept)
                console.print("The files of " + id + " hold less than the database; its results are kept.");
            return {};
        });
    });
}

Status check(Console& console, const std::string& folder, bool quick)
{
    HILO_TRY(RunStore store, openStore(folder));
    CheckOptions options;
    options.hashes = !quick;
    options.libtorch = torchVersion();
    HILO_TRY(const std::vector<Finding> findings, checkProject(store, options, console.progress()));
    console.endProgress();
    Json list = Json::array();
    int damaged = 0;
    for (const Finding& finding : findings) {
        const bool isDamage = finding.kind == Finding::Kind::Damage;
        damaged += isDamage ? 1 : 0;
        list.push_back({{"kind", isDamage ? "damage" : "change"},
                        {"run", finding.run},
                        {"message", finding.message},
                        {"hint", finding.hint}});
        console.print((finding.run.empty() ? "" : finding.run + ": ") + finding.message +
                      (finding.hint.empty() ? "" : "\n  " + finding.hint));
    }
    console.printJson({{"sound", damaged == 0}, {"findings", list}});
    if (damaged > 0)
        return failure(badInput(
            folder, {}, std::to_string(damaged) + (damaged == 1 ? " thing is" : " things are") + " damaged or gone."));
    console.print(findings.empty() ? "Everything is as it was recorded." : "Nothing is damaged.");
    return {};
}

void addCheck(CLI::App& project, const std::function<void(Work)>& chosen)
{
    CLI::App* command =
        project.add_subcommand("check", "look for damage, and for what changed since the runs were made");
    struct Options
    {
        std::string folder;
        bool quick = false;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_flag("--quick", options->quick, "sizes only; read no checkpoint, archive, model and data file");
    command->callback(
        [=] { chosen([options](Console& console) { return check(console, options->folder, options->quick); }); });
}

} // namespace

void addProjectCareCommands(CLI::App& project, const std::function<void(Work)>& chosen)
{
    addReindex(project, chosen);
    addCheck(project, chosen);
}

} // namespace hilo::cli
