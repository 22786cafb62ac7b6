// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_file.h"

#include "allocation/strategy_settings.h"
#include "metrics/metric.h"
#include "project/portable_spec.h"
#include "run/run_id.h"
#include "study/study_tasks.h"

#include <limits>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t largestCount = std::int64_t{1} << 60;

Json toJson(const StudySource& source)
{
    if (source.map)
        return {{"label", source.label}, {"map", hilo::toJson(*source.map)}};
    return {{"label", source.label}, {"strategy", source.strategy}};
}

Json toJson(const StudyArm& arm)
{
    Json json = {{"label", arm.label}};
    if (arm.budget)
        json["budget"] = *arm.budget;
    json["trainable_parameters"] = arm.trainable;
    json["active_parameters"] = arm.active;
    json["total_rank"] = arm.totalRank;
    if (arm.learningRate)
        json["learning_rate"] = *arm.learningRate;
    if (arm.droppedAfter)
        json["dropped_after"] = *arm.droppedAfter;
    json["map"] = hilo::toJson(arm.map);
    return json;
}

Json toJson(const StudyRun& run)
{
    Json json = {{"arm", run.arm}};
    if (run.task)
        json["task"] = *run.task;
    json["seed"] = run.seed;
    if (run.rate)
        json["rate"] = *run.rate;
    json["run"] = run.run;
    return json;
}

Result<std::vector<std::int64_t>> wholeNumbers(const JsonObject& root, const std::string& key, std::int64_t lowest)
{
    HILO_TRY(const Json* list, root.array(key));
    std::vector<std::int64_t> numbers;
    for (const Json& number : *list) {
        if (!number.is_number_integer() || number.get<std::int64_t>() < lowest)
            return failure(root.errorAt(key, "expected whole numbers from " + std::to_string(lowest) + ", found " +
                                                 shownJson(number)));
        numbers.push_back(number.get<std::int64_t>());
    }
    return numbers;
}

/// Calls parse with each object of a list.
template <class Parse>
Status eachObject(const JsonObject& root, const std::string& key, const Parse& parse)
{
    HILO_TRY(const Json* list, root.array(key));
    for (std::size_t index = 0; index < list->size(); ++index) {
        HILO_TRY(const JsonObject object,
                 JsonObject::of((*list)[index], root.file(), root.placeOf(key) + "[" + std::to_string(index) + "]"));
        HILO_CHECK(parse(object));
    }
    return {};
}

Result<AllocationMap> mapIn(const JsonObject& object)
{
    HILO_TRY(const JsonObject map, object.object("map"));
    return parseAllocationMap(map.json(), object.file() + ": " + object.placeOf("map"));
}

Result<StudySource> parseSource(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"label", "strategy", "map"}));
    StudySource source;
    HILO_TRY(source.label, object.text("label"));
    HILO_TRY(source.strategy, object.textOr("strategy", ""));
    if (source.strategy.empty()) {
        HILO_TRY(source.map, mapIn(object));
    }
    return source;
}

Result<StudyArm> parseArm(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"label", "budget", "trainable_parameters", "active_parameters", "total_rank",
                                "learning_rate", "dropped_after", "map"}));
    StudyArm arm;
    HILO_TRY(arm.label, object.text("label"));
    if (object.has("budget")) {
        HILO_TRY(arm.budget, object.integer("budget", 1, largestCount));
    }
    HILO_TRY(arm.trainable, object.integer("trainable_parameters", 0, largestCount));
    HILO_TRY(arm.active, object.integer("active_parameters", 0, largestCount));
    HILO_TRY(arm.totalRank, object.integer("total_rank", 0, largestCount));
    if (object.has("learning_rate")) {
        HILO_TRY(arm.learningRate, object.number("learning_rate", 0, 10));
    }
    if (object.has("dropped_after")) {
        HILO_TRY(arm.droppedAfter, object.integer("dropped_after", 1, largestCount));
    }
    HILO_TRY(arm.map, mapIn(object));
    return arm;
}

Result<StudyRun> parseRun(const JsonObject& object, const Study& study)
{
    HILO_CHECK(object.onlyKeys({"arm", "task", "seed", "rate", "run"}));
    StudyRun run;
    const auto below = [](std::size_t count) { return static_cast<std::int64_t>(count) - 1; };
    HILO_TRY(const std::int64_t arm, object.integer("arm", 0, below(study.arms.size())));
    run.arm = static_cast<std::size_t>(arm);
    if (object.has("task")) {
        HILO_TRY(const std::int64_t task, object.integer("task", 0, below(study.spec.tasks.size())));
        run.task = static_cast<std::size_t>(task);
    }
    HILO_TRY(run.seed, object.integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
    if (object.has("rate")) {
        HILO_TRY(run.rate, object.number("rate", 0, 10));
        if (!study.search)
            return failure(object.errorAt("rate", "the study searches no rates"));
    }
    HILO_TRY(run.run, object.text("run"));
    if (!checkRunId(run.run))
        return failure(object.errorAt("run", "expected the id of a run, found \"" + run.run + "\""));
    return run;
}

Result<RateSearch> parseSearch(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"rates", "steps", "epochs", "seed"}));
    RateSearch search;
    HILO_TRY(const Json* rates, object.array("rates"));
    for (const Json& rate : *rates) {
        if (!rate.is_number() || rate.get<double>() <= 0)
            return failure(object.errorAt("rates", "expected numbers above 0, found " + shownJson(rate)));
        search.rates.push_back(rate.get<double>());
    }
    HILO_TRY(search.steps, object.integerOr("steps", 0, 0, largestCount));
    HILO_TRY(search.epochs, object.numberOr("epochs", 0, 0, 1e9));
    HILO_TRY(search.seed, object.integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
    return search;
}

/// A spec needs a map; the study's has none of its own, and gets that of the first arm.
Result<RunSpec> parseSpec(const JsonObject& root, const Study& study, const fs::path& folder)
{
    HILO_TRY(const JsonObject object, root.object("spec"));
    if (study.arms.empty())
        return failure(root.errorAt("arms", "is empty"));
    Json document = object.json();
    document["map"] = hilo::toJson(study.arms.front().map);
    return parseRunSpec(document, root.file() + ": spec", folder);
}

Status parseMetrics(const JsonObject& root, Study& study)
{
    HILO_TRY(const Json* metrics, root.array("metrics"));
    for (const Json& metric : *metrics) {
        if (!metric.is_string() || (metric != "" && !isStudyMetric(metric.get<std::string>())))
            return failure(
                root.errorAt("metrics", "expected metrics, found " + shownJson(metric), "Known are " + metricNames()));
        study.metrics.push_back(metric.get<std::string>());
    }
    if (study.metrics.size() != study.spec.tasks.size())
        return failure(root.errorAt("metrics", "expected one for each of the " +
                                                   std::to_string(study.spec.tasks.size()) + " tasks of \"spec\""));
    return {};
}

} // namespace

Json studyDocument(const Study& study, const fs::path& project, const fs::path& folder)
{
    Json spec = hilo::toJson(portableSpec(study.spec, project, folder));
    spec.erase("map");
    Json document = {{"format", studyFormat},        {"name", study.name},       {"joint", study.joint},
                     {"equal", nameOf(study.equal)}, {"halving", study.halving}, {"metrics", study.metrics},
                     {"budgets", study.budgets},     {"seeds", study.seeds},     {"commands", study.commands}};
    if (study.search)
        document["rate_search"] = {{"rates", study.search->rates},
                                   {"steps", study.search->steps},
                                   {"epochs", study.search->epochs},
                                   {"seed", study.search->seed}};
    document["spec"] = std::move(spec);
    for (const char* key : {"sources", "arms", "runs"})
        document[key] = Json::array();
    for (const StudySource& source : study.sources)
        document["sources"].push_back(toJson(source));
    for (const StudyArm& arm : study.arms)
        document["arms"].push_back(toJson(arm));
    for (const StudyRun& run : study.runs)
        document["runs"].push_back(toJson(run));
    return document;
}

Result<Study> parseStudy(const Json& document, const std::string& file, const fs::path& folder)
{
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != studyFormat)
        return failure(root.errorAt("format", std::string("expected \"") + studyFormat + "\", found \"" + format + "\"",
                                    "The study may be of a newer version of this program."));
    HILO_CHECK(root.onlyKeys({"format", "name", "joint", "equal", "halving", "metrics", "budgets", "seeds", "commands",
                              "rate_search", "spec", "sources", "arms", "runs"}));
    Study study;
    HILO_TRY(study.name, root.text("name"));
    HILO_TRY(study.joint, root.flagOr("joint", false));
    HILO_TRY(const std::string equal, root.text("equal"));
    const auto parsed = parseEqualSize(equal);
    if (!parsed)
        return failure(root.errorAt("equal", parsed.error().message, parsed.error().hint));
    study.equal = *parsed;
    HILO_TRY(study.halving, root.flagOr("halving", false));
    HILO_TRY(study.budgets, wholeNumbers(root, "budgets", 1));
    HILO_TRY(study.seeds, wholeNumbers(root, "seeds", 0));
    if (root.has("commands")) {
        HILO_TRY(const Json* commands, root.array("commands"));
        for (const Json& command : *commands)
            if (command.is_string())
                study.commands.push_back(command.get<std::string>());
    }
    if (root.has("rate_search")) {
        HILO_TRY(const JsonObject search, root.object("rate_search"));
        HILO_TRY(study.search, parseSearch(search));
    }
    HILO_CHECK(eachObject(root, "sources", [&](const JsonObject& object) -> Status {
        HILO_TRY(study.sources.emplace_back(), parseSource(object));
        return {};
    }));
    HILO_CHECK(eachObject(root, "arms", [&](const JsonObject& object) -> Status {
        HILO_TRY(study.arms.emplace_back(), parseArm(object));
        return {};
    }));
    HILO_TRY(study.spec, parseSpec(root, study, folder));
    HILO_CHECK(parseMetrics(root, study));
    HILO_CHECK(eachObject(root, "runs", [&](const JsonObject& object) -> Status {
        HILO_TRY(study.runs.emplace_back(), parseRun(object, study));
        return {};
    }));
    return study;
}

} // namespace hilo
