// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "numbers.h"

#include "engine/refine/refine_run.h"

namespace hilo::cli {

void addRefine(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand(
        "refine", "from a finished run: drop idle experts and negligible ranks, grow what is full, go on from there");
    struct Options
    {
        std::string run, out;
        RefineSettings settings;
    };
    const auto options = std::make_shared<Options>();
    RefineSettings& settings = options->settings;
    command->add_option("RUN", options->run, "folder of a finished run")->required();
    command->add_option("--out", options->out, "new folder for the map, the adapter and the next run's spec")
        ->required();
    command->add_option("--drop-below", settings.dropBelow, "part of an even share of the tokens, below it experts go")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--negligible", settings.negligible, "share of the squared singular values that may go")
        ->check(CLI::Range(0.0, 0.999))
        ->capture_default_str();
    command->add_option("--grow-above", settings.growAbove, "smallest over largest singular value of a full expert")
        ->check(CLI::Range(0.0, 2.0))
        ->capture_default_str();
    command->add_option("--grow-by", settings.growBy, "ranks that a full expert gains")
        ->check(CLI::Range(0, 65536))
        ->capture_default_str();
    command->add_option("--rank-max", settings.rankMax, "no expert grows beyond it")
        ->check(CLI::Range(1, 65536))
        ->capture_default_str();
    command
        ->add_option(
            "--grow-experts", settings.growExperts,
            "experts that a module with a router gains whose experts are all in use with all their ranks; they "
            "begin with B zero and the mean of the other router rows")
        ->check(CLI::Range(0, 64))
        ->capture_default_str();
    command
        ->add_option("--even-above", settings.evenAbove,
                     "part of an even share of the tokens that every expert of such a module has")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const Refinement result,
                     refineRun(options->run, options->settings, options->out, console.progress()));
            console.printJson(toJson(result));
            console.print("Dropped " + withNoun(result.droppedExperts, "expert") + " and " +
                          withNoun(result.droppedRanks, "rank") + ", added " + withNoun(result.addedExperts, "expert") +
                          " and " + withNoun(result.addedRanks, "rank") + ": " +
                          withSeparators(result.parametersBefore) + " -> " + withSeparators(result.parametersAfter) +
                          " trainable parameters");
            for (const std::string& note : result.map.notes)
                console.print("Note: " + note);
            console.print("Go on with: hilo train " + options->out + "/next.run.json --out RUN_DIR");
            return {};
        });
    });
}

} // namespace hilo::cli
