// SPDX-License-Identifier: GPL-3.0-or-later
// Reads from standard input a JSON object {"tests": …, "study": …} and writes what the statistics make of it; for
// check_statistics.py.
#include "base/json.h"
#include "base/share_interval.h"
#include "compare/distributions.h"
#include "compare/holm.h"
#include "compare/mcnemar.h"
#include "compare/mean_ranks.h"
#include "compare/statistics.h"
#include "study/study_json.h"

#include <iostream>
#include <iterator>

using namespace hilo;

namespace {

Json tests(const Json& asked)
{
    Json told;
    for (const Json& pair : asked["mcnemar"]) {
        const auto first = pair[0].get<std::int64_t>(), second = pair[1].get<std::int64_t>();
        told["mcnemar"].push_back({mcnemarExact(first, second), mcnemarChiSquare(first, second, true),
                                   mcnemarChiSquare(first, second, false)});
    }
    for (const Json& rows : asked["rows"])
        told["rows"].push_back(mcnemarOfRows(rows.get<std::vector<int>>()).p);
    for (const Json& p : asked["holm"])
        told["holm"].push_back(holmCorrected(p.get<std::vector<double>>()));
    for (const Json& pair : asked["wilson"]) {
        const auto [low, high] = wilsonInterval(pair[0].get<double>(), pair[1].get<double>());
        told["wilson"].push_back({low, high});
    }
    for (const Json& values : asked["student"]) {
        const MeanInterval mean = meanInterval(values.get<std::vector<double>>());
        const double error = *mean.deviation / std::sqrt(mean.count);
        told["student"].push_back({*mean.low, *mean.high, studentTwoSided(mean.mean / error, mean.count - 1)});
    }
    for (const Json& table : asked["friedman"]) {
        std::vector<std::vector<double>> ranks;
        for (const Json& row : table)
            ranks.push_back(ranksOf(row.get<std::vector<double>>(), false));
        const Friedman test = *friedman(ranks);
        told["friedman"].push_back({test.chiSquare, test.p});
    }
    for (const Json& pair : asked["nemenyi"])
        told["nemenyi"].push_back(nemenyiCriticalDifference(pair[0].get<int>(), pair[1].get<int>()));
    for (const Json& pair : asked["chi"])
        told["chi"].push_back(chiSquareUpper(pair[0].get<double>(), pair[1].get<double>()));
    for (const Json& pair : asked["t"])
        told["t"].push_back(
            {studentTwoSided(pair[0].get<double>(), pair[1].get<double>()), studentHalfWidth95(pair[1].get<double>())});
    return told;
}

StudyObservations studyOf(const Json& asked)
{
    StudyObservations study;
    study.name = "asked";
    study.joint = asked["joint"].get<bool>();
    for (const Json& task : asked["tasks"])
        study.tasks.push_back({task.get<std::string>(), {asked["metric"].get<std::string>(), task.get<std::string>()}});
    // A label, or an object with the parameters of a curve's point.
    for (const Json& one : asked["allocations"]) {
        StudyAllocation allocation{one.is_string() ? one.get<std::string>() : "", {}, 1000, 500, 8, 1e-3, 1};
        if (one.is_object()) {
            allocation.label = one["label"].get<std::string>();
            allocation.trainable = one["trainable"].get<std::int64_t>();
            allocation.active = allocation.trainable / 2;
            allocation.budget = allocation.trainable;
        }
        study.allocations.push_back(std::move(allocation));
    }
    for (const Json& one : asked["values"]) {
        StudyObservation value;
        value.allocation = one["allocation"].get<std::size_t>();
        value.task = one["task"].get<std::size_t>();
        value.seed = one["seed"].get<std::int64_t>();
        value.value = one["value"].get<double>();
        value.run = "r" + std::to_string(study.values.size());
        for (const char c : one["right"].get<std::string>())
            value.right.push_back(c == '1');
        study.values.push_back(std::move(value));
    }
    return study;
}

} // namespace

int main()
{
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    const auto asked = parseJson(text, "standard input");
    if (!asked) {
        std::cerr << describe(asked.error()) << "\n";
        return 3;
    }
    Json told = {{"tests", tests((*asked)["tests"])}, {"studies", Json::array()}};
    for (const Json& one : (*asked)["studies"]) {
        const StudyObservations study = studyOf(one);
        StudySummaryOptions options;
        options.replicates = one["replicates"].get<int>();
        options.targets = one.value("targets", std::vector<double>());
        const auto summary = summarise(study, options);
        if (!summary) {
            std::cerr << describe(summary.error()) << "\n";
            return 5;
        }
        told["studies"].push_back(toJson(StudyReport{study, *summary}));
    }
    std::cout << told.dump() << "\n";
}
