// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/depth_schedule.h"

#include "allocation/strategy_settings.h"
#include "base/counted.h"
#include "base/text_format.h"

#include <algorithm>

namespace hilo {
namespace {

/// from + (to - from) · part / whole, rounded half up.
std::int64_t between(std::int64_t from, std::int64_t to, std::int64_t part, std::int64_t whole)
{
    const std::int64_t numerator = 2 * (from * whole + (to - from) * part) + whole;
    const std::int64_t denominator = 2 * whole;
    const std::int64_t quotient = numerator / denominator;
    return quotient - (numerator % denominator < 0 ? 1 : 0);
}

bool isDigits(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string listed(const std::vector<std::int64_t>& values)
{
    std::vector<std::string> texts;
    for (const std::int64_t value : values)
        texts.push_back(std::to_string(value));
    return joined(texts, ",");
}

} // namespace

Result<DepthSchedule> parseDepthSchedule(const std::string& setting, const std::string& text, DigitText digits,
                                         std::int64_t lowest, std::int64_t highest)
{
    const auto wrong = [&](const std::string& found) {
        return failure(wrongUsage(
            "setting " + setting + ": expected digits (2468), numbers (2,4,6,8) or a ramp (2..8), each from " +
            std::to_string(lowest) + " to " + std::to_string(highest) + ", found \"" + found + "\""));
    };
    DepthSchedule schedule;
    std::vector<std::string> parts;
    if (const auto dots = text.find(".."); dots != std::string::npos) {
        schedule.ramp = true;
        parts = {text.substr(0, dots), text.substr(dots + 2)};
    } else if (isDigits(text) && (digits == DigitText::EveryDigit || text.size() > 2)) {
        for (const char digit : text)
            parts.emplace_back(1, digit);
    } else {
        parts = splitList(text);
    }
    if (parts.empty())
        return wrong(text);
    for (const std::string& part : parts) {
        const auto value = parseInteger(part);
        if (!value || *value < lowest || *value > highest)
            return wrong(part.empty() || part == text ? text : part + "\" in \"" + text);
        schedule.values.push_back(*value);
    }
    return schedule;
}

std::vector<std::int64_t> rankRule(std::int64_t lowest, std::int64_t highest, std::int64_t count)
{
    std::vector<std::int64_t> values;
    for (std::int64_t index = 0; index < count; ++index)
        values.push_back(count == 1 ? lowest : between(lowest, highest, index, count - 1));
    return values;
}

std::vector<std::int64_t> valuesThatFit(const std::vector<std::int64_t>& values, std::int64_t layers)
{
    const auto count = static_cast<std::int64_t>(values.size());
    if (count <= layers)
        return values;
    std::vector<std::int64_t> fitting;
    for (const std::int64_t place : rankRule(0, count - 1, layers))
        fitting.push_back(values[static_cast<std::size_t>(place)]);
    return fitting;
}

std::string scheduleThatFits(const std::string& text, std::int64_t layers)
{
    if (!isDigits(text) || text.size() < 3 || static_cast<std::int64_t>(text.size()) <= layers)
        return text;
    std::vector<std::int64_t> values;
    for (const char digit : text)
        values.push_back(digit - '0');
    return listed(valuesThatFit(values, layers));
}

Result<std::vector<std::int64_t>> valuesPerLayer(const std::string& setting, const DepthSchedule& schedule,
                                                 std::int64_t layers, bool everyLayer, std::int64_t groups)
{
    std::vector<std::int64_t> values = schedule.values;
    if (schedule.ramp && !everyLayer)
        values = rankRule(values[0], values[1], groups);
    const auto count = static_cast<std::int64_t>(values.size());
    if (count > layers && !(schedule.ramp && everyLayer))
        return failure(wrongUsage("setting " + setting + ": " + counted(count, "value") + " for a model of " +
                                      counted(layers, "layer"),
                                  "give at most one value per layer: " + listed(valuesThatFit(values, layers))));
    std::vector<std::int64_t> perLayer;
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        if (!everyLayer) {
            perLayer.push_back(values[static_cast<std::size_t>(count * layer / layers)]);
            continue;
        }
        if (count == 1 || layers == 1) {
            perLayer.push_back(values[0]);
            continue;
        }
        const std::int64_t part = layer * (count - 1);
        const std::int64_t segment = std::min(part / (layers - 1), count - 2);
        perLayer.push_back(between(values[static_cast<std::size_t>(segment)],
                                   values[static_cast<std::size_t>(segment + 1)], part - segment * (layers - 1),
                                   layers - 1));
    }
    return perLayer;
}

} // namespace hilo
