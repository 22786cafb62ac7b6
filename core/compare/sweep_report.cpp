// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/sweep_report.h"

#include "base/text_format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace hilo {
namespace {

std::string intervalText(const MeanInterval& interval, const char* pattern)
{
    return interval.low && interval.high ? printed(pattern, 100 * *interval.low, 100 * *interval.high) : "-";
}

Json intervalJson(const MeanInterval& interval)
{
    Json json = {{"runs", interval.count}};
    json["mean"] = interval.count > 0 ? Json(interval.mean) : Json(nullptr);
    json["interval"] = interval.low ? Json::array({*interval.low, *interval.high}) : Json(nullptr);
    json["standard_deviation"] = interval.deviation ? Json(*interval.deviation) : Json(nullptr);
    return json;
}

/// Round accuracies around all intervals, in percent.
std::pair<double, double> rangeOf(const std::vector<SweepResult>& results)
{
    double low = 100;
    double high = 0;
    for (const SweepResult& result : results) {
        if (result.accuracy.count == 0)
            continue;
        low = std::min(low, 100 * result.accuracy.low.value_or(result.accuracy.mean));
        high = std::max(high, 100 * result.accuracy.high.value_or(result.accuracy.mean));
    }
    if (low > high)
        return {0, 100};
    return {std::floor(low - 0.5), std::ceil(high + 0.5)};
}

} // namespace

std::vector<std::vector<std::string>> tableRows(const std::vector<SweepResult>& results)
{
    std::vector<std::vector<std::string>> rows = {{"allocation", "runs", "accuracy %", "95 % interval", "difference %",
                                                   "95 % interval of it", "trainable", "active", "total rank",
                                                   "seconds"}};
    for (const SweepResult& result : results)
        rows.push_back({result.entry.label, std::to_string(result.accuracy.count),
                        result.accuracy.count > 0 ? printed("%.2f", 100 * result.accuracy.mean) : "-",
                        intervalText(result.accuracy, "%.2f to %.2f"),
                        result.difference ? printed("%+.2f", 100 * result.difference->mean) : "-",
                        result.difference ? intervalText(*result.difference, "%+.2f to %+.2f") : "-",
                        std::to_string(result.entry.trainableParameters), std::to_string(result.entry.activeParameters),
                        std::to_string(result.entry.totalRank),
                        result.seconds ? printed("%.0f", *result.seconds) : "-"});
    return rows;
}

Json toJson(const Sweep& sweep, const std::vector<SweepResult>& results)
{
    Json entries = Json::array();
    for (const SweepResult& result : results) {
        Json runs = Json::object();
        for (const auto& [seed, id] : result.entry.runs)
            runs[std::to_string(seed)] = id;
        entries.push_back({{"label", result.entry.label},
                           {"trainable_parameters", result.entry.trainableParameters},
                           {"active_parameters", result.entry.activeParameters},
                           {"total_rank", result.entry.totalRank},
                           {"runs", std::move(runs)},
                           {"accuracy", intervalJson(result.accuracy)},
                           {"difference", result.difference ? intervalJson(*result.difference) : Json(nullptr)}});
    }
    return {{"name", sweep.name},
            {"equal", sweep.equal},
            {"baseline", sweep.entries.empty() ? "" : sweep.entries.front().label},
            {"entries", std::move(entries)}};
}

std::string svgOf(const Sweep& sweep, const std::vector<SweepResult>& results)
{
    constexpr double left = 260, right = 30, top = 40, step = 26, plot = 470;
    const auto [low, high] = rangeOf(results);
    const auto x = [&, low = low, high = high](double percent) { return left + (percent - low) / (high - low) * plot; };
    const double bottom = top + step * static_cast<double>(results.size());
    std::string svg = printed("<svg xmlns='http://www.w3.org/2000/svg' width='%g' height='%g' viewBox='0 0 %g %g' ",
                              left + plot + right, bottom + 50, left + plot + right, bottom + 50) +
                      "font-family='DejaVu Sans, sans-serif' font-size='12'>\n"
                      "<rect width='100%' height='100%' fill='white'/>\n<text x='10' y='20'>" +
                      xmlEscaped(sweep.name + ", equal " + sweep.equal) + "</text>\n";
    const double tick = std::max(1.0, std::ceil((high - low) / 10));
    for (double percent = low; percent <= high; percent += tick) {
        svg +=
            printed("<line x1='%.2f' x2='%.2f' y1='%g' y2='%g' stroke='#ddd'/>", x(percent), x(percent), top, bottom);
        svg += printed("<text x='%.2f' y='%g' text-anchor='middle'>%g</text>\n", x(percent), bottom + 18, percent);
    }
    svg += printed("<text x='%g' y='%g' text-anchor='middle'>accuracy in percent, 95 %% interval over seeds</text>\n",
                   left + plot / 2, bottom + 38);
    double y = top + step / 2;
    for (const SweepResult& result : results) {
        svg += printed("<text x='%g' y='%.2f' text-anchor='end'>", left - 10, y + 4) + xmlEscaped(result.entry.label) +
               "</text>\n";
        if (result.accuracy.low)
            svg += printed("<line x1='%.2f' x2='%.2f' y1='%.2f' y2='%.2f' stroke='#30689c' stroke-width='2'/>",
                           x(100 * *result.accuracy.low), x(100 * *result.accuracy.high), y, y);
        if (result.accuracy.count > 0)
            svg += printed("<circle cx='%.2f' cy='%.2f' r='4' fill='#30689c'><title>%.2f %%</title></circle>\n",
                           x(100 * result.accuracy.mean), y, 100 * result.accuracy.mean);
        y += step;
    }
    return svg + "</svg>\n";
}

} // namespace hilo
