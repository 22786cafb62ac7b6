// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_settings.h"

#include "base/sha256.h"
#include "run/run_spec.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace hilo {
namespace {

void flatten(const Json& value, const std::string& key, std::vector<Setting>& settings)
{
    switch (value.type()) {
    case Json::value_t::object:
        for (const auto& [name, child] : value.items())
            if (!(key == "map" && (name == "layers" || name == "notes")))
                flatten(child, key.empty() ? name : key + "." + name, settings);
        break;
    case Json::value_t::array:
        if (key == "data") {
            for (std::size_t i = 0; i < value.size(); ++i) {
                const bool isNamed = value[i].is_object() && value[i].contains("task") && value[i]["task"].is_string();
                flatten(value[i], "data." + (isNamed ? value[i]["task"].get<std::string>() : std::to_string(i)),
                        settings);
            }
            break;
        }
        settings.push_back({key, {}, value.dump(-1, ' ', false, Json::error_handler_t::replace)});
        break;
    case Json::value_t::string:
        settings.push_back({key, {}, value.get<std::string>()});
        break;
    case Json::value_t::boolean:
        settings.push_back({key, value.get<bool>() ? 1.0 : 0.0, value.get<bool>() ? "true" : "false"});
        break;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
        settings.push_back({key, value.get<double>(), {}});
        break;
    default:
        break;
    }
}

struct MapSummary
{
    double experts = 0, totalRank = 0, largestRank = 0, adaptedModules = 0;
};

/// Tolerant: the index must show a run whose map it cannot make sense of.
MapSummary summarise(const Json& layers)
{
    MapSummary summary;
    for (const Json& layer : layers) {
        if (!layer.is_object() || !layer.contains("modules") || !layer["modules"].is_object())
            continue;
        for (const auto& [name, module] : layer["modules"].items()) {
            if (!module.is_object() || !module.contains("ranks") || !module["ranks"].is_array())
                continue;
            summary.adaptedModules += module["ranks"].empty() ? 0 : 1;
            for (const Json& rank : module["ranks"]) {
                const double value = rank.is_number() ? rank.get<double>() : 0;
                summary.experts += 1;
                summary.totalRank += value;
                summary.largestRank = std::max(summary.largestRank, value);
            }
        }
    }
    return summary;
}

} // namespace

std::vector<Setting> flattenSettings(const Json& runDocument)
{
    std::vector<Setting> settings;
    flatten(runDocument, "", settings);
    if (const auto map = runDocument.find("map"); map != runDocument.end())
        for (Setting& setting : mapSettings(*map))
            settings.push_back(std::move(setting));
    // A key may come twice from a file that was not written by us; the first one counts.
    std::stable_sort(settings.begin(), settings.end(),
                     [](const Setting& a, const Setting& b) { return a.key < b.key; });
    settings.erase(std::unique(settings.begin(), settings.end(),
                               [](const Setting& a, const Setting& b) { return a.key == b.key; }),
                   settings.end());
    return settings;
}

std::vector<Setting> mapSettings(const Json& map)
{
    if (!map.is_object() || !map.contains("layers") || !map["layers"].is_array())
        return {};
    const Json& layers = map["layers"];
    const MapSummary summary = summarise(layers);
    return {{"map.experts", summary.experts, {}},
            {"map.total_rank", summary.totalRank, {}},
            {"map.largest_rank", summary.largestRank, {}},
            {"map.adapted_modules", summary.adaptedModules, {}},
            {"map.sha256", {}, sha256(layers.dump(-1, ' ', false, Json::error_handler_t::replace))}};
}

std::string repeatGroupOf(const Json& runDocument)
{
    Json common = runDocument;
    common.erase("name");
    // A spec of an older version lacks the settings that came since; they had the effect of their defaults.
    const Json defaults = toJson(RunSpec());
    for (const char* part : {"training", "evaluation"})
        if (const auto given = common.find(part); given != common.end() && given->is_object()) {
            Json whole = defaults[part];
            whole.update(*given);
            *given = std::move(whole);
        }
    if (const auto training = common.find("training"); training != common.end() && training->is_object())
        training->erase("seed");
    return sha256(common.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string shownNumber(double number)
{
    if (!std::isfinite(number))
        return std::isnan(number) ? "nan" : number > 0 ? "inf" : "-inf";
    std::array<char, 64> text;
    const bool plain = std::abs(number) < 1e15 && (std::abs(number) >= 1e-4 || number == 0);
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number,
                                   plain ? std::chars_format::fixed : std::chars_format::general);
    return {text.data(), end.ptr};
}

std::string shownValue(const Setting& setting)
{
    return setting.text ? *setting.text : setting.number ? shownNumber(*setting.number) : std::string();
}

} // namespace hilo
