// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"

#include "engine/search/guided_search.h"
#include "run/unfinished_search.h"

namespace hilo::cli {

void addSearch(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand(
        "search",
        "learn experts and ranks from a run's data by GuiLoMo's bilevel search, for the strategy guilomo; what was "
        "interrupted goes on with the same command");
    struct Options
    {
        std::string run, out;
        SearchSettings settings;
    };
    const auto options = std::make_shared<Options>();
    SearchSettings& settings = options->settings;
    command->add_option("RUN", options->run, "run spec: model, data, batches and seed; its map is not used")
        ->required();
    command
        ->add_option(
            "--out", options->out,
            "file to write the result to; OUT.state beside it keeps a search that is not finished, as often as the "
            "spec's checkpoint_every and checkpoint_minutes say")
        ->required();
    command->add_option("--experts", settings.experts, "of the supernet, on every module")
        ->check(CLI::Range(2, 64))
        ->capture_default_str();
    command->add_option("--rank", settings.rank, "of the supernet's experts")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    command->add_option("--steps", settings.steps, "two batches each; 0: four epochs")
        ->check(notNegative)
        ->capture_default_str();
    command->add_option("--learning-rate", settings.weightRate, "of the weights")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--vector-rate", settings.vectorRate, "of the selection vectors")
        ->check(positive)
        ->capture_default_str();
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            HILO_TRY(const RunSpec spec, readRunSpec(options->run));
            HILO_CHECK(checkFolderOf(options->out));
            const std::filesystem::path state = searchStateFile(options->out);
            HILO_TRY(const Json result, guidedSearch(spec, options->settings, console.progress(), state));
            HILO_CHECK(writeJsonFile(options->out, result));
            std::error_code code;
            std::filesystem::remove(state, code);
            console.printJson(result);
            console.print(
                "Written to " + options->out +
                "; make a map of it with: hilo allocate MODEL --strategy guilomo --set search=" + options->out);
            return {};
        });
    });
}

} // namespace hilo::cli
