// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"
#include "data_options.h"
#include "model_options.h"
#include "numbers.h"

#include "allocation/profile_writer.h"
#include "allocation/signal_catalogue.h"
#include "base/text_table.h"
#include "data/benchmark.h"
#include "engine/complexity/profile_cache.h"
#include "engine/complexity/profile_model.h"

#include <algorithm>

namespace hilo::cli {
namespace {

struct ProfileOptions
{
    ProfileRequest request;
    std::string model, data, task, benchmark, dataTemplate, dataConfig, signals, adapter, out, cache;
    std::vector<std::string> columns;
    bool list = false, withoutCache = false, validationGiven = false;
};

void printSignals(Console& console)
{
    Json document = Json::array();
    for (const SignalDescription& signal : signalCatalogue()) {
        document.push_back(toJson(signal));
        const std::string direction = signal.direction == SignalDirection::Unstated
                                          ? "no direction stated"
                                          : directionName(signal.direction) + " wants more capacity";
        console.printLines(signal.name + ": " + signal.title + " (" + kindName(signal.kind) + ", " + direction +
                           ")\n  " + signal.meaning + "\n  Source: " + signal.source + "\n");
    }
    console.printJson({{"signals", std::move(document)}});
}

/// One line a signal: its range over the layers, how sure it is, and what it cost.
std::string overview(const ComplexityProfile& profile)
{
    std::vector<std::vector<std::string>> rows = {
        {"signal", "direction", "first layer", "last layer", "lowest", "highest", "halves", "seconds"}};
    for (const SignalDescription& known : signalCatalogue()) {
        const auto found = profile.signals.find(known.name);
        if (found == profile.signals.end() || (found->second.layers.empty() && found->second.modules.empty()))
            continue;
        const ComplexitySignal& signal = found->second;
        if (signal.layers.empty()) { // by module alone, as the notes say
            rows.push_back({signal.name, directionName(signal.direction), "-", "-", "-", "-", "-",
                            signal.seconds ? shortNumber(*signal.seconds) : "-"});
            continue;
        }
        const auto [least, most] = std::minmax_element(signal.layers.begin(), signal.layers.end());
        rows.push_back({signal.name, directionName(signal.direction), shortNumber(signal.layers.front()),
                        shortNumber(signal.layers.back()), shortNumber(*least), shortNumber(*most),
                        signal.splitHalf ? shortNumber(*signal.splitHalf) : "-",
                        signal.seconds ? shortNumber(*signal.seconds) : "-"});
    }
    return alignedTable(rows);
}

Status fillRequest(ProfileOptions& options)
{
    ProfileRequest& request = options.request;
    if (options.model.empty())
        return failure(wrongUsage("MODEL is missing", "hilo profile --list names the signals"));
    request.model = options.model;
    HILO_CHECK(findModel(request.model));
    request.adapter = options.adapter;
    if (!options.data.empty()) {
        HILO_TRY(request.data, dataSpecOf(options.data, options.dataTemplate, options.columns, request.split,
                                          options.task, options.dataConfig, options.benchmark));
        if (!request.data->benchmark.empty()) {
            HILO_TRY(const ChosenBenchmark chosen, findBenchmark(request.data->benchmark));
            HILO_CHECK(checkSplitOf(chosen, request.split));
            // Nothing is decided by the rows that the result is of.
            if (!options.validationGiven && request.validationSplit == chosen.benchmark->scored)
                request.validationSplit = request.split;
        }
    }
    if (!options.withoutCache)
        request.cache = options.cache.empty() ? ProfileCache::usualFolder() : std::filesystem::path(options.cache);
    const std::string usual = options.data.empty() ? "weights" : "all";
    HILO_TRY(request.signals, chosenSignals(options.signals.empty() ? usual : options.signals));
    // A kind of signals does not ask for an adapter; the signal's own name does.
    if (options.adapter.empty())
        std::erase_if(request.signals, [&](const std::string& name) {
            return findSignalDescription(name)->needsAdapter && options.signals.find(name) == std::string::npos;
        });
    return {};
}

Status makeProfile(ProfileOptions& options, Console& console)
{
    if (options.list) {
        printSignals(console);
        return {};
    }
    HILO_CHECK(fillRequest(options));
    HILO_CHECK(checkFolderOf(options.out));
    HILO_TRY(const ComplexityProfile profile, profileModel(options.request, console.progress()));
    if (!options.out.empty())
        HILO_CHECK(writeComplexityProfile(options.out, profile));
    console.printJson(toJson(profile));
    console.printLines(overview(profile));
    for (const std::string& note : profile.notes)
        console.print("Note: " + note);
    console.print(seconds(profile.cost["seconds"].get<double>()) + ", at most " +
                  bytes(profile.cost["peak_memory_bytes"].get<std::uint64_t>()) + " of memory");
    console.print(options.out.empty() ? "Not written; --out FILE keeps it." : "Written to " + options.out);
    return {};
}

} // namespace

void addProfile(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command =
        app.add_subcommand("profile", "measure how complex each layer is: signals of weights, activations, gradients");
    const auto options = std::make_shared<ProfileOptions>();
    ProfileRequest& request = options->request;
    command->add_option("MODEL", options->model, "Hugging Face folder, .gguf file, or org/name");
    command->add_option("--data", options->data, "data file, folder, or a run spec whose data is used");
    command->add_option("--task", options->task, "which task of a run spec with several");
    command->add_option("--benchmark", options->benchmark, "what the data are; hilo benchmark list names them");
    command->add_option("--data-config", options->dataConfig, "of a folder that has several configurations, by name");
    command->add_option("--template", options->dataTemplate, "name in resources/prompts or a file");
    command->add_option("--column", options->columns, "FIELD=COLUMN, may be repeated")->allow_extra_args(false);
    command->add_option("--signals", options->signals,
                        "signals with commas between, or weights, activations, gradients, all; see --list");
    command->add_option("--split", request.split, "")
        ->check(CLI::IsMember({"train", "validation", "test"}))
        ->capture_default_str();
    auto* validation =
        command
            ->add_option("--validation-split", request.validationSplit,
                         "for influence and necessity; of a benchmark other rows of --split where it is scored on it")
            ->check(CLI::IsMember({"train", "validation", "test"}))
            ->capture_default_str();
    command->add_option("--sequences", request.sequences, "rows for activation signals")
        ->check(CLI::Range(2, 1 << 20))
        ->capture_default_str();
    command->add_option("--gradient-sequences", request.gradientSequences, "rows for gradient signals")
        ->check(CLI::Range(2, 1 << 20))
        ->capture_default_str();
    command->add_option("--gradient-tokens", request.gradientTokens, "most tokens of those rows together")
        ->check(CLI::Range(2, 1 << 30))
        ->capture_default_str();
    command->add_option("--max-length", request.maxLength, "tokens of a row")
        ->check(CLI::Range(2, 1 << 20))
        ->capture_default_str();
    command->add_option("--adapter", options->adapter,
                        "adapter or run folder, for expert_redundancy and trained_update");
    command->add_option("--cache", options->cache, "folder for results that other profiles can use again");
    command->add_flag("--no-cache", options->withoutCache, "measure everything anew, keep nothing");
    command->add_option("--threads", request.threads, "0: by measurement")
        ->check(CLI::Range(0, 4096))
        ->capture_default_str();
    command->add_option("--out", options->out, "file to write the profile to; without it an overview is only shown");
    command->add_flag("--list", options->list, "name the signals, what they mean and where they come from");
    command->callback([=] {
        options->validationGiven = validation->count() > 0;
        chosen([options](Console& console) { return makeProfile(*options, console); });
    });
}

} // namespace hilo::cli
