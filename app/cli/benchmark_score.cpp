// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark_score.h"

#include "numbers.h"

#include "base/text_format.h"
#include "metrics/metric.h"
#include "run/run_spec_names.h"

namespace hilo::cli {

Json benchmarkScore(const ChosenBenchmark& chosen, const EvaluationResult& result, bool isLimited)
{
    const Benchmark& benchmark = *chosen.benchmark;
    const Benchmark::Protocol& protocol = *chosen.protocol;
    const std::int64_t published = benchmark.splits.at(benchmark.scored).rows;
    const std::string given = nameOf(protocolNames, result.protocol);
    std::vector<std::string> differs;
    if (result.split != benchmark.scored)
        differs.push_back("it is scored on " + benchmark.scored + ", not on " + result.split);
    if (given != protocol.protocol)
        differs.push_back("it is scored by " + protocol.protocol + ", not by " + given);
    if (isLimited)
        differs.emplace_back("only the first rows were scored");
    else if (published == 0)
        differs.emplace_back("how many rows were published is not known here, so that some may be missing");
    else if (result.split == benchmark.scored && published > 0 && result.rows != published)
        differs.push_back(withNoun(result.rows, "row") + (result.rows == 1 ? " was" : " were") +
                          " scored, published are " + withSeparators(published));
    const std::optional<double> value = result.valueOf(protocol.metric);
    return {{"name", chosen.name},
            {"protocol", protocol.name},
            {"metric", protocol.metric},
            {"value", value ? Json(*value) : Json()},
            {"scored", benchmark.scored},
            {"published_rows", published > 0 ? Json(published) : Json()},
            {"is_benchmark_number", value.has_value() && differs.empty()},
            {"differs", differs}};
}

std::string benchmarkLine(const Json& score)
{
    const std::string metric = score["metric"].get<std::string>();
    const Metric* const known = findMetric(metric);
    std::string line = "benchmark " + score["name"].get<std::string>() + ": " + metric + " ";
    if (score["value"].is_null())
        line += "was not measured";
    else
        line +=
            known && known->isShare ? percent(score["value"].get<double>()) : shortNumber(score["value"].get<double>());
    if (!score["differs"].empty())
        line += "; not the benchmark's number: " + joined(score["differs"].get<std::vector<std::string>>(), "; ");
    return line;
}

} // namespace hilo::cli
