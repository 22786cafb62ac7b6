// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"
#include "data_options.h"
#include "data_templates.h"
#include "numbers.h"
#include "rejected_lines.h"

#include "base/text_format.h"
#include "data/data_report.h"
#include "data/row_place.h"
#include "data/template_choice.h"
#include "data/text_runs.h"
#include "hub/local_place.h"

#include <algorithm>
#include <numeric>

namespace hilo::cli {
namespace {

constexpr std::size_t fewRejected = 10;

struct DataOptions
{
    std::string path, benchmark, promptTemplate, model, learn, chatTemplate, chatVariables;
    std::vector<std::string> columns;
    std::int64_t maxLength = 256; ///< a run's default
    std::int64_t rows = 3;
    bool templates = false, allRejected = false;
};

/// What there is to tell, whether a template could be chosen or not.
struct Findings
{
    Dataset dataset;
    std::shared_ptr<const Tokenizer> tokenizer;
    std::optional<RecognisedData> recognised;
    std::optional<ChosenTemplate> chosen;
    std::string problem; ///< why there is none
    DataReport report;
};

Result<Findings> find(const DataOptions& options, Console& console)
{
    HILO_TRY(DataSpec spec,
             dataSpecOf(options.path, options.promptTemplate, options.columns, "train", {}, {}, options.benchmark));
    // As a run's data is read that says nothing of splits: a file's rows are its own, and some may be held out.
    if (!isRunSpec(options.path) && options.benchmark.empty()) {
        spec.path = options.path;
        spec.splitFiles.clear();
        spec.holdsOut = true;
    }
    if (!options.learn.empty())
        spec.learn = options.learn;
    if (!options.chatTemplate.empty())
        spec.chatTemplate = options.chatTemplate;
    if (!options.chatVariables.empty()) {
        HILO_TRY(spec.chatVariables, chatVariables(options.chatVariables));
    }
    Findings found;
    if (!options.model.empty()) {
        HILO_TRY(const std::filesystem::path model, localPlace(options.model, RepositoryKind::Model));
        HILO_TRY(found.tokenizer, Tokenizer::load(model));
    }
    HILO_TRY(found.dataset, readDataset(spec, console.progress()));
    auto chosen = chooseTemplate(spec, found.dataset, found.tokenizer);
    if (!chosen) {
        const bool hasChat = found.tokenizer && !found.tokenizer->chatTemplates().empty();
        found.recognised = recogniseData(found.dataset.splits.begin()->second, hasChat);
        // Preferences and questions that several templates fit are known for what they are.
        if (spec.template_ != automaticTemplate || found.recognised->form.empty() ||
            !found.recognised->template_.empty())
            return failure(chosen.error());
        found.problem = chosen.error().message + " " + chosen.error().hint;
        for (const auto& [name, rows] : found.dataset.splits) {
            SplitReport split;
            split.name = name;
            split.rows = static_cast<std::int64_t>(rows.size());
            found.report.splits.push_back(std::move(split));
        }
        found.report.columns = columnCountsOf(found.dataset);
        found.report.rejected = found.dataset.rejected;
        found.report.notes = found.dataset.notes;
        noteManyColumns(found.report.columns, found.report.notes);
        return found;
    }
    if (chosen->promptTemplate.modelTurns && !found.tokenizer)
        return failure(wrongUsage("The template \"" + chosen->promptTemplate.name +
                                      "\" writes the turns of a model's chat template, and no model is named.",
                                  "Give --model MODEL, or --template chatml."));
    found.recognised = chosen->recognised;
    found.chosen = std::move(*chosen);
    HILO_TRY(found.report, reportData(found.dataset, found.chosen->promptTemplate, found.tokenizer, options.maxLength,
                                      console.progress()));
    return found;
}

/// Least, quarters, and the longest ones.
Json lengthsOf(std::vector<std::int64_t> tokens)
{
    if (tokens.empty())
        return nullptr;
    std::sort(tokens.begin(), tokens.end());
    const auto at = [&](double share) {
        return tokens[static_cast<std::size_t>(share * static_cast<double>(tokens.size() - 1) + 0.5)];
    };
    const auto total = std::accumulate(tokens.begin(), tokens.end(), std::int64_t{0});
    return {{"total", total},          {"mean", static_cast<double>(total) / static_cast<double>(tokens.size())},
            {"least", tokens.front()}, {"quarter", at(0.25)},
            {"median", at(0.5)},       {"three_quarters", at(0.75)},
            {"p95", at(0.95)},         {"p99", at(0.99)},
            {"longest", tokens.back()}};
}

Result<std::vector<TextRun>> runsOf(const Findings& found, const Example& example, std::int64_t maxLength)
{
    if (!found.tokenizer)
        return textRuns(example);
    return textRuns(found.tokenizer, example, {maxLength, found.chosen->promptTemplate.endOfText, RowUse::LearnAnswer});
}

Result<Json> spansOf(const Findings& found, const Example& example, std::int64_t maxLength)
{
    HILO_TRY(const std::vector<TextRun> runs, runsOf(found, example, maxLength));
    Json spans = Json::array();
    for (const TextRun& run : runs)
        spans.push_back({{"kind", nameOf(run.kind)}, {"text", run.text}, {"tokens", run.tokens}});
    return spans;
}

Result<Json> preview(const Findings& found, const SplitReport& split, const DataOptions& options)
{
    Json rows = Json::array();
    const auto count = std::min(static_cast<std::size_t>(options.rows), split.examples.size());
    for (std::size_t i = 0; i < count; ++i) {
        const Example& example = split.examples[i];
        HILO_TRY(Json spans, spansOf(found, example, options.maxLength));
        rows.push_back({{"file", example.file},
                        {"line", numberOfPlace(example.line)},
                        {"place", placeText(example.line)},
                        {"spans", std::move(spans)}});
        if (!example.rejected.empty()) {
            HILO_TRY(Json rejected, spansOf(found, example.rejected.front(), options.maxLength));
            rows.back()["rejected_spans"] = std::move(rejected);
        }
        if (example.isGood)
            rows.back()["judgement"] = *example.isGood;
    }
    return rows;
}

Result<Json> asJson(const Findings& found, const DataOptions& options)
{
    Json json = {{"path", options.path}, {"form", nullptr}, {"template", nullptr}, {"problem", nullptr}};
    if (found.recognised)
        json["form"] = found.recognised->form;
    if (found.recognised)
        json["other_templates"] = found.recognised->others;
    if (found.chosen) {
        const PromptTemplate& one = found.chosen->promptTemplate;
        json["template"] = {
            {"name", found.chosen->spec.template_}, {"kind", nameOf(one.kind)}, {"description", one.description}};
        json["learn"] = found.chosen->spec.learn.empty() ? Json() : Json(found.chosen->spec.learn);
    }
    if (!found.problem.empty())
        json["problem"] = found.problem;
    json["files"] = found.dataset.files;
    json["columns"] = found.report.columns.names();
    json["column_rows"] = Json::object();
    for (const ColumnCounts::Column& column : found.report.columns.columns())
        if (column.rows < found.report.columns.rows())
            json["column_rows"][column.name] = column.rows;
    json["splits"] = Json::array();
    for (const SplitReport& split : found.report.splits) {
        Json labels = Json::array();
        for (const auto& [label, count] : split.labels)
            labels.push_back({{"label", label}, {"rows", count}});
        HILO_TRY(Json rows, preview(found, split, options));
        json["splits"].push_back({{"name", split.name},
                                  {"rows", split.rows},
                                  {"usable", split.examples.size()},
                                  {"cut", found.tokenizer ? Json(split.cut) : Json()},
                                  {"in_windows", found.tokenizer ? Json(split.inWindows) : Json()},
                                  {"windows", found.tokenizer ? Json(split.windows) : Json()},
                                  {"tokens", lengthsOf(split.tokens)},
                                  {"labels", std::move(labels)},
                                  {"majority_floor", split.majorityFloor ? Json(*split.majorityFloor) : Json()},
                                  {"preview", std::move(rows)}});
    }
    json["max_length"] = options.maxLength;
    json["notes"] = Json::array();
    for (const DataNote& note : found.report.notes)
        json["notes"].push_back({{"file", note.file}, {"text", note.text}});
    if (found.chosen)
        for (const std::string& note : found.chosen->notes)
            json["notes"].push_back({{"file", ""}, {"text", note}});
    json["rejected_rows"] = found.report.rejected.size();
    json["rejected"] = Json::array();
    for (const RejectedRow& row : found.report.rejected)
        if (options.allRejected || json["rejected"].size() < fewRejected)
            json["rejected"].push_back({{"file", row.file},
                                        {"line", numberOfPlace(row.line)},
                                        {"place", placeText(row.line)},
                                        {"reason", row.reason}});
    return json;
}

void printSpans(const Json& spans, Console& console)
{
    std::vector<Console::Part> parts;
    for (const Json& span : spans) {
        const std::string kind = span["kind"];
        parts.push_back({kind == "trained" ? "32" : kind == "cut" ? "31;9" : "2", kind, span["text"]});
    }
    console.printParts(parts);
}

void printPreview(const Json& rows, Console& console)
{
    for (const Json& row : rows) {
        console.print("");
        console.print(row["file"].get<std::string>() + ", " + row["place"].get<std::string>() +
                      (row.contains("rejected_spans") ? ", chosen"
                       : row.contains("judgement")    ? row["judgement"] == true ? ", good" : ", bad"
                                                      : ""));
        printSpans(row["spans"], console);
        if (row.contains("rejected_spans")) {
            console.print("rejected:");
            printSpans(row["rejected_spans"], console);
        }
    }
}

void printAll(const Json& json, const DataOptions& options, Console& console)
{
    const auto text = [](const Json& value) {
        return value.is_null() ? std::string("none") : value.get<std::string>();
    };
    std::vector<std::string> columns = json["columns"];
    std::int64_t rows = 0;
    for (const Json& split : json["splits"])
        rows += split["rows"].get<std::int64_t>();
    for (std::string& column : columns)
        if (const auto some = json["column_rows"].find(column); some != json["column_rows"].end())
            column += " (" + withSeparators(some->get<std::int64_t>()) + " of " + withNoun(rows, "row") + ")";
    console.print("form      " +
                  (json["form"].is_null() ? "not looked for, the template was named" : text(json["form"])));
    console.print("columns   " + joined(columns));
    if (!json["template"].is_null())
        console.print("template  " + text(json["template"]["name"]) + ": " + text(json["template"]["description"]));
    if (!json["problem"].is_null())
        console.print("template  none. " + text(json["problem"]));
    for (const Json& split : json["splits"]) {
        std::string line = text(split["name"]) + ": " + withNoun(split["rows"].get<std::int64_t>(), "row");
        if (!json["template"].is_null())
            line += ", " + withSeparators(split["usable"].get<std::int64_t>()) + " usable";
        if (const Json& tokens = split["tokens"]; !tokens.is_null())
            line += "; tokens " + tokens["least"].dump() + " to " + tokens["longest"].dump() + ", median " +
                    tokens["median"].dump() + ", 95 % up to " + tokens["p95"].dump() + "; " + split["cut"].dump() +
                    " cut at " + json["max_length"].dump() +
                    (split["windows"] == 0
                         ? ""
                         : "; " + withSeparators(split["in_windows"].get<std::int64_t>()) + " longer, in " +
                               withSeparators(split["windows"].get<std::int64_t>()) + " windows");
        console.print(line);
        constexpr std::size_t shown = 12;
        std::string labels;
        for (std::size_t i = 0; i < std::min(shown, split["labels"].size()); ++i)
            labels += (i > 0 ? ", " : "") + text(split["labels"][i]["label"]) + " " + split["labels"][i]["rows"].dump();
        if (!labels.empty())
            console.print("  labels: " + labels + (split["labels"].size() > shown ? ", …" : ""));
    }
    printNotesAndRejected(json, console);
    for (const Json& split : json["splits"])
        if (options.rows > 0 && &split == &json["splits"].front())
            printPreview(split["preview"], console);
}

} // namespace

void addData(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand(
        "data", "what a data set is: form, template, splits, lengths, rejected rows, and rows as they would be learnt");
    const auto options = std::make_shared<DataOptions>();
    command->add_option("PATH", options->path, "data file, folder, org/name, or a run spec whose data is used");
    command->add_option("--benchmark", options->benchmark, "what the data are; hilo benchmark list names them");
    command->add_option("--template", options->promptTemplate,
                        "name in resources/prompts or a file; without it the columns decide");
    command->add_option("--column", options->columns, "FIELD=COLUMN, may be repeated")->allow_extra_args(false);
    command->add_option("--model", options->model, "for lengths in tokens and the model's own chat template");
    command->add_option("--max-length", options->maxLength, "tokens of a row")->check(positive)->capture_default_str();
    command->add_option("--rows", options->rows, "rows to show")->check(notNegative)->capture_default_str();
    command->add_option("--learn", options->learn, "which answers of a conversation are learnt")
        ->check(CLI::IsMember({"all", "last"}));
    command->add_option("--chat-template", options->chatTemplate,
                        "one of the model's chat templates by name, or a file");
    command->add_option("--chat-variables", options->chatVariables,
                        "JSON object of further variables for the chat template");
    command->add_flag("--rejected", options->allRejected, "list all rows that cannot be used");
    command->add_flag("--templates", options->templates, "list the templates with rows that they can write");
    command->callback([=] {
        chosen([options](Console& console) -> Status {
            if (options->templates)
                return listTemplates(console);
            if (options->path.empty())
                return failure(wrongUsage("expected a data file or folder, or --templates"));
            HILO_TRY(const Findings found, find(*options, console));
            HILO_TRY(const Json json, asJson(found, *options));
            console.printJson(json);
            printAll(json, *options, console);
            return {};
        });
    });
}

} // namespace hilo::cli
