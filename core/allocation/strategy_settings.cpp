// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/strategy_settings.h"

#include "base/text_format.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hilo {
namespace {

bool fits(const StrategySetting& setting, const std::string& value)
{
    switch (setting.type) {
    case SettingType::Integer: {
        const auto number = parseInteger(value);
        return number && static_cast<double>(*number) >= setting.lowest &&
               static_cast<double>(*number) <= setting.highest;
    }
    case SettingType::Number: {
        const auto number = parseNumber(value);
        return number && *number >= setting.lowest && *number <= setting.highest;
    }
    case SettingType::Choice:
        return std::find(setting.choices.begin(), setting.choices.end(), value) != setting.choices.end();
    case SettingType::Text:
        return value.size() <= 65536;
    }
    return false;
}

} // namespace

StrategySetting integerSetting(std::string name, std::int64_t fallback, double lowest, double highest,
                               std::string meaning)
{
    return {std::move(name), SettingType::Integer, std::to_string(fallback), std::move(meaning), lowest, highest, {}};
}

StrategySetting numberSetting(std::string name, std::string fallback, double lowest, double highest,
                              std::string meaning)
{
    return {std::move(name), SettingType::Number, std::move(fallback), std::move(meaning), lowest, highest, {}};
}

StrategySetting textSetting(std::string name, std::string fallback, std::string meaning)
{
    return {std::move(name), SettingType::Text, std::move(fallback), std::move(meaning), 0, 0, {}};
}

StrategySetting choiceSetting(std::string name, std::vector<std::string> choices, std::string meaning)
{
    std::string fallback = choices.front();
    return {std::move(name), SettingType::Choice, std::move(fallback), std::move(meaning), 0, 0, std::move(choices)};
}

std::string typeName(SettingType type)
{
    switch (type) {
    case SettingType::Integer:
        return "integer";
    case SettingType::Number:
        return "number";
    case SettingType::Choice:
        return "choice";
    case SettingType::Text:
        break;
    }
    return "text";
}

std::string rangeText(const StrategySetting& setting)
{
    switch (setting.type) {
    case SettingType::Integer:
    case SettingType::Number:
        return typeName(setting.type) + " from " + shortestNumber(setting.lowest) + " to " +
               shortestNumber(setting.highest);
    case SettingType::Choice:
        return "one of " + joined(setting.choices);
    case SettingType::Text:
        break;
    }
    return "text";
}

Result<StrategySettings> StrategySettings::resolve(const std::string& strategy,
                                                   const std::vector<StrategySetting>& declared,
                                                   const std::map<std::string, std::string>& given)
{
    StrategySettings settings;
    settings.strategy_ = strategy;
    settings.given_ = given;
    for (const StrategySetting& setting : declared) {
        settings.declared_[setting.name] = setting;
        settings.values_[setting.name] = setting.fallback;
        settings.order_.push_back(setting.name);
    }
    for (const auto& [name, value] : given) {
        const auto found = settings.declared_.find(name);
        if (found == settings.declared_.end())
            return failure(wrongUsage("strategy " + strategy + " has no setting \"" + name + "\"",
                                      "its settings are " + joined(settings.order_)));
        if (!fits(found->second, value))
            return failure(
                settings.errorAt(name, "expected " + rangeText(found->second) + ", found \"" + value + "\""));
        settings.values_[name] = value;
    }
    return settings;
}

std::int64_t StrategySettings::integer(const std::string& name) const
{
    asked_.insert(name);
    return parseInteger(values_.at(name)).value();
}

double StrategySettings::number(const std::string& name) const
{
    asked_.insert(name);
    return parseNumber(values_.at(name)).value();
}

const std::string& StrategySettings::text(const std::string& name) const
{
    asked_.insert(name);
    return values_.at(name);
}

std::vector<std::string> StrategySettings::unused() const
{
    std::vector<std::string> names;
    for (const std::string& name : order_)
        if (given_.contains(name) && !asked_.contains(name))
            names.push_back(name);
    return names;
}

Json StrategySettings::toJson() const
{
    Json json = Json::object();
    for (const std::string& name : order_) {
        const std::string& value = values_.at(name);
        switch (declared_.at(name).type) {
        case SettingType::Integer:
            json[name] = parseInteger(value).value();
            break;
        case SettingType::Number:
            json[name] = parseNumber(value).value();
            break;
        case SettingType::Text:
        case SettingType::Choice:
            if (!value.empty())
                json[name] = value;
        }
    }
    return json;
}

Error StrategySettings::errorAt(const std::string& name, const std::string& message, std::string hint) const
{
    return wrongUsage("strategy " + strategy_ + ", setting " + name + ": " + message, std::move(hint));
}

void StrategySettings::replaceText(const std::string& name, std::string value)
{
    values_.at(name) = std::move(value);
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<double> parseNumber(std::string_view text)
{
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::vector<std::string> splitList(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
        while (!part.empty() && part.front() == ' ')
            part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ')
            part.remove_suffix(1);
        if (!part.empty())
            parts.emplace_back(part);
    }
    return parts;
}

Result<std::vector<double>> parseNumberList(const std::string& name, std::string_view text)
{
    std::vector<double> numbers;
    for (const std::string& part : splitList(text)) {
        const auto number = parseNumber(part);
        if (!number)
            return failure(wrongUsage("setting " + name + ": expected numbers with commas between, found \"" + part +
                                      "\" as number " + std::to_string(numbers.size() + 1)));
        numbers.push_back(*number);
    }
    return numbers;
}

} // namespace hilo
