// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/strategy.h"

#include "allocation/base_experts.h"
#include "allocation/budget.h"
#include "allocation/depth_schedule.h"
#include "allocation/parameters.h"
#include "base/text_format.h"
#include "formats/module_grid.h"

#include <algorithm>

namespace hilo {
namespace {

Result<ModuleGrid> chosenModules(const StrategySettings& settings, const ModelConfig& model)
{
    ModuleGrid modules = moduleGrid(model);
    const std::vector<std::string> names = splitList(settings.text("modules"));
    for (const std::string& name : names)
        if (!modules.columnOf(name))
            return failure(settings.errorAt("modules", "the model has no module \"" + name + "\"", modulesHint(model)));
    return names.empty() ? modules : modules.only(names);
}

/// A strategy that uses none may get one for base_experts_signal.
Status checkProfiles(const Strategy& strategy, const std::vector<ComplexityProfile>& profiles, const ModelConfig& model,
                     const StrategySettings& settings)
{
    if (strategy.profile == ProfileUse::None && !profiles.empty() && !baseExpertsUseProfile(settings))
        return failure(wrongUsage("strategy " + strategy.name + " uses no profile"));
    if (strategy.profile == ProfileUse::Required && profiles.empty())
        return failure(wrongUsage("strategy " + strategy.name + " needs a profile",
                                  "make one with hilo profile and give it with --profile"));
    for (const ComplexityProfile& profile : profiles)
        HILO_CHECK(validateComplexityProfile(profile, model));
    return {};
}

/// What else takes adapters in a model that is a mixture of experts itself.
std::string placesBesideAttention(const ModelConfig& model)
{
    if (model.mixture.sharedIntermediate > 0 && model.mixture.hasDenseLayers())
        return "and the expert that every token passes, or the MLP of layers without experts";
    if (model.mixture.sharedIntermediate > 0)
        return "and the expert that every token passes";
    if (model.mixture.besideMlp)
        return "and the MLP beside the experts";
    return model.mixture.hasDenseLayers() ? "and the MLP of layers without experts" : "alone";
}

} // namespace

std::vector<StrategySetting> allSettings(const Strategy& strategy)
{
    std::vector<StrategySetting> settings = strategy.settings;
    settings.push_back(textSetting("modules", "", "modules that get adapters, with commas between; empty: all"));
    settings.push_back(numberSetting("alpha", "16", 1e-6, 1e9, "LoRA alpha of every expert"));
    settings.push_back(integerSetting("base_experts", 0, 0, 65536,
                                      "of a model that is a mixture of experts itself: rank of a LoRA on each of its "
                                      "own experts, chosen by its own router; 0: they stay as they are"));
    settings.push_back(
        textSetting("base_experts_signal", "",
                    "with base_experts: signal of the profile that their ranks follow, with base_experts "
                    "as the mean; empty: the same rank in all"));
    settings.push_back(textSetting(
        "budget", "",
        "trainable parameters that the map may have at most: 1500000, 1.5M, 600MiB of memory in training, or "
        "same:MAP.json; ranks are scaled to it"));
    settings.push_back(
        choiceSetting("fill", {"even", "none"},
                      "with a budget: give what is left by single ranks spread over the depth, or leave it"));
    return settings;
}

Result<AllocationMap> allocate(const Strategy& strategy, const ModelConfig& model,
                               const std::map<std::string, std::string>& given, std::vector<ComplexityProfile> profiles)
{
    HILO_TRY(StrategySettings settings, StrategySettings::resolve(strategy.name, allSettings(strategy), given));
    // A schedule that nobody gave must not be longer than the model is deep.
    for (const StrategySetting& setting : strategy.settings)
        if (setting.type == SettingType::Text && !settings.isGiven(setting.name))
            settings.replaceText(setting.name, scheduleThatFits(setting.fallback, model.layers));
    HILO_TRY(ModuleGrid modules, chosenModules(settings, model));
    HILO_CHECK(checkProfiles(strategy, profiles, model, settings));
    std::optional<std::int64_t> budget;
    if (!settings.text("budget").empty()) {
        HILO_TRY(budget, parseBudget(settings.text("budget"), model));
        settings.replaceText("budget", std::to_string(*budget));
    }
    HILO_TRY(const BaseExperts baseExperts, BaseExperts::of(model, settings, profiles));
    HILO_TRY(const std::optional<std::int64_t> left, baseExperts.leftOf(budget, settings));
    const StrategyInputs inputs{model, std::move(modules), settings, std::move(profiles), left};
    HILO_TRY(AllocationMap map, strategy.plan(inputs));
    baseExperts.addTo(map);
    if (map.name.empty())
        map.name = strategy.name;
    for (const std::string& name : settings.unused())
        map.notes.push_back("The setting " + name +
                            " was given, but with the others as they are nothing depends on it.");
    if (model.mixture.isMixture() && splitList(settings.text("modules")).empty() && baseExperts.isEmpty())
        map.notes.push_back("The model is a mixture of experts itself: its router and experts stay as they are, and "
                            "adapters go on its attention " +
                            placesBesideAttention(model) + " (" + joined(inputs.modules.names()) +
                            "); the setting base_experts puts a LoRA on each of its own experts.");
    map.strategy = strategy.name;
    map.settings = settings.toJson();
    map.architecture = model.architecture;
    HILO_CHECK(validateAllocationMap(map, model, "map of strategy " + strategy.name));
    const std::int64_t trainable = countParameters(map, model).trainable();
    if (trainable == 0)
        return failure(wrongUsage("strategy " + strategy.name + " gives no module an adapter with these settings"));
    if (budget && trainable > *budget)
        return failure(internalError("strategy " + strategy.name + " used " + std::to_string(trainable) +
                                     " of a budget of " + std::to_string(*budget) + " parameters"));
    return map;
}

Result<const Strategy*> findStrategy(const std::string& name)
{
    std::vector<std::string> names;
    for (const Strategy* strategy : strategies()) {
        if (strategy->name == name)
            return strategy;
        names.push_back(strategy->name);
    }
    return failure(wrongUsage("there is no strategy \"" + name + "\"", "the strategies are " + joined(names)));
}

Json toJson(const Strategy& strategy)
{
    Json settings = Json::array();
    for (const StrategySetting& setting : allSettings(strategy)) {
        Json entry = {{"name", setting.name},
                      {"type", typeName(setting.type)},
                      {"default", setting.fallback},
                      {"range", rangeText(setting)},
                      {"meaning", setting.meaning}};
        if (setting.type == SettingType::Integer || setting.type == SettingType::Number) {
            entry["lowest"] = setting.lowest;
            entry["highest"] = setting.highest;
        }
        if (setting.type == SettingType::Choice)
            entry["choices"] = setting.choices;
        settings.push_back(std::move(entry));
    }
    const char* profile = strategy.profile == ProfileUse::None       ? "none"
                          : strategy.profile == ProfileUse::Optional ? "optional"
                                                                     : "required";
    return {{"name", strategy.name},
            {"title", strategy.title},
            {"description", strategy.description},
            {"profile", profile},
            {"settings", std::move(settings)}};
}

} // namespace hilo
