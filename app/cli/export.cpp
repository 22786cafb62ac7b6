// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"
#include "numbers.h"

#include "base/text_format.h"
#include "base/text_table.h"
#include "engine/export/export_adapter.h"

#include <algorithm>
#include <cmath>

namespace hilo::cli {
namespace {

struct ExportOptions
{
    ExportRequest request;
    DistillationSettings distillation;
    std::string source, model, out, fittingMap, distilledTokens = "answers";
    bool list = false;
    bool distil = false;
};

std::string nameOf(ExportFormat::Distilling distilling)
{
    using Distilling = ExportFormat::Distilling;
    return distilling == Distilling::Never ? "never" : distilling == Distilling::Always ? "always" : "optional";
}

/// As export/export_format.h documents it.
Json asJson(const ExportFormat& format, const Verdict& verdict, const ExportSubject& subject)
{
    Json types = Json::array();
    for (const std::string_view type : format.weightTypes)
        types.push_back(type);
    const bool possible = verdict.fit != Fit::Impossible;
    return {{"name", format.name},
            {"title", format.title},
            {"description", format.description},
            {"verdict", fitName(verdict.fit)},
            {"reason", verdict.reason},
            {"fitting_map", verdict.fittingMap.has_value()},
            {"estimated_bytes", possible ? Json(format.estimate(subject)) : Json()},
            {"weight_types", std::move(types)},
            {"takes_rank", verdict.fit == Fit::StaticApproximation},
            {"distilling",
             nameOf(verdict.fit == Fit::StaticApproximation ? format.distilling : ExportFormat::Distilling::Never)}};
}

Status listFormats(Console& console, const ExportOptions& options)
{
    HILO_TRY(const ExportSource source, readExportSource(options.source, options.model));
    const ExportSubject subject = source.subject();
    Json formats = Json::array();
    for (const ExportFormat& format : exportFormats()) {
        const Verdict verdict = format.judge(subject);
        formats.push_back(asJson(format, verdict, subject));
        const std::string name = printed("%-15s", std::string(format.name).c_str());
        const std::string size = verdict.fit == Fit::Impossible ? "" : ", about " + bytes(format.estimate(subject));
        console.print(name + fitName(verdict.fit) + ": " + verdict.reason);
        console.print("               " + std::string(format.description) + size);
        if (verdict.fittingMap)
            console.print("             --to " + std::string(format.name) +
                          " --fitting-map FILE writes a map like this one that would fit");
    }
    console.printJson({{"source", options.source},
                       {"model", source.modelPath.string()},
                       {"map", source.map.name},
                       {"formats", std::move(formats)}});
    return {};
}

Status writeFittingMap(Console& console, const ExportOptions& options)
{
    const ExportFormat* format = findExportFormat(options.request.format);
    if (!format)
        return failure(wrongUsage("--to expects the name of a format", "hilo export RUN_DIR --list names them"));
    HILO_TRY(const ExportSource source, readExportSource(options.source, options.model));
    const Verdict verdict = format->judge(source.subject());
    const AllocationMap* map = verdict.fittingMap ? &*verdict.fittingMap : nullptr;
    if (!map && verdict.fit == Fit::Impossible)
        return failure(badInput(options.source, {}, "No map like this one would fit: " + verdict.reason));
    HILO_CHECK(writeAllocationMap(options.fittingMap, map ? *map : source.map));
    console.print(map ? "A map that fits " + options.request.format + ": " + options.fittingMap
                      : "The run's own map fits already; it was written.");
    console.printJson({{"map", options.fittingMap}, {"changed", map != nullptr}});
    return {};
}

void print(Console& console, const StaticCost& cost)
{
    std::string ofMeans, ofMeansLoss;
    if (const auto& how = cost.distilled) {
        console.print("Distilled: " + withNoun(how->steps, "step") + " over " + withNoun(how->rows, "row") + " in " +
                      withNoun(std::max<std::int64_t>(1, std::llround(how->seconds)), "second") + ", at most rank " +
                      std::to_string(cost.rank) + "; divergence " + shortNumber(how->divergenceBefore, 3) +
                      " before, " + shortNumber(how->divergenceAfter, 3) + " after step " +
                      std::to_string(how->keptStep) +
                      (how->rowsKeptBack > 0 ? " (" + withNoun(how->rowsKeptBack, "row") + " kept back)" : ""));
        if (how->accuracyOfMeans)
            ofMeans = ", " + percent(*how->accuracyOfMeans) + " with mean weights";
        ofMeansLoss = ", " + shortNumber(how->lossOfMeans, 3) + " with mean weights";
    }
    console.print("Approximation: " +
                  (cost.accuracyBefore && cost.accuracyAfter
                       ? "accuracy " + percent(*cost.accuracyBefore) + " with routers" + ofMeans + ", " +
                             percent(*cost.accuracyAfter) + " here; "
                       : std::string()) +
                  "loss " + shortNumber(cost.lossBefore, 3) + " with routers" + ofMeansLoss + ", " +
                  shortNumber(cost.lossAfter, 3) + " here (" + withNoun(cost.rows, "row") + " of " + cost.split + ")");
}

void print(Console& console, const ExportReport& report)
{
    console.printJson(toJson(report));
    console.print("Exported, " + fitName(report.fit) + ": " + report.folder.string());
    TextRows files;
    for (const auto& [name, size] : report.files)
        files.push_back({"  " + name, bytes(size)});
    if (std::string table = alignedTable(files, 1); !table.empty()) {
        table.pop_back();
        console.printLines(table);
    }
    if (report.quantisation != "none")
        console.print("The run was trained on its base quantised to " + report.quantisation +
                      "; these files are written and checked with the base as it is");
    const Verification& check = report.verification;
    console.print("Read back: logits differ by at most " + shortNumber(check.difference, 3) + " from " + check.against +
                  " (tolerance " + shortNumber(check.tolerance, 3) + "), same next token for " +
                  withSeparators(check.sameChoice) + " of " + withNoun(check.tokens, "token"));
    if (const auto& rounding = report.rounding)
        console.print("Rounding to " + report.weightType + ": logits differ by up to " +
                      shortNumber(rounding->difference, 3) + ", same next token for " +
                      withSeparators(rounding->sameChoice) + " of " + withNoun(check.tokens, "token"));
    if (report.staticCost)
        print(console, *report.staticCost);
}

/// An option of distillations that was given; empty: none was.
std::string idleDistillOption(const CLI::App& command)
{
    for (const char* name : {"--distill-steps", "--distill-batch-size", "--distill-learning-rate", "--distill-on",
                             "--distill-layers", "--seed"})
        if (command.count(name) > 0)
            return name;
    return {};
}

} // namespace

void addExport(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command =
        app.add_subcommand("export", "write a run's adapter in a format that other tools load, and check it");
    const auto options = std::make_shared<ExportOptions>();
    ExportRequest& request = options->request;
    command->add_option("RUN_DIR", options->source, "run folder, or an adapter folder with --model")->required();
    command->add_option("--to", request.format, "format; --list names them");
    command->add_option("--out", options->out, "the new folder");
    command->add_flag("--list", options->list, "every format with a verdict for this adapter");
    command->add_option("--fitting-map", options->fittingMap, "write a map that --to could express to this file");
    command->add_option("--model", options->model, "base model, instead of the run's");
    command->add_option("--base-name", request.baseName, "how the files name the base model; else its path");
    command->add_option("--type", request.weightType, "of whole models' weights")
        ->check(CLI::IsMember({"float32", "float16", "bfloat16", "q8_0"}));
    command
        ->add_option("--rank", request.rank,
                     "of a static approximation; 0: nothing is cut, a distilled one has the ranks that a token uses")
        ->check(CLI::Range(0, 1 << 16))
        ->capture_default_str();
    command->add_option("--calibration-rows", request.calibrationRows, "that mean routing weights are taken from")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--evaluation-rows", request.evaluationRows, "that an approximation is measured on; 0: all")
        ->check(notNegative)
        ->capture_default_str();
    command->add_flag("--distill", options->distil,
                      "train the approximation to match the mixture (gguf-lora, merged, merged-gguf)");
    DistillationSettings& distillation = options->distillation;
    command->add_option("--distill-steps", distillation.steps, "of a distillation")
        ->check(CLI::Range(1, 1 << 24))
        ->capture_default_str();
    command->add_option("--distill-batch-size", distillation.batchSize, "rows of a step")
        ->check(CLI::Range(1, 1 << 16))
        ->capture_default_str();
    command->add_option("--distill-learning-rate", distillation.learningRate, "at its highest")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--distill-on", options->distilledTokens, "tokens that are matched")
        ->check(CLI::IsMember({"answers", "all"}))
        ->capture_default_str();
    command->add_option("--distill-layers", distillation.layerWeight, "weight of the layers' hidden states")
        ->check(notNegative)
        ->capture_default_str();
    command->add_option("--seed", distillation.seed, "of a distillation's order of rows")->capture_default_str();
    command->add_option("--tolerance", request.tolerance, "greatest difference of logits; 0: the format's")
        ->check(notNegative)
        ->capture_default_str();
    command->add_option("--threads", request.threads, "0: by measurement")
        ->check(CLI::Range(0, 4096))
        ->capture_default_str();
    command->callback([=] {
        chosen([options, command](Console& console) -> Status {
            if (options->list)
                return listFormats(console, *options);
            if (!options->fittingMap.empty())
                return writeFittingMap(console, *options);
            ExportRequest& asked = options->request;
            if (asked.format.empty() || options->out.empty())
                return failure(wrongUsage("expected --to FORMAT and --out DIR, or --list"));
            asked.source = options->source;
            asked.model = options->model;
            asked.out = options->out;
            options->distillation.tokens =
                options->distilledTokens == "all" ? DistilledTokens::All : DistilledTokens::Answers;
            const ExportFormat* const format = findExportFormat(asked.format);
            if (options->distil || (format && format->distilling == ExportFormat::Distilling::Always))
                asked.distillation = options->distillation;
            else if (const std::string idle = idleDistillOption(*command); !idle.empty())
                return failure(wrongUsage(idle + " is for a distillation, and " + asked.format + " is none here",
                                          "give --distill, or --to peft-distilled"));
            HILO_TRY(const ExportReport report, exportAdapter(asked, console.progress()));
            console.endProgress();
            print(console, report);
            return {};
        });
    });
}

} // namespace hilo::cli
