// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_table.h"

#include "base/text_format.h"
#include "base/text_table.h"

#include <algorithm>
#include <charconv>

namespace hilo {
namespace {

std::string valueText(const std::optional<double>& value, const MetricChoice& metric)
{
    if (!value)
        return "-";
    return metric.isShare() ? printed("%.2f %%", *value * 100) : printed("%.4g", *value);
}

/// A run that finished without the number says so; one that has not finished has none yet.
std::string valueText(const CompareRow& row, const MetricChoice& metric)
{
    return !row.value && row.state == "finished" ? "not measured" : valueText(row.value, metric);
}

template <class T>
std::string number(const std::optional<T>& value)
{
    if (!value)
        return "";
    if constexpr (std::is_integral_v<T>)
        return std::to_string(*value);
    else
        return shownNumber(*value);
}

/// 1234567 -> "1 234 567"
std::string grouped(const std::optional<std::int64_t>& value)
{
    if (!value)
        return "-";
    std::string digits = std::to_string(*value);
    for (int i = static_cast<int>(digits.size()) - 3; i > (digits.front() == '-' ? 1 : 0); i -= 3)
        digits.insert(static_cast<std::size_t>(i), " ");
    return digits;
}

/// Seventeen digits say nothing to people; files keep them.
std::string shortened(const std::string& text)
{
    double value = 0;
    const char* const end = text.data() + text.size();
    if (text.size() <= 9 || text.find('.') == std::string::npos || std::from_chars(text.data(), end, value).ptr != end)
        return text;
    return printed("%.6g", value);
}

bool isNumber(const std::string& text)
{
    double value = 0;
    return std::from_chars(text.data(), text.data() + text.size(), value).ptr == text.data() + text.size();
}

std::string csvCell(std::string text)
{
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos && !isNumber(text))
        text.insert(0, "'");
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

/// "3", or "2 of 3" where only two have a value that the mean is over.
std::string seedsText(const CompareRow& row)
{
    const std::string all = std::to_string(row.seeds);
    return row.measured > 0 && row.measured < row.seeds ? std::to_string(row.measured) + " of " + all : all;
}

} // namespace

std::string csvOf(const std::vector<std::vector<std::string>>& rows)
{
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i > 0 ? "," : "") + csvCell(row[i]);
        text += "\r\n";
    }
    return text;
}

std::string tableOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns,
                    const MetricChoice& metric)
{
    std::vector<std::vector<std::string>> table{
        {"run", "name", "state", "seeds", metric.text(), "95 % interval", "trainable", "active", "front"}};
    table.front().insert(table.front().end(), columns.begin(), columns.end());
    for (const CompareRow& row : rows) {
        std::string id = row.ids.front();
        if (row.ids.size() > 1)
            id += " +" + std::to_string(row.ids.size() - 1);
        table.push_back({id, row.name, row.state, seedsText(row), valueText(row, metric),
                         row.low && row.high ? valueText(row.low, metric) + " to " + valueText(row.high, metric) : "-",
                         grouped(row.trainableParameters), grouped(row.activeParameters), row.onFront ? "*" : ""});
        for (const std::string& value : row.values)
            table.back().push_back(shortened(value));
    }
    return alignedTable(table);
}

std::string csvOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns,
                  const MetricChoice& metric)
{
    std::vector<std::vector<std::string>> table{{"id", "name", "state", "runs", metric.text(), "interval_low",
                                                 "interval_high", "standard_deviation", "trainable_parameters",
                                                 "active_parameters", "seconds", "pareto", "seeds"}};
    table.front().insert(table.front().end(), columns.begin(), columns.end());
    for (const CompareRow& row : rows) {
        table.push_back({joined(row.ids, " "), row.name, row.state, std::to_string(row.ids.size()), number(row.value),
                         number(row.low), number(row.high), number(row.deviation), number(row.trainableParameters),
                         number(row.activeParameters), number(row.seconds), row.onFront ? "true" : "false",
                         std::to_string(row.seeds)});
        table.back().insert(table.back().end(), row.values.begin(), row.values.end());
    }
    return csvOf(table);
}

Json jsonOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns, const MetricChoice& metric)
{
    const auto optional = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
    Json list = Json::array();
    for (const CompareRow& row : rows) {
        Json entry = {{"id", row.ids.front()},
                      {"ids", row.ids},
                      {"name", row.name},
                      {"state", row.state},
                      {"metric", metric.metric},
                      {"task", metric.task.empty() ? Json(nullptr) : Json(metric.task)},
                      {"better", metric.lowerIsBetter() ? "lower" : "higher"},
                      {"seeds", row.seeds},
                      {"runs_with_value", row.measured},
                      {"value", optional(row.value)},
                      {"tasks", row.tasks},
                      {"interval", row.low && row.high ? Json::array({*row.low, *row.high}) : Json(nullptr)},
                      {"standard_deviation", optional(row.deviation)},
                      {"trainable_parameters", optional(row.trainableParameters)},
                      {"active_parameters", optional(row.activeParameters)},
                      {"seconds", optional(row.seconds)},
                      {"pareto", row.onFront}};
        if (metric.isAccuracy()) {
            entry["accuracy"] = optional(row.value);
            entry["runs_with_accuracy"] = row.measured;
        }
        entry["findings"] = Json::array();
        for (const auto& [run, finding] : row.findings)
            entry["findings"].push_back({{"run", run},
                                         {"check", finding.check},
                                         {"title", findRunCheck(finding.check)->title},
                                         {"detail", finding.detail()},
                                         {"what_to_do", findRunCheck(finding.check)->whatToDo}});
        for (std::size_t i = 0; i < columns.size() && i < row.values.size(); ++i)
            entry["settings"][columns[i]] = row.values[i];
        list.push_back(std::move(entry));
    }
    return list;
}

} // namespace hilo
