// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_json.h"

#include "base/text_format.h"
#include "study/study_verdict.h"

namespace hilo {
namespace {

template <class T>
Json orNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json toJson(const StudyInterval& interval)
{
    return {{"value", interval.value}, {"low", orNull(interval.low)}, {"high", orNull(interval.high)}};
}

Json toJson(const std::optional<StudyInterval>& interval)
{
    return interval ? toJson(*interval) : Json{{"value", nullptr}, {"low", nullptr}, {"high", nullptr}};
}

Json toJson(const std::optional<StudyTest>& test)
{
    if (!test)
        return nullptr;
    Json json = toJson(test->difference);
    json["p"] = orNull(test->p);
    json["method"] = test->method;
    json["count"] = test->count;
    return json;
}

Json toJson(const StudyObservations& observations, const std::optional<StudyDifference>& one)
{
    if (!one)
        return nullptr;
    Json json = toJson(one->difference);
    const StudyAllocation& from = observations.allocations[one->from];
    json["from"] = from.label;
    json["from_budget"] = orNull(from.budget);
    json["degrees_of_freedom"] = orNull(one->degrees);
    json["p"] = orNull(one->p);
    json["p_holm"] = orNull(one->pHolm);
    json["by_seed"] = toJson(one->bySeed);
    json["by_test_row"] = toJson(one->byTestRow);
    json["by_task"] = toJson(one->byTask);
    json["tasks"] = Json::array();
    for (const std::size_t task : one->tasks)
        json["tasks"].push_back(observations.tasks[task].name);
    json["pairs"] = one->pairs;
    json["verdict"] = wordOf(one->verdict);
    json["text"] = one->text;
    return json;
}

Json toJson(const StudyCell& cell)
{
    Json json = toJson(cell.mean);
    json["seeds"] = cell.seeds.size();
    json["rows"] = cell.rows;
    json["runs"] = Json::array();
    for (std::size_t i = 0; i < cell.seeds.size(); ++i)
        json["runs"].push_back({{"seed", cell.seeds[i]}, {"value", cell.values[i]}, {"run", cell.runs[i]}});
    json["difference"] = Json(nullptr);
    if (cell.difference) {
        json["difference"] = toJson(*cell.difference);
        json["difference"]["p"] = orNull(cell.differenceP);
    }
    return json;
}

Json toJson(const StudyReach& reach)
{
    const char* const where = reach.where == StudyReach::Where::Within          ? "within"
                              : reach.where == StudyReach::Where::BelowSmallest ? "below the smallest budget"
                                                                                : "not reached";
    return {{"value", reach.target},
            {"where", where},
            {"parameters", orNull(reach.parameters)},
            {"low", orNull(reach.low)},
            {"high", orNull(reach.high)},
            {"interval_known", reach.known}};
}

Json curvesOf(const StudyReport& report)
{
    Json curves = Json::array();
    for (const StudyCurve& curve : report.summary.curves) {
        Json trainable = Json::array(), active = Json::array();
        for (const StudyReach& reach : curve.trainable)
            trainable.push_back(toJson(reach));
        for (const StudyReach& reach : curve.active)
            active.push_back(toJson(reach));
        curves.push_back({{"label", curve.label}, {"trainable", trainable}, {"active", active}});
    }
    return curves;
}

Json ranksOf(const StudyReport& report)
{
    const StudyRanks& ranks = report.summary.ranks;
    Json groups = Json::array();
    for (const auto& group : ranks.groups)
        groups.push_back(group);
    return {{"tasks", ranks.tasks},
            {"friedman", orNull(ranks.friedman)},
            {"p", orNull(ranks.p)},
            {"critical_difference", orNull(ranks.criticalDifference)},
            {"not_different", std::move(groups)}};
}

} // namespace

std::string wordOf(StudyVerdict verdict)
{
    switch (verdict) {
    case StudyVerdict::NotMeasured:
        return "not measured";
    case StudyVerdict::NoInterval:
        return "no interval";
    case StudyVerdict::NoClearDifference:
        return "no clear difference";
    case StudyVerdict::OnlyTheseRuns:
        return "only these runs";
    case StudyVerdict::Better:
        return "better";
    case StudyVerdict::Worse:
        return "worse";
    }
    return {};
}

Json toJson(const StudyReport& report)
{
    const StudyObservations& observations = report.observations;
    const StudySummary& summary = report.summary;
    Json tasks = Json::array(), metrics = Json::object(), allocations = Json::array();
    for (const StudyTask& task : observations.tasks) {
        tasks.push_back(task.name);
        metrics[task.name] = {{"metric", task.metric.metric},
                              {"better", task.metric.lowerIsBetter() ? "lower" : "higher"}};
    }
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const StudyAllocation& one = observations.allocations[i];
        const StudyRow& row = summary.rows[i];
        Json cells = Json::object();
        for (std::size_t task = 0; task < row.cells.size(); ++task)
            cells[observations.tasks[task].name] = toJson(row.cells[task]);
        allocations.push_back({{"label", one.label},
                               {"budget", orNull(one.budget)},
                               {"trainable", one.trainable},
                               {"active", one.active},
                               {"total_rank", one.totalRank},
                               {"learning_rate", one.learningRate},
                               {"rates_searched", one.ratesTried},
                               {"scaling", one.scaling},
                               {"mean", toJson(row.mean)},
                               {"rank", toJson(row.rank)},
                               {"tasks", std::move(cells)},
                               {"difference", toJson(observations, row.difference)},
                               {"difference_at_budget", toJson(observations, row.differenceAtBudget)}});
    }
    Json published = Json::array();
    for (const StudyPublished& one : report.published) {
        published.push_back(hilo::toJson(one.result));
        published.back()["task"] = observations.tasks[one.task].name;
    }
    return {{"name", observations.name},
            {"joint", observations.joint},
            {"tasks", std::move(tasks)},
            {"metrics", std::move(metrics)},
            {"seeds", observations.seeds},
            {"finished_runs", summary.finishedRuns},
            {"expected_runs", observations.expectedRuns},
            {"allocations", std::move(allocations)},
            {"ranks", ranksOf(report)},
            {"curves", curvesOf(report)},
            {"comparisons", summary.comparisons},
            {"sentence", summary.sentence},
            {"notes", inWords(summary.notes)},
            {"published", std::move(published)},
            {"command", report.command.empty() ? Json(nullptr) : Json(shellCommand(report.command))}};
}

} // namespace hilo
