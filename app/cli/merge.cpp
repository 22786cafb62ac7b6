// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"
#include "data_options.h"
#include "map_table.h"
#include "model_options.h"
#include "numbers.h"

#include "base/text_table.h"
#include "engine/merge/merge_adapters.h"
#include "formats/model_source.h"
#include "run/run_spec_names.h"

#include <filesystem>

namespace hilo::cli {
namespace {

namespace fs = std::filesystem;

struct MergeOptions
{
    MergeRequest request;
    std::string method = "svd", election = "total";
    std::vector<std::string> data, columns;
    std::string promptTemplate, split = "test", protocol = "auto";
    std::int64_t limit = 0, maxLength = 1024;
    bool splitGiven = false, protocolGiven = false, maxLengthGiven = false;
};

/// What one --data means. A run's folder or spec says itself how its rows are scored.
Result<MergeData> dataOf(const MergeOptions& options, const std::string& text)
{
    std::error_code code;
    const fs::path place = text;
    const std::string source = fs::exists(place / "run.json", code) ? (place / "run.json").string() : text;
    MergeData data;
    data.name = text;
    data.evaluation.split = options.split;
    data.evaluation.limit = options.limit;
    data.isSplitGiven = options.splitGiven;
    data.maxLength = options.maxLength;
    if (!options.splitGiven && !isRunSpec(source) && fs::is_regular_file(place, code))
        data.evaluation.split = place.filename().string();
    HILO_TRY(data.data, dataSpecOf(source, options.promptTemplate, options.columns, data.evaluation.split));
    std::string protocol = options.protocol;
    if (isRunSpec(source)) {
        HILO_TRY(const RunSpec spec, readRunSpec(source));
        HILO_TRY(const TaskSpec task, taskNamed(spec.tasks, {}, "--data"));
        if (!options.protocolGiven)
            protocol = nameOf(protocolNames, task.protocol.value_or(spec.evaluation.protocol));
        if (!options.maxLengthGiven)
            data.maxLength = spec.training.maxLength;
        data.evaluation.maxNewTokens = task.maxNewTokens.value_or(spec.evaluation.maxNewTokens);
        data.evaluation.lossOn = spec.training.lossOn;
    }
    for (const auto& [known, name] : protocolNames)
        if (protocol == name)
            data.evaluation.protocol = known;
    return data;
}

std::string scoreText(const MergeScore& score)
{
    return (score.accuracy ? percent(*score.accuracy) + ", " : std::string()) + "loss " +
           (score.loss ? shortNumber(*score.loss, 3) : std::string("not measured"));
}

void print(Console& console, const MergeReport& report, const ModelConfig& model)
{
    console.print("Merged (" + report.method + "): " + report.folder.string() + ", " +
                  withSeparators(report.parameters) + " trainable parameters");
    console.printLines(mapTable(report.map, model));
    for (const MergeCost& cost : report.costs) {
        console.print(cost.name + ", " + withNoun(cost.rows, "row") + " of " + cost.split + ", protocol " +
                      cost.protocol + ":");
        TextRows rows{{"  base", scoreText(cost.base)}};
        for (std::size_t i = 0; i < cost.adapters.size(); ++i)
            rows.push_back({"  " + report.adapters[i] + " alone", scoreText(cost.adapters[i])});
        rows.push_back({"  merged", scoreText(cost.merged)});
        std::string table = alignedTable(rows, 2);
        if (!table.empty())
            table.pop_back();
        console.printLines(table);
    }
    if (report.costs.empty())
        console.print("What it costs was not measured: give --data");
    console.print("Its map: " + (report.folder / "allocation.map.json").string());
}

Status runMerge(MergeOptions& options, Console& console)
{
    MergeRequest& request = options.request;
    HILO_CHECK(findModel(request.model));
    for (const auto& [method, name] : mergeMethods())
        if (options.method == name)
            request.settings.method = method;
    if (options.election == "frequency")
        request.settings.election = SignElection::Frequency;
    request.data.clear();
    for (const std::string& text : options.data) {
        HILO_TRY(MergeData data, dataOf(options, text));
        request.data.push_back(std::move(data));
    }
    HILO_TRY(const MergeReport report, mergeAdapters(request, console.progress()));
    console.endProgress();
    console.printJson(toJson(report));
    HILO_TRY(const ModelSource model, openModel(request.model));
    print(console, report, model.config);
    return {};
}

template <class Names>
std::vector<std::string> namesIn(const Names& names)
{
    std::vector<std::string> words;
    for (const auto& [value, name] : names)
        words.emplace_back(name);
    return words;
}

} // namespace

void addMerge(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("merge", "one adapter of several on one base model");
    const auto options = std::make_shared<MergeOptions>();
    MergeRequest& request = options->request;
    MergeSettings& settings = request.settings;
    command
        ->add_option("ADAPTERS", request.adapters, "run or adapter folders, or of another tool, as hilo import takes")
        ->required()
        ->expected(2, 64);
    command->add_option("--model", request.model, "their base model")->required();
    command->add_option("--out", request.out, "the new adapter folder")->required();
    command->add_option("--method", options->method, "docs/export.md says what each one does")
        ->check(CLI::IsMember(namesIn(mergeMethods())))
        ->capture_default_str();
    command->add_option("--weights", settings.weights, "one for each adapter; else 1/n, of side_by_side 1")
        ->delimiter(',');
    command->add_option("--density", settings.density, "of TIES and DARE: the share of the numbers that is kept")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--majority-sign", options->election, "of TIES: by the sum of the numbers, or of their signs")
        ->check(CLI::IsMember({"total", "frequency"}))
        ->capture_default_str();
    command->add_option("--rank", settings.rank, "of svd and what ends in _svd; 0: the largest of the adapters'")
        ->check(CLI::Range(0, 1 << 16))
        ->capture_default_str();
    command->add_option("--top-k", settings.topK, "of side_by_side: chosen experts; 0: as many as all adapters choose")
        ->check(CLI::Range(0, 4096))
        ->capture_default_str();
    command->add_option("--seed", settings.seed, "of DARE")->capture_default_str();
    command
        ->add_option("--data", options->data,
                     "what the adapters and the merged one are measured on: file, folder, run folder or run spec; may "
                     "be repeated")
        ->allow_extra_args(false);
    command->add_option("--template", options->promptTemplate, "of --data: name in resources/prompts or a file");
    command->add_option("--column", options->columns, "of --data: FIELD=COLUMN, may be repeated")
        ->allow_extra_args(false);
    auto* split = command->add_option("--split", options->split, "of --data")
                      ->check(CLI::IsMember({"train", "validation", "test"}))
                      ->capture_default_str();
    auto* protocol = command->add_option("--protocol", options->protocol, "how rows are scored; auto: what they allow")
                         ->check(CLI::IsMember(namesIn(protocolNames)))
                         ->capture_default_str();
    command->add_option("--limit", options->limit, "first rows only; 0: all")
        ->check(notNegative)
        ->capture_default_str();
    auto* maxLength = command->add_option("--max-length", options->maxLength, "tokens of a row")
                          ->check(positive)
                          ->capture_default_str();
    command->add_option("--device", request.device, "that --data is measured on")->capture_default_str();
    command->add_option("--dtype", request.dtype, "")
        ->check(CLI::IsMember({"auto", "float32", "bfloat16"}))
        ->capture_default_str();
    command->add_option("--threads", request.threads, "0: by measurement")
        ->check(CLI::Range(0, 4096))
        ->capture_default_str();
    command->callback([=] {
        options->splitGiven = split->count() > 0;
        options->protocolGiven = protocol->count() > 0;
        options->maxLengthGiven = maxLength->count() > 0;
        chosen([options](Console& console) -> Status { return runMerge(*options, console); });
    });
}

} // namespace hilo::cli
