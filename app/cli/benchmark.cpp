// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "numbers.h"
#include "rejected_lines.h"

#include "base/shown_text.h"
#include "base/text_format.h"
#include "base/text_table.h"
#include "data/benchmark_files.h"
#include "data/data_report.h"
#include "data/row_place.h"
#include "data/template_choice.h"

#include <algorithm>

namespace hilo::cli {
namespace {

constexpr std::size_t fewRejectedRows = 10;

struct BenchmarkOptions
{
    std::string name, path, config;
    bool allRejected = false;
};

Json splitsAsJson(const Benchmark& benchmark)
{
    Json splits = Json::object();
    for (const char* name : {"train", "validation", "test"})
        if (const auto split = benchmark.splits.find(name); split != benchmark.splits.end())
            splits[name] = {{"rows", split->second.rows > 0 ? Json(split->second.rows) : Json()},
                            {"labelled", split->second.isLabelled}};
    return splits;
}

Json formAsJson(const RowForm& form)
{
    Json files = Json::object();
    for (const auto& [split, patterns] : form.files)
        files[split] = patterns;
    return {{"name", form.name},         {"protocols", form.protocols},
            {"columns", form.columns},   {"header", form.header},
            {"files", std::move(files)}, {"label_file", form.labelFile.empty() ? Json() : Json(form.labelFile)}};
}

Json asJson(const Benchmark& benchmark)
{
    Json json = {{"name", benchmark.name},
                 {"title", benchmark.title},
                 {"description", benchmark.description},
                 {"aliases", benchmark.aliases},
                 {"source", benchmark.source},
                 {"repository", benchmark.repository.empty() ? Json() : Json(benchmark.repository)},
                 {"licence", benchmark.licence.empty() ? Json() : Json(benchmark.licence)},
                 {"configs", benchmark.configs},
                 {"splits", splitsAsJson(benchmark)},
                 {"scored", benchmark.scored},
                 {"floor", nullptr},
                 {"protocols", Json::array()},
                 {"forms", Json::array()},
                 {"published", Json::array()}};
    if (benchmark.floor)
        json["floor"] = {{"value", benchmark.floor->value}, {"kind", benchmark.floor->kind}};
    for (const Benchmark::Protocol& one : benchmark.protocols)
        json["protocols"].push_back({{"name", one.name},
                                     {"benchmark", one.name + "-" + benchmark.name},
                                     {"description", one.description},
                                     {"template", one.template_},
                                     {"protocol", one.protocol},
                                     {"metric", one.metric},
                                     {"max_new_tokens", one.maxNewTokens > 0 ? Json(one.maxNewTokens) : Json()},
                                     {"training", one.training.empty() ? Json() : Json(one.training)},
                                     {"source", one.source}});
    for (const RowForm& form : benchmark.forms)
        json["forms"].push_back(formAsJson(form));
    for (const PublishedResult& result : benchmark.published)
        json["published"].push_back(toJson(result));
    return json;
}

Status listBenchmarks(Console& console)
{
    HILO_TRY(const auto benchmarks, allBenchmarks());
    Json list = Json::array();
    TextRows rows = {{"name", "benchmark", "scored on", "rows", "protocols", "published"}};
    for (const auto& benchmark : benchmarks) {
        const std::int64_t scored = benchmark->splits.at(benchmark->scored).rows;
        std::vector<std::string> protocols;
        for (const Benchmark::Protocol& protocol : benchmark->protocols)
            protocols.push_back(protocol.name);
        rows.push_back({benchmark->name, benchmark->title, benchmark->scored,
                        scored > 0 ? withSeparators(scored) : std::string(), joined(protocols),
                        std::to_string(benchmark->published.size())});
        list.push_back({{"name", benchmark->name},
                        {"title", benchmark->title},
                        {"description", benchmark->description},
                        {"scored", benchmark->scored},
                        {"rows", scored > 0 ? Json(scored) : Json()},
                        {"protocols", protocols},
                        {"repository", benchmark->repository.empty() ? Json() : Json(benchmark->repository)},
                        {"published", benchmark->published.size()}});
    }
    console.printJson({{"benchmarks", std::move(list)}});
    console.printLines(alignedTable(rows));
    console.print("--benchmark NAME takes the first protocol, --benchmark PROTOCOL-NAME that one: mola-cola");
    return {};
}

void printForms(const Benchmark& benchmark, Console& console)
{
    console.print("Forms that are read:");
    for (const RowForm& form : benchmark.forms) {
        std::string line = "  " + form.name + (form.protocols.empty() ? "" : " (for " + joined(form.protocols) + ")") +
                           ": columns " + joined(form.columns);
        if (!form.header.empty())
            line += ", in a table without a header";
        if (!form.labelFile.empty())
            line += "; labels in " + form.labelFile;
        console.print(line);
        for (const auto& [split, patterns] : form.files)
            console.print("    " + split + ": " + joined(patterns));
    }
}

void printPublished(const Benchmark& benchmark, Console& console)
{
    if (benchmark.published.empty()) {
        console.print("No published result was read.");
        return;
    }
    console.print("Published results, in percent:");
    TextRows rows = {{"method", "base", "value", "metric", "protocol", "trainable", "source", "read in", "note"}};
    for (const PublishedResult& one : benchmark.published)
        rows.push_back({one.method, one.model, printed("%.2f", one.value), one.metric, one.protocol,
                        one.trainableParameters ? withSeparators(*one.trainableParameters) : std::string(), one.source,
                        one.read, one.note});
    console.printLines(alignedTable(rows));
}

Status showBenchmark(const BenchmarkOptions& options, Console& console)
{
    HILO_TRY(const ChosenBenchmark chosen, findBenchmark(options.name));
    const Benchmark& benchmark = *chosen.benchmark;
    console.printJson(asJson(benchmark));
    console.print(benchmark.title + " (" + benchmark.name + "): " + benchmark.description);
    console.print("source     " + benchmark.source);
    if (!benchmark.repository.empty())
        console.print("data       " + benchmark.repository + " on the Hugging Face hub" +
                      (benchmark.configs.empty() ? "" : ", configuration " + benchmark.configs.front()));
    if (!benchmark.licence.empty())
        console.print("licence    " + benchmark.licence);
    for (const char* name : {"train", "validation", "test"})
        if (const auto split = benchmark.splits.find(name); split != benchmark.splits.end())
            console.print(std::string("split      ") + name +
                          (split->second.rows > 0 ? ", " + withNoun(split->second.rows, "row") : "") +
                          (!split->second.isLabelled  ? ", published without labels: not read"
                           : benchmark.scored == name ? ", scored"
                                                      : ""));
    if (benchmark.floor)
        console.print(
            "floor      " + printed("%.4g %%", benchmark.floor->value) +
            (benchmark.floor->kind == "majority" ? ", of always giving the most frequent answer" : ", by chance"));
    for (const Benchmark::Protocol& one : benchmark.protocols) {
        console.print("protocol   " + one.name + "-" + benchmark.name + ": template " + one.template_ + ", " +
                      one.protocol + ", " + one.metric +
                      (one.maxNewTokens > 0 ? ", at most " + withNoun(one.maxNewTokens, "new token") : ""));
        console.print("           " + one.description + " (" + one.source + ")");
        if (!one.training.empty())
            console.print("           trained there with " + one.training);
    }
    printForms(benchmark, console);
    printPublished(benchmark, console);
    return {};
}

/// One split of the data beside what was published.
Json splitAsJson(const Benchmark& benchmark, const SplitReport& split)
{
    Json labels = Json::array();
    for (const auto& [label, count] : split.labels)
        labels.push_back({{"label", label}, {"rows", count}});
    const auto found = benchmark.splits.find(split.name);
    const std::int64_t published = found == benchmark.splits.end() ? 0 : found->second.rows;
    const auto usable = static_cast<std::int64_t>(split.examples.size());
    return {{"name", split.name},
            {"rows", split.rows},
            {"usable", usable},
            {"rejected", split.rows - usable},
            {"published_rows", published > 0 ? Json(published) : Json()},
            {"complete", published > 0 ? Json(split.rows == published) : Json()},
            {"scored", split.name == benchmark.scored},
            {"labels", std::move(labels)},
            {"majority", split.majorityFloor ? Json(*split.majorityFloor) : Json()}};
}

struct Checked
{
    Json json;
    bool isScorable = false;
};

Result<Checked> check(const BenchmarkOptions& options, Console& console)
{
    HILO_TRY(const ChosenBenchmark chosen, findBenchmark(options.name));
    const Benchmark& benchmark = *chosen.benchmark;
    DataSpec spec;
    spec.benchmark = options.name;
    spec.path = options.path;
    spec.config = options.config;
    HILO_TRY(const DataFiles files, findDataFiles(spec));
    HILO_TRY(const Dataset dataset, readDataset(spec, console.progress()));
    HILO_TRY(const ChosenTemplate promptTemplate, chooseTemplate(spec, dataset, nullptr));
    HILO_TRY(const DataReport report,
             reportData(dataset, promptTemplate.promptTemplate, nullptr, 0, console.progress()));
    Checked checked;
    Json& json = checked.json;
    json = {{"benchmark", chosen.name},   {"name", benchmark.name},   {"protocol", chosen.protocol->name},
            {"path", options.path},       {"form", files.form->name}, {"template", chosen.protocol->template_},
            {"scored", benchmark.scored}, {"splits", Json::array()},  {"unlabelled", Json::array()},
            {"files", dataset.files},     {"notes", Json::array()},   {"rejected_rows", report.rejected.size()},
            {"rejected", Json::array()}};
    for (const SplitReport& split : report.splits) {
        json["splits"].push_back(splitAsJson(benchmark, split));
        checked.isScorable = checked.isScorable || (split.name == benchmark.scored && !split.examples.empty());
    }
    for (const std::filesystem::path& path : files.unlabelled)
        json["unlabelled"].push_back(path.string());
    for (const DataNote& note : report.notes)
        json["notes"].push_back({{"file", note.file}, {"text", note.text}});
    const std::size_t shownRows =
        options.allRejected ? report.rejected.size() : std::min(fewRejectedRows, report.rejected.size());
    for (std::size_t i = 0; i < shownRows; ++i)
        json["rejected"].push_back({{"file", report.rejected[i].file},
                                    {"line", numberOfPlace(report.rejected[i].line)},
                                    {"place", placeText(report.rejected[i].line)},
                                    {"reason", report.rejected[i].reason}});
    return checked;
}

void printCheck(const Json& json, Console& console)
{
    const auto text = [](const Json& value) { return value.get<std::string>(); };
    console.print(text(json["benchmark"]) + ": " + text(json["form"]) + ", template " + text(json["template"]));
    for (const Json& split : json["splits"]) {
        std::string line = "  " + text(split["name"]) + ": " + withNoun(split["rows"].get<std::int64_t>(), "row") +
                           ", " + withSeparators(split["usable"].get<std::int64_t>()) + " usable" +
                           (split["scored"].get<bool>() ? ", scored" : "");
        if (!split["complete"].is_null() && !split["complete"].get<bool>())
            line += "; published are " + withSeparators(split["published_rows"].get<std::int64_t>());
        if (!split["majority"].is_null())
            line += "; most frequent answer " + percent(split["majority"].get<double>());
        console.print(line);
        std::vector<std::string> labels;
        for (const Json& label : split["labels"])
            labels.push_back(text(label["label"]) + " " + withSeparators(label["rows"].get<std::int64_t>()));
        constexpr std::size_t mostLabels = 12;
        if (!labels.empty() && labels.size() <= mostLabels)
            console.print("    answers: " + joined(labels));
    }
    for (const Json& path : json["unlabelled"])
        console.print("  not read, published without labels: " + text(path));
    printNotesAndRejected(json, console);
}

Status checkBenchmarkData(const BenchmarkOptions& options, Console& console)
{
    HILO_TRY(const Checked checked, check(options, console));
    console.printJson(checked.json);
    printCheck(checked.json, console);
    if (checked.isScorable)
        return {};
    return failure(badInput(options.path, {},
                            "There is nothing to score: no usable row of the split \"" +
                                checked.json["scored"].get<std::string>() + "\", which the benchmark is scored on.",
                            "Bring its file, too."));
}

} // namespace

void addBenchmark(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand(
        "benchmark", "published benchmarks by name: what they are, what was published, whether data are complete");
    command->require_subcommand(1);
    const auto options = std::make_shared<BenchmarkOptions>();

    CLI::App* list = command->add_subcommand("list", "the benchmarks that there are");
    list->callback([=] { chosen([](Console& console) { return listBenchmarks(console); }); });

    CLI::App* show = command->add_subcommand("show", "forms, splits, protocols and published results of a benchmark");
    show->add_option("NAME", options->name, "cola, or with its protocol mola-cola")->required();
    show->callback([=] { chosen([options](Console& console) { return showBenchmark(*options, console); }); });

    CLI::App* checking = command->add_subcommand("check", "rows, splits and rejected rows of a benchmark's data");
    checking->add_option("NAME", options->name, "cola, or with its protocol mola-cola")->required();
    checking->add_option("PATH", options->path, "its folder as published, one of its files, or org/name")->required();
    checking->add_option("--data-config", options->config, "a part of it by name, as a subject of MMLU");
    checking->add_flag("--rejected", options->allRejected, "list all rows that cannot be used");
    checking->callback([=] { chosen([options](Console& console) { return checkBenchmarkData(*options, console); }); });
}

} // namespace hilo::cli
