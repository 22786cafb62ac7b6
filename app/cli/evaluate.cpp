// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark_score.h"
#include "checks.h"
#include "command.h"
#include "console.h"
#include "data_options.h"
#include "model_options.h"
#include "numbers.h"
#include "result_lines.h"

#include "base/atomic_file.h"
#include "base/log.h"
#include "base/shown_text.h"
#include "base/text_format.h"
#include "data/rejected_rows.h"
#include "engine/evaluate/evaluate_model.h"
#include "metrics/metric.h"
#include "run/benchmark_task.h"
#include "run/objective_spec.h"
#include "run/run_spec_names.h"

#include <filesystem>

namespace hilo::cli {
namespace {

struct EvaluateOptions
{
    EvaluateRequest request;
    std::string data, task, benchmark, dataConfig, protocol = "auto", lossOn = "answer", rejected, predictions;
    std::vector<std::string> columns, metrics;
    std::optional<ChosenBenchmark> chosen; ///< that the data are, by --benchmark or the run spec
    bool maxLengthGiven = false, protocolGiven = false, lossOnGiven = false, maxTokensGiven = false;
};

/// What a run spec says of scoring, unless it was said by options: rows are cut and scored as the run did it, so that
/// the numbers are the run's.
Status fillScoring(EvaluateOptions& options)
{
    HILO_TRY(const RunSpec spec, readRunSpec(options.data));
    HILO_TRY(const TaskSpec task, taskNamed(spec.tasks, options.task, "--task"));
    if (!options.maxLengthGiven)
        options.request.maxLength = spec.training.maxLength;
    if (!options.protocolGiven)
        options.protocol = nameOf(protocolNames, task.protocol.value_or(spec.evaluation.protocol));
    if (!options.lossOnGiven)
        options.lossOn = nameOf(lossOnNames, spec.training.lossOn);
    options.request.objective = spec.training.objective;
    options.request.objectiveSettings = spec.training.objectiveSettings;
    options.request.startFrom = spec.training.startFrom;
    if (!options.maxTokensGiven)
        options.request.evaluation.maxNewTokens = task.maxNewTokens.value_or(spec.evaluation.maxNewTokens);
    return {};
}

/// What the adapter's own run learnt preferences by counts where nothing else says it.
void fillObjective(EvaluateRequest& request)
{
    const std::filesystem::path& folder = request.adapter;
    for (const auto& file : {folder / "run.json", folder.parent_path() / "run.json"}) {
        if (folder.empty() || request.objective != "auto")
            return;
        const auto spec = readRunSpec(file);
        if (!spec || objectiveOf(spec->training).rows == ObjectiveRows::Answers)
            continue;
        request.objective = spec->training.objective;
        request.objectiveSettings = spec->training.objectiveSettings;
        request.startFrom = spec->training.startFrom;
    }
}

/// A file of training rows is measured whole, also what the adapter has learnt from it. The rows that its run held out
/// are found by the run's own spec.
void tellTrainedRows(const EvaluateOptions& options)
{
    namespace fs = std::filesystem;
    const fs::path folder = options.request.adapter;
    if (folder.empty() || isRunSpec(options.data))
        return;
    for (const fs::path& file : {folder / "run.json", folder.parent_path() / "run.json"}) {
        const auto spec = readRunSpec(file);
        if (!spec)
            continue;
        std::error_code code;
        for (const TaskSpec& task : spec->tasks)
            if (fs::is_regular_file(options.data, code) && fs::equivalent(task.data.path, options.data, code) && !code)
                logger("data")->warn("{} is what the adapter was trained on: all of its rows are measured, also those "
                                     "that it has seen; what its run held out is measured by --data {} --split "
                                     "validation",
                                     shown(options.data), shown(file.string()));
        return;
    }
}

/// A benchmark is scored on its own split, as its protocol does it, unless something else was asked for.
Status fillBenchmark(EvaluateOptions& options)
{
    const std::string& name = options.request.data.benchmark;
    if (name.empty())
        return {};
    HILO_TRY(options.chosen, findBenchmark(name));
    const Benchmark::Protocol& protocol = *options.chosen->protocol;
    if (!options.request.isSplitGiven)
        options.request.evaluation.split = options.chosen->benchmark->scored;
    HILO_CHECK(checkSplitOf(*options.chosen, options.request.evaluation.split));
    // No other split stands in for one that is not there.
    options.request.isSplitGiven = true;
    if (isRunSpec(options.data))
        return {};
    HILO_CHECK(scoringOf(*options.chosen->benchmark, protocol));
    if (!options.protocolGiven)
        options.protocol = protocol.protocol;
    if (!options.maxTokensGiven && protocol.maxNewTokens > 0)
        options.request.evaluation.maxNewTokens = protocol.maxNewTokens;
    return {};
}

Status fillData(EvaluateOptions& options)
{
    HILO_CHECK(findModel(options.request.model));
    DataSpec& data = options.request.data;
    // A file that nobody called a split is told as what it is.
    std::error_code code;
    if (!options.request.isSplitGiven && !isRunSpec(options.data) && options.benchmark.empty() &&
        std::filesystem::is_regular_file(options.data, code))
        options.request.evaluation.split = std::filesystem::path(options.data).filename().string();
    HILO_TRY(data, dataSpecOf(options.data, data.template_, options.columns, options.request.evaluation.split,
                              options.task, options.dataConfig, options.benchmark));
    HILO_CHECK(fillBenchmark(options));
    if (isRunSpec(options.data))
        HILO_CHECK(fillScoring(options));
    fillObjective(options.request);
    tellTrainedRows(options);
    for (const auto& [protocol, name] : protocolNames)
        if (options.protocol == name)
            options.request.evaluation.protocol = protocol;
    for (const auto& [lossOn, name] : lossOnNames)
        if (options.lossOn == name)
            options.request.evaluation.lossOn = lossOn;
    return {};
}

/// Those that were asked for and are not there end the command: a script would take a missing number for a success.
Status checkMetrics(const EvaluationResult& result, const std::vector<std::string>& wanted)
{
    for (const std::string& name : wanted) {
        if (result.valueOf(name))
            continue;
        const auto reason = result.notMeasured.find(name);
        return failure(badInput({}, name,
                                "these rows have no " + name + " under the protocol " +
                                    nameOf(protocolNames, result.protocol) +
                                    (reason == result.notMeasured.end() ? "" : ": " + reason->second),
                                "docs/methods.md says which metrics a protocol has"));
    }
    return {};
}

void printMeasures(Console& console, const EvaluationResult& result, const std::vector<std::string>& wanted)
{
    if (!wanted.empty()) {
        for (const std::string& name : wanted) {
            const auto interval = result.intervals.find(name);
            std::string line = name + " " + shortNumber(*result.valueOf(name));
            if (name == "accuracy")
                line += printed(" (%.4g to %.4g, 95 %%)", result.interval().first, result.interval().second);
            else if (interval != result.intervals.end())
                line += printed(" (%.4g to %.4g, 95 %%)", interval->second.first, interval->second.second);
            console.print(line);
        }
        return;
    }
    if (result.hasAccuracy())
        console.print(accuracyLine(result));
    console.print(lossLine(result));
    for (const std::string& line : metricLines(result))
        console.print(line);
    for (const auto& [name, reason] : result.notMeasured)
        if (name != "loss")
            console.print("  no " + name + ": " + reason);
}

void printRows(Console& console, const ModelEvaluation& result, const std::string& rejectedFile)
{
    if (result.quantisation != "none")
        console.print("  on the base quantised to " + result.quantisation);
    if (result.truncatedRows > 0)
        console.print("  " + withNoun(result.truncatedRows, "row") + (result.truncatedRows == 1 ? " was" : " were") +
                      " cut at the longest length");
    if (!result.rejected.empty())
        console.print("  " + withNoun(static_cast<std::int64_t>(result.rejected.size()), "row") + " could not be used" +
                      (rejectedFile.empty() ? "; --rejected FILE lists them" : ", listed in " + rejectedFile));
    for (const auto& [label, one] : result.classes)
        console.print("  " + label + ": " + withSeparators(one.correct) + " of " + withSeparators(one.total));
}

Status runEvaluate(EvaluateOptions& options, Console& console)
{
    HILO_CHECK(fillData(options));
    if (options.request.compareBase && options.request.adapter.empty())
        return failure(wrongUsage("--compare-base measures the base beside an adapter: give --adapter, too"));
    HILO_TRY(const ModelEvaluation result, evaluateModel(options.request, console.progress()));
    if (!options.rejected.empty())
        HILO_CHECK(writeRejectedRows(options.rejected, result.rejected));
    if (!options.predictions.empty()) {
        std::string lines;
        for (const ScoredRow& row : result.scored)
            lines += toJson(row).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
        HILO_CHECK(writeFileAtomically(options.predictions, lines));
    }
    HILO_CHECK(checkMetrics(result, options.metrics));
    Json json = toJson(result);
    json["quantisation"] = result.quantisation;
    json["rejected_rows"] = result.rejected.size();
    json["truncated_rows"] = result.truncatedRows;
    if (!result.objective.empty()) {
        Json& objective = json["objective"] = {{"name", result.objective}};
        for (const auto& [name, value] : result.objectiveSettings)
            objective[name] = value;
    }
    if (result.base)
        json["base"] = toJson(*result.base);
    if (options.chosen)
        json["benchmark"] = benchmarkScore(*options.chosen, result, options.request.evaluation.limit > 0);
    console.printJson(json);
    if (options.chosen)
        console.print(benchmarkLine(json["benchmark"]));
    console.print("protocol " + nameOf(protocolNames, result.protocol));
    if (!result.objective.empty()) {
        std::string line = "preferences by " + result.objective;
        for (const auto& [name, value] : result.objectiveSettings)
            line += ", " + name + " " + shortNumber(value);
        console.print(line);
    }
    printMeasures(console, result, options.metrics);
    printRows(console, result, options.rejected);
    if (result.base) {
        console.print("Without the adapter:");
        HILO_CHECK(checkMetrics(*result.base, options.metrics));
        printMeasures(console, *result.base, options.metrics);
    }
    return {};
}

template <class Names>
std::vector<std::string> wordsOf(const Names& names)
{
    std::vector<std::string> words;
    for (const auto& [value, name] : names)
        words.emplace_back(name);
    return words;
}

std::vector<std::string> allMetrics()
{
    std::vector<std::string> names;
    for (const Metric* metric : metrics())
        names.push_back(metric->name);
    return names;
}

} // namespace

void addEvaluate(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command =
        app.add_subcommand("evaluate", "loss, accuracy and other measures of a model, with or without an adapter");
    const auto options = std::make_shared<EvaluateOptions>();
    EvaluateRequest& request = options->request;
    addModelOptions(*command, request);
    command->add_option("--data", options->data, "data file, folder, or a run spec whose data is used")->required();
    command->add_option("--task", options->task, "which task of a run spec with several");
    command->add_option("--benchmark", options->benchmark, "what the data are; hilo benchmark list names them");
    command->add_option("--data-config", options->dataConfig, "of a folder that has several configurations, by name");
    command->add_option("--template", request.data.template_, "name in resources/prompts or a file");
    command->add_option("--column", options->columns, "FIELD=COLUMN, may be repeated");
    auto* split = command->add_option("--split", request.evaluation.split, "")
                      ->check(CLI::IsMember({"train", "validation", "test"}))
                      ->capture_default_str();
    auto* protocol = command->add_option("--protocol", options->protocol, "how rows are scored; auto: what they allow")
                         ->check(CLI::IsMember(wordsOf(protocolNames)))
                         ->capture_default_str();
    command->add_option("--metric", options->metrics, "print these alone, and end with 3 where one is not there")
        ->check(CLI::IsMember(allMetrics()));
    auto* lossOn = command->add_option("--loss-on", options->lossOn, "tokens that the loss is of")
                       ->check(CLI::IsMember(wordsOf(lossOnNames)))
                       ->capture_default_str();
    command->add_flag("--compare-base", request.compareBase, "measure the model without its adapter, too");
    command->add_option("--batch-size", request.evaluation.batchSize, "rows at once")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--limit", request.evaluation.limit, "first rows only; 0: all")
        ->check(notNegative)
        ->capture_default_str();
    auto* maxTokens = command->add_option("--max-tokens", request.evaluation.maxNewTokens, "of generated answers")
                          ->check(positive)
                          ->capture_default_str();
    command->add_option("--predictions", options->predictions, "file that gets what the model did on each row");
    command->add_option("--rejected", options->rejected, "file that lists the rows that cannot be used, and why");
    auto* maxLength =
        command->add_option("--max-length", request.maxLength, "tokens of a row; without it a run spec's own")
            ->check(positive)
            ->capture_default_str();
    command->callback([=] {
        options->maxLengthGiven = maxLength->count() > 0;
        options->protocolGiven = protocol->count() > 0;
        options->lossOnGiven = lossOn->count() > 0;
        options->maxTokensGiven = maxTokens->count() > 0;
        options->request.isSplitGiven = split->count() > 0;
        chosen([options](Console& console) -> Status { return runEvaluate(*options, console); });
    });
}

} // namespace hilo::cli
