// SPDX-License-Identifier: GPL-3.0-or-later
#include "result_lines.h"

#include "numbers.h"

#include "base/text_format.h"
#include "metrics/metric.h"

namespace hilo::cli {

std::string accuracyLine(const EvaluationResult& result)
{
    if (!result.hasAccuracy())
        return lossLine(result);
    const auto [low, high] = result.interval();
    std::string line = "accuracy " + percent(result.accuracy()) +
                       printed(" (%.1f to %.1f, 95 %%), ", low * 100, high * 100) + withSeparators(result.correct) +
                       " of " + withNoun(result.total, "row") + " of " + result.split + ", majority floor " +
                       percent(result.majorityFloor());
    if (result.unparsable > 0)
        line += ", " + withSeparators(result.unparsable) + " without a readable answer";
    return line;
}

std::string lossLine(const EvaluationResult& result)
{
    const std::string rows = withNoun(result.rows, "row") + " of " + result.split;
    if (!result.loss) {
        const auto reason = result.notMeasured.find("loss");
        return "no loss on the " + rows + (reason == result.notMeasured.end() ? "" : ": " + reason->second);
    }
    const auto interval = result.intervals.find("loss");
    return "loss " + shortNumber(*result.loss) +
           (interval == result.intervals.end()
                ? ""
                : printed(" (%.4g to %.4g, 95 %%)", interval->second.first, interval->second.second)) +
           (result.perplexity ? ", perplexity " + shortNumber(*result.perplexity) : "") + ", " +
           withNoun(result.tokens, "token") + " of " + rows;
}

std::vector<std::string> metricLines(const EvaluationResult& result)
{
    std::vector<std::string> lines;
    for (const auto& [name, value] : result.metrics) {
        const Metric* metric = findMetric(name);
        const bool isShare = metric && metric->isShare;
        std::string line =
            "  " + (metric ? metric->label : name) + " " + (isShare ? percent(value) : shortNumber(value));
        if (const auto found = result.intervals.find(name); found != result.intervals.end()) {
            const auto [low, high] = found->second;
            line += isShare ? printed(" (%.1f to %.1f, 95 %%)", low * 100, high * 100)
                            : printed(" (%.4g to %.4g, 95 %%)", low, high);
        }
        if (name == "f1" && !result.positiveLabel.empty())
            line += ", positive is \"" + result.positiveLabel + "\"";
        lines.push_back(line);
    }
    return lines;
}

} // namespace hilo::cli
