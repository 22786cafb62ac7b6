// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/asked_strategy.h"

namespace hilo {
namespace {

/// A strategy that uses no signal in these settings gets no profile, for it would refuse one.
bool usesProfile(const Strategy& strategy, const AskedStrategy& asked)
{
    if (strategy.profile == ProfileUse::Required)
        return true;
    if (strategy.profile == ProfileUse::None)
        return false;
    bool any = strategy.name == "alphalora" || strategy.name == "layerif";
    for (const auto& [key, value] : asked.settings) {
        if (key == "values")
            return false;
        any = any || key == "spectrum" || key == "weight" || (key.ends_with("_signal") && value != "depth");
    }
    return any;
}

} // namespace

std::string AskedStrategy::text() const
{
    std::string text = strategy;
    char separator = ':';
    for (const auto& [key, value] : settings) {
        text += separator + key + "=" + value;
        separator = ';';
    }
    return text;
}

Result<AskedStrategy> AskedStrategy::parse(const std::string& text)
{
    AskedStrategy asked;
    const auto colon = text.find(':');
    asked.strategy = text.substr(0, colon);
    if (const auto equals = asked.strategy.find('='); equals != std::string::npos) {
        asked.label = asked.strategy.substr(0, equals);
        asked.strategy = asked.strategy.substr(equals + 1);
    }
    std::string rest = colon == std::string::npos ? "" : text.substr(colon + 1);
    while (!rest.empty()) {
        const auto semicolon = rest.find(';');
        const std::string pair = rest.substr(0, semicolon);
        rest = semicolon == std::string::npos ? "" : rest.substr(semicolon + 1);
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0 ||
            !asked.settings.emplace(pair.substr(0, equals), pair.substr(equals + 1)).second)
            return failure(
                wrongUsage("--strategy expects NAME:key=value;key=value with each key once, found \"" + text + "\"",
                           "hilo allocate --list names the strategies and their settings"));
    }
    return asked;
}

Result<AllocationMap> mapOf(AskedStrategy asked, const ModelConfig& model,
                            const std::vector<ComplexityProfile>& profiles, std::optional<std::int64_t> budget)
{
    HILO_TRY(const Strategy* strategy, findStrategy(asked.strategy));
    if (budget)
        asked.settings.emplace("budget", std::to_string(*budget));
    HILO_TRY(AllocationMap map, allocate(*strategy, model, asked.settings,
                                         usesProfile(*strategy, asked) ? profiles : std::vector<ComplexityProfile>{}));
    if (map.name.find(" to ") != std::string::npos)
        map.name = map.name.substr(0, map.name.find(" to "));
    if (const std::string size = " " + (budget ? std::to_string(*budget) : std::string());
        budget && map.name.ends_with(size))
        map.name.resize(map.name.size() - size.size());
    return map;
}

} // namespace hilo
