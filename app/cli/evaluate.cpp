// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"
#include "data_options.h"
#include "model_options.h"
#include "numbers.h"

#include "data/rejected_rows.h"
#include "engine/evaluate/evaluate_model.h"

#include <filesystem>

namespace hilo::cli {
namespace {

struct EvaluateOptions
{
    EvaluateRequest request;
    std::string data, task, dataConfig, protocol = "label-logit", rejected;
    std::vector<std::string> columns;
    bool maxLengthGiven = false;
};

/// A data file is the split that was asked for; a folder or a run spec's data says itself what its splits are.
Status fillData(EvaluateOptions& options)
{
    namespace fs = std::filesystem;
    DataSpec& data = options.request.data;
    std::error_code code;
    if (isRunSpec(options.data)) {
        HILO_TRY(const RunSpec spec, readRunSpec(options.data));
        const std::string asked = data.template_;
        HILO_TRY(const TaskSpec task, taskNamed(spec.tasks, options.task, "--task"));
        data = task.data;
        // Rows are cut as the run cut them, so that the numbers are the run's.
        if (!options.maxLengthGiven)
            options.request.maxLength = spec.training.maxLength;
        if (!asked.empty())
            data.template_ = asked;
    } else if (!options.task.empty()) {
        return failure(wrongUsage("--task names a task of a run spec, and --data is none"));
    } else if (fs::is_directory(options.data, code)) {
        data.path = options.data;
    } else {
        data.splitFiles[options.request.evaluation.split] = options.data;
    }
    if (!options.dataConfig.empty())
        data.config = options.dataConfig;
    if (data.template_.empty())
        data.template_ = automaticTemplate;
    for (const std::string& pair : options.columns) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos)
            return failure(wrongUsage("--column expects FIELD=COLUMN, found \"" + pair + "\""));
        data.columns[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    options.request.evaluation.protocol =
        options.protocol == "label-logit" ? Protocol::LabelLogit : Protocol::GenMatchStrict;
    return {};
}

} // namespace

void addEvaluate(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command =
        app.add_subcommand("evaluate", "accuracy of a model, with or without an adapter, on labelled data");
    const auto options = std::make_shared<EvaluateOptions>();
    EvaluateRequest& request = options->request;
    addModelOptions(*command, request);
    command->add_option("--data", options->data, "data file, folder, or a run spec whose data is used")->required();
    command->add_option("--task", options->task, "which task of a run spec with several");
    command->add_option("--data-config", options->dataConfig, "of a folder that has several configurations, by name");
    command->add_option("--template", request.data.template_, "name in resources/prompts or a file");
    command->add_option("--column", options->columns, "FIELD=COLUMN, may be repeated");
    command->add_option("--split", request.evaluation.split, "")
        ->check(CLI::IsMember({"train", "validation", "test"}))
        ->capture_default_str();
    command->add_option("--protocol", options->protocol, "")
        ->check(CLI::IsMember({"label-logit", "gen-match-strict"}))
        ->capture_default_str();
    command->add_option("--batch-size", request.evaluation.batchSize, "rows at once")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--limit", request.evaluation.limit, "first rows only; 0: all")
        ->check(notNegative)
        ->capture_default_str();
    command->add_option("--max-tokens", request.evaluation.maxNewTokens, "of generated answers")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--rejected", options->rejected, "file that lists the rows that cannot be used, and why");
    auto* maxLength =
        command->add_option("--max-length", request.maxLength, "tokens of a row; without it a run spec's own")
            ->check(positive)
            ->capture_default_str();
    command->callback([=] {
        options->maxLengthGiven = maxLength->count() > 0;
        chosen([options](Console& console) -> Status {
            HILO_CHECK(fillData(*options));
            HILO_TRY(const ModelEvaluation result, evaluateModel(options->request, console.progress()));
            Json json = toJson(result);
            json["quantisation"] = result.quantisation;
            json["rejected_rows"] = result.rejected.size();
            json["truncated_rows"] = result.truncatedRows;
            if (!options->rejected.empty())
                HILO_CHECK(writeRejectedRows(options->rejected, result.rejected));
            console.printJson(json);
            console.print(accuracyLine(result));
            if (result.quantisation != "none")
                console.print("  on the base quantised to " + result.quantisation);
            if (result.truncatedRows > 0)
                console.print("  " + withSeparators(result.truncatedRows) + " rows were cut at the longest length");
            if (!result.rejected.empty())
                console.print(
                    "  " + withSeparators(static_cast<std::int64_t>(result.rejected.size())) +
                    " rows could not be used" +
                    (options->rejected.empty() ? "; --rejected FILE lists them" : ", listed in " + options->rejected));
            for (const auto& [label, one] : result.classes)
                console.print("  " + label + ": " + withSeparators(one.correct) + " of " + withSeparators(one.total));
            return {};
        });
    });
}

} // namespace hilo::cli
