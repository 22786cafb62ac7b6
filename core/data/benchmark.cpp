// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/benchmark.h"

#include "base/edit_distance.h"
#include "base/resources.h"
#include "base/shown_text.h"
#include "base/text_format.h"
#include "data/text_list.h"

#include <algorithm>
#include <filesystem>
#include <mutex>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t mostPublishedRows = std::int64_t{1} << 40;
constexpr const char* benchmarkFormat = "hilo.benchmark/1";

Result<std::vector<JsonObject>> objectsOf(const JsonObject& root, const std::string& key)
{
    std::vector<JsonObject> objects;
    HILO_TRY(const Json* list, root.array(key));
    for (std::size_t i = 0; i < list->size(); ++i) {
        HILO_TRY(JsonObject one,
                 JsonObject::of((*list)[i], root.file(), root.placeOf(key) + "[" + std::to_string(i) + "]"));
        objects.push_back(std::move(one));
    }
    if (objects.empty())
        return failure(root.errorAt(key, "is an empty list"));
    return objects;
}

Status parseSplits(const JsonObject& root, Benchmark& benchmark)
{
    HILO_TRY(const JsonObject splits, root.object("splits"));
    HILO_CHECK(splits.onlyKeys({"train", "validation", "test"}));
    for (const auto& [name, value] : splits.json().items()) {
        HILO_TRY(const JsonObject one, splits.object(name));
        HILO_CHECK(one.onlyKeys({"rows", "labelled"}));
        Benchmark::Split& split = benchmark.splits[name];
        HILO_TRY(split.rows, one.integerOr("rows", 0, 0, mostPublishedRows));
        HILO_TRY(split.isLabelled, one.flagOr("labelled", true));
    }
    HILO_TRY(benchmark.scored, root.text("scored"));
    const auto scored = benchmark.splits.find(benchmark.scored);
    if (scored == benchmark.splits.end() || !scored->second.isLabelled)
        return failure(root.errorAt("scored", "\"" + benchmark.scored + "\" is no split with labels",
                                    "it has " + benchmark.labelledSplits()));
    return {};
}

Status parseProtocols(const JsonObject& root, Benchmark& benchmark)
{
    HILO_TRY(const std::vector<JsonObject> objects, objectsOf(root, "protocols"));
    for (const JsonObject& object : objects) {
        HILO_CHECK(object.onlyKeys(
            {"name", "description", "template", "protocol", "metric", "max_new_tokens", "training", "source"}));
        Benchmark::Protocol one;
        HILO_TRY(one.name, object.text("name"));
        HILO_TRY(one.description, object.text("description"));
        HILO_TRY(one.template_, object.text("template"));
        HILO_TRY(one.protocol, object.text("protocol"));
        HILO_TRY(one.metric, object.text("metric"));
        HILO_TRY(one.maxNewTokens, object.integerOr("max_new_tokens", 0, 0, 1 << 20));
        HILO_TRY(one.training, object.textOr("training", ""));
        HILO_TRY(one.source, object.text("source"));
        for (const Benchmark::Protocol& other : benchmark.protocols)
            if (other.name == one.name)
                return failure(object.errorAt("name", "two protocols are called \"" + one.name + "\""));
        benchmark.protocols.push_back(std::move(one));
    }
    return {};
}

Status parseForms(const JsonObject& root, Benchmark& benchmark)
{
    HILO_TRY(const std::vector<JsonObject> objects, objectsOf(root, "forms"));
    for (const JsonObject& object : objects) {
        HILO_TRY(RowForm form, parseRowForm(object));
        for (const std::string& protocol : form.protocols)
            if (std::none_of(benchmark.protocols.begin(), benchmark.protocols.end(),
                             [&](const Benchmark::Protocol& one) { return one.name == protocol; }))
                return failure(object.errorAt("protocols", "there is no protocol \"" + protocol + "\""));
        benchmark.forms.push_back(std::move(form));
    }
    return {};
}

Status parseFloor(const JsonObject& root, Benchmark& benchmark)
{
    if (!root.has("floor"))
        return {};
    HILO_TRY(const JsonObject floor, root.object("floor"));
    HILO_CHECK(floor.onlyKeys({"value", "kind"}));
    Benchmark::Floor result;
    HILO_TRY(result.value, floor.number("value", 0, 100));
    HILO_TRY(result.kind, floor.text("kind"));
    if (result.kind != "majority" && result.kind != "chance")
        return failure(floor.errorAt("kind", "expected \"majority\" or \"chance\""));
    benchmark.floor = result;
    return {};
}

Status parseClasses(const JsonObject& root, Benchmark& benchmark)
{
    if (!root.has("classes"))
        return {};
    HILO_TRY(const JsonObject classes, root.object("classes"));
    for (const auto& [column, value] : classes.json().items()) {
        HILO_TRY(benchmark.classes[column], textList(classes, column));
    }
    return {};
}

fs::path benchmarksFolder()
{
    return resourcesFolder() / "benchmarks";
}

std::vector<std::string> allNamesOf(const Benchmark& benchmark)
{
    std::vector<std::string> bases{benchmark.name};
    bases.insert(bases.end(), benchmark.aliases.begin(), benchmark.aliases.end());
    return bases;
}

std::optional<ChosenBenchmark> chosenBy(const std::shared_ptr<const Benchmark>& benchmark, const std::string& name)
{
    for (const std::string& base : allNamesOf(*benchmark)) {
        if (name == base)
            return ChosenBenchmark{name, benchmark, &benchmark->protocols.front()};
        for (const Benchmark::Protocol& protocol : benchmark->protocols)
            if (name == protocol.name + "-" + base)
                return ChosenBenchmark{name, benchmark, &protocol};
    }
    return std::nullopt;
}

} // namespace

std::string Benchmark::labelledSplits() const
{
    std::vector<std::string> names;
    for (const char* split : {"train", "validation", "test"})
        if (const auto found = splits.find(split); found != splits.end() && found->second.isLabelled)
            names.emplace_back(split);
    return joined(names);
}

Result<Benchmark> parseBenchmark(const Json& document, const std::string& file)
{
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != benchmarkFormat)
        return failure(
            root.errorAt("format", std::string("expected \"") + benchmarkFormat + "\", found \"" + format + "\""));
    HILO_CHECK(root.onlyKeys({"format", "title", "description", "aliases", "source", "repository", "licence", "configs",
                              "subsets", "classes", "forms", "splits", "scored", "protocols", "floor", "published"}));
    Benchmark benchmark;
    benchmark.file = file;
    benchmark.name = fs::path(file).stem().string();
    HILO_TRY(benchmark.title, root.text("title"));
    HILO_TRY(benchmark.description, root.text("description"));
    HILO_TRY(benchmark.aliases, textList(root, "aliases"));
    HILO_TRY(benchmark.source, root.text("source"));
    HILO_TRY(benchmark.repository, root.textOr("repository", ""));
    HILO_TRY(benchmark.licence, root.textOr("licence", ""));
    HILO_TRY(benchmark.configs, textList(root, "configs"));
    HILO_TRY(benchmark.hasSubsets, root.flagOr("subsets", false));
    HILO_CHECK(parseClasses(root, benchmark));
    HILO_CHECK(parseSplits(root, benchmark));
    HILO_CHECK(parseProtocols(root, benchmark));
    HILO_CHECK(parseForms(root, benchmark));
    HILO_CHECK(parseFloor(root, benchmark));
    HILO_TRY(benchmark.published, parsePublished(root));
    return benchmark;
}

Result<std::vector<std::shared_ptr<const Benchmark>>> allBenchmarks()
{
    std::vector<std::pair<fs::path, fs::file_time_type>> files;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(benchmarksFolder(), code))
        if (entry.path().extension() == ".json")
            files.emplace_back(entry.path(), entry.last_write_time(code));
    if (files.empty())
        return failure(badInput(benchmarksFolder().string(), {}, "The folder of benchmarks is missing or empty.",
                                "Set HILO_RESOURCES to the program's resources folder."));
    std::sort(files.begin(), files.end());
    // Every run spec of a project may name one, so that they are kept while their files stay as they are.
    static std::mutex mutex;
    static std::vector<std::pair<fs::path, fs::file_time_type>> readFiles;
    static std::vector<std::shared_ptr<const Benchmark>> known;
    const std::scoped_lock lock(mutex);
    if (files == readFiles)
        return known;
    std::vector<std::shared_ptr<const Benchmark>> benchmarks;
    for (const auto& [file, time] : files) {
        HILO_TRY(const Json document, readJsonFile(file));
        HILO_TRY(Benchmark benchmark, parseBenchmark(document, file.string()));
        benchmarks.push_back(std::make_shared<const Benchmark>(std::move(benchmark)));
    }
    readFiles = std::move(files);
    known = benchmarks;
    return benchmarks;
}

Result<ChosenBenchmark> findBenchmark(const std::string& name)
{
    HILO_TRY(const auto benchmarks, allBenchmarks());
    std::string names, nearest;
    std::size_t least = 3;
    for (const auto& benchmark : benchmarks) {
        if (const auto chosen = chosenBy(benchmark, name))
            return *chosen;
        names += (names.empty() ? "" : ", ") + benchmark->name;
        for (const std::string& base : allNamesOf(*benchmark))
            for (const Benchmark::Protocol& protocol : benchmark->protocols)
                for (const std::string& known : {base, protocol.name + "-" + base})
                    if (const std::size_t distance = editDistance(name, known); distance < least) {
                        least = distance;
                        nearest = known;
                    }
    }
    return failure(badInput({}, "benchmark", "there is no benchmark \"" + shown(name) + "\"",
                            (nearest.empty() ? "" : "did you mean " + nearest + "? ") + "known are " + names +
                                ", each with its protocols in front, as mola-cola (hilo benchmark list)"));
}

Status checkSplitOf(const ChosenBenchmark& chosen, const std::string& split)
{
    const Benchmark& benchmark = *chosen.benchmark;
    const auto found = benchmark.splits.find(split);
    if (found != benchmark.splits.end() && found->second.isLabelled)
        return {};
    const std::string what = found == benchmark.splits.end() ? " has no split \"" + shown(split) + "\""
                                                             : "'s split \"" + split + "\" is published without labels";
    return failure(badInput({}, "split",
                            benchmark.title + what + "; it is scored on its split \"" + benchmark.scored + "\"",
                            "leave the split out, or name " + benchmark.labelledSplits()));
}

} // namespace hilo
