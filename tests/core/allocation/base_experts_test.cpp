// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map.h"
#include "allocation/map_csv.h"
#include "allocation/map_operations.h"
#include "allocation/parameters.h"
#include "allocation/strategy.h"
#include "formats/base_expert_modules.h"
#include "formats/model_source.h"

#include "allocation/profile_writer.h"
#include "profiles.h"
#include "support/testing.h"

#include <functional>
#include <limits>

namespace hilo::testing {
namespace {

ModelConfig mixture()
{
    return REQUIRE_OK(openModel(dataFile("families/qwen3_moe"))).config;
}

AllocationMap mapWith(const ModelConfig& model, const std::string& strategy,
                      const std::map<std::string, std::string>& settings)
{
    return REQUIRE_OK(allocate(*REQUIRE_OK(findStrategy(strategy)), model, settings));
}

/// The map's document with one change to the first cell of the base's experts.
template <class Change>
Error refusedWhen(const AllocationMap& map, const ModelConfig& model, Change change)
{
    Json document = toJson(map);
    for (Json& layer : document["layers"])
        if (layer["modules"].contains("experts.down_proj")) {
            change(layer["modules"]["experts.down_proj"]);
            break;
        }
    const auto parsed = parseAllocationMap(document, "a.map.json");
    if (!parsed)
        return parsed.error();
    const Status checked = validateAllocationMap(*parsed, model, "a.map.json");
    CHECK(!checked);
    return checked ? Error{} : checked.error();
}

} // namespace

HILO_TEST(columnsOfTheBasesExpertsStandBehindTheOthers)
{
    const ModelConfig model = mixture();
    const ModuleGrid plain = moduleGrid(model), all = mapGrid(model);
    for (std::size_t column = 0; column < plain.columns(); ++column)
        CHECK_EQ(all.name(column), plain.name(column));
    CHECK_EQ(all.columns(), plain.columns() + 2);
    for (std::size_t layer = 0; layer < all.layers(); ++layer) {
        const ModuleShape* in = all.find(layer, "experts.gate_up_proj");
        const bool has = model.mixture.hasExperts(static_cast<std::int64_t>(layer));
        CHECK_EQ(in != nullptr, has);
        if (!has)
            continue;
        CHECK_EQ(in->in, model.hidden);
        CHECK_EQ(in->out, 2 * model.mixture.intermediate);
        CHECK_EQ(in->baseExperts, model.mixture.experts);
        CHECK_EQ(modulePath(model, static_cast<std::int64_t>(layer), *in),
                 "model.layers." + std::to_string(layer) + ".mlp.experts.gate_up_proj");
    }
}

HILO_TEST(everyStrategyCanAddThemAndCountsThem)
{
    const ModelConfig model = mixture();
    const AllocationMap without = mapWith(model, "hilo", {{"ranks", "1,2,2"}});
    const AllocationMap with = mapWith(model, "hilo", {{"ranks", "1,2,2"}, {"base_experts", "2"}});
    std::int64_t expected = 0, active = 0;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& shape : baseExpertModules(model, layer)) {
            const ModuleAllocation* cell = with.find(static_cast<std::size_t>(layer), shape.name);
            CHECK(cell && cell->ofBase && !cell->hasRouter());
            CHECK_EQ(cell->experts(), model.mixture.experts);
            expected += 2 * shape.baseExperts * (shape.in + shape.out);
            active += 2 * model.mixture.active * (shape.in + shape.out);
        }
    CHECK(expected > 0);
    const ParameterCount before = countParameters(without, model), after = countParameters(with, model);
    CHECK_EQ(after.adapter - before.adapter, expected);
    CHECK_EQ(after.active - before.active, active);
    CHECK_EQ(after.router, before.router);
    // A budget counts them as well.
    const std::int64_t budget = expected + 1500;
    const AllocationMap fitted = mapWith(model, "lora", {{"base_experts", "2"}, {"budget", std::to_string(budget)}});
    const std::int64_t used = countParameters(fitted, model).trainable();
    CHECK(used <= budget && used > budget - 200);
    CHECK_EQ(fitted.find(1, "experts.down_proj")->ranks.front(), 2);
    const auto tooSmall =
        allocate(*REQUIRE_OK(findStrategy("lora")), model, {{"base_experts", "2"}, {"budget", "100"}});
    CHECK(!tooSmall);
    CHECK_CONTAINS(tooSmall.error().message, "the base's own experts alone take");
}

HILO_TEST(ranksOfTheirCellsCanFollowASignal)
{
    const ModelConfig model = mixture();
    ComplexityProfile profile = noiseProfile(model, 1);
    ComplexitySignal& signal = profile.signals.at("influence");
    signal.modules["experts.gate_up_proj"] = {signal.modules["experts.gate_up_proj"][0], 4, 0};
    signal.modules["experts.down_proj"] = {signal.modules["experts.down_proj"][0], 2, 2};
    const auto with = [&](SignalDirection direction, const std::string& strategy, const std::string& rank) {
        profile.signals.at("influence").direction = direction;
        std::map<std::string, std::string> settings{{"base_experts", rank}, {"base_experts_signal", "influence"}};
        settings.emplace(strategy == "hilo" ? "ranks" : "rank", strategy == "hilo" ? "1,2,2" : "2");
        return allocate(*REQUIRE_OK(findStrategy(strategy)), model, settings, {profile});
    };
    const auto rankOf = [](const AllocationMap& map, std::size_t layer, const char* module) {
        return map.find(layer, module)->ranks.front();
    };
    // One rank each, and shares of 1.5, 0.5, 1 and 1 of four more; strategies that use no profile take it as well.
    for (const char* strategy : {"lora", "hilo"}) {
        const AllocationMap larger = REQUIRE_OK(with(SignalDirection::Larger, strategy, "2"));
        CHECK_EQ(rankOf(larger, 1, "experts.gate_up_proj"), 3);
        CHECK_EQ(rankOf(larger, 2, "experts.gate_up_proj"), 1);
        CHECK_EQ(rankOf(larger, 1, "experts.down_proj") + rankOf(larger, 2, "experts.down_proj"), 4);
    }
    const AllocationMap smaller = REQUIRE_OK(with(SignalDirection::Smaller, "lora", "2"));
    // Shares of 0.5, 1.5, 1 and 1: the last of the four goes to the first of those that lack half.
    CHECK_EQ(rankOf(smaller, 1, "experts.gate_up_proj"), 2);
    CHECK_EQ(rankOf(smaller, 2, "experts.gate_up_proj"), 2);
    CHECK_CONTAINS(REQUIRE_ERROR(with(SignalDirection::Unstated, "lora", "2")).message, "wants more capacity");
    // Without experts to put ranks on a profile is as unused as before.
    CHECK_CONTAINS(REQUIRE_ERROR(with(SignalDirection::Larger, "lora", "0")).message, "uses no profile");
    profile.signals.at("influence").modules["experts.gate_up_proj"][2] = 4;
    profile.signals.at("influence").modules["experts.down_proj"] =
        profile.signals.at("influence").modules["experts.gate_up_proj"];
    CHECK_CONTAINS(REQUIRE_ERROR(with(SignalDirection::Larger, "lora", "2")).message, "is the same in all");
    profile.signals.at("influence").modules.erase("experts.down_proj");
    CHECK_CONTAINS(REQUIRE_ERROR(with(SignalDirection::Larger, "lora", "2")).message, "no values for the base's own");
    CHECK_CONTAINS(REQUIRE_ERROR(allocate(*REQUIRE_OK(findStrategy("lora")), model,
                                          {{"rank", "2"}, {"base_experts", "2"}, {"base_experts_signal", "influence"}}))
                       .message,
                   "needs a profile");
}

HILO_TEST(profilesListTheValuesOfEveryExpert)
{
    const ModelConfig model = mixture();
    ComplexityProfile profile = noiseProfile(model, 2);
    const double none = std::numeric_limits<double>::quiet_NaN();
    profile.signals.at("influence").experts["experts.down_proj"] = {{}, {1, 2, none, 4, 5}, {1, 2, 3, 4, 5}};
    const Json written = toJson(profile);
    const ComplexityProfile read = REQUIRE_OK(parseComplexityProfile(written, "p.json"));
    CHECK(toJson(read) == written);
    CHECK(std::isnan(read.signals.at("influence").experts.at("experts.down_proj")[1][2]));
    REQUIRE_OK(validateComplexityProfile(read, model));
    // Those of before had no values of the base's experts at all.
    ComplexityProfile old = profile;
    for (auto& [name, signal] : old.signals) {
        std::erase_if(signal.modules, [](const auto& one) { return one.first.starts_with("experts."); });
        std::erase_if(signal.spectra, [](const auto& one) { return one.first.starts_with("experts."); });
        signal.experts.clear();
    }
    REQUIRE_OK(validateComplexityProfile(old, model));
    const auto refused = [&](const std::function<void(std::vector<std::vector<double>>&)>& edit) {
        ComplexityProfile other = profile;
        edit(other.signals.at("influence").experts.at("experts.down_proj"));
        return REQUIRE_ERROR(validateComplexityProfile(other, model));
    };
    CHECK_CONTAINS(refused([](auto& layers) { layers[1].pop_back(); }).message, "each of the base's 5 experts");
    CHECK_CONTAINS(refused([](auto& layers) { layers[1].clear(); }).place, "experts.experts.down_proj[1]");
    CHECK_CONTAINS(refused([](auto& layers) { layers[0] = {1, 2, 3, 4, 5}; }).message, "no such module");
    Json broken = written;
    broken["signals"]["influence"]["experts"]["experts.down_proj"][1] = "many";
    CHECK_CONTAINS(REQUIRE_ERROR(parseComplexityProfile(broken, "p.json")).place, "experts.down_proj[1]");
    broken["signals"]["influence"]["experts"]["experts.down_proj"] = {1};
    CHECK_CONTAINS(REQUIRE_ERROR(parseComplexityProfile(broken, "p.json")).message, "one list per layer");
}

HILO_TEST(operationsOnMapsLeaveThemOneRank)
{
    const ModelConfig model = mixture();
    const AllocationMap map = mapWith(model, "uniform", {{"experts", "2"}, {"rank", "2"}, {"base_experts", "2"}});
    CHECK(REQUIRE_OK(parseAllocationMap(toJson(map), "a.map.json")) == map);
    CHECK(REQUIRE_OK(mapFromCsv(csvOfMap(map), "a.csv", model)).layers == map.layers);
    const std::int64_t total = totalRank(map);
    const AllocationMap wider = REQUIRE_OK(scaleToTotalRank(map, model, total + 5));
    REQUIRE_OK(validateAllocationMap(wider, model, "wider"));
    CHECK_EQ(totalRank(wider), total + 5);
    const AllocationMap fitted = REQUIRE_OK(scaleToBudget(map, model, countParameters(map, model).trainable() + 500));
    REQUIRE_OK(validateAllocationMap(fitted, model, "fitted"));
    CHECK_EQ(fitted.find(1, "experts.down_proj")->ranks, map.find(1, "experts.down_proj")->ranks);
}

HILO_TEST(whatDoesNotFitTheBaseIsRefused)
{
    const ModelConfig model = mixture();
    const AllocationMap map = mapWith(model, "lora", {{"rank", "2"}, {"base_experts", "2"}});
    REQUIRE_OK(validateAllocationMap(map, model, "map"));
    CHECK_CONTAINS(refusedWhen(map, model, [](Json& cell) { cell["ranks"].erase(0); }).message, "base's 5 experts");
    CHECK_CONTAINS(refusedWhen(map, model, [](Json& cell) { cell["ranks"][1] = 1; }).message, "one rank for all");
    CHECK_CONTAINS(refusedWhen(map, model, [](Json& cell) { cell["top_k"] = 1; }).message,
                   "number of experts that the base uses");
    CHECK_CONTAINS(refusedWhen(map, model, [](Json& cell) { cell.erase("router"); }).message, "own experts");
    CHECK_CONTAINS(refusedWhen(map, model, [](Json& cell) { cell["router"] = "mine"; }).message, "\"base\"");
    CHECK_CONTAINS(refusedWhen(map, model, [](Json& cell) { cell["null_experts"] = 1; }).message, "\"base\"");
    Json document = toJson(map);
    document["layers"][0]["modules"]["q_proj"]["router"] = "base";
    const auto other = validateAllocationMap(REQUIRE_OK(parseAllocationMap(document, "a")), model, "a.map.json");
    CHECK(!other);
    CHECK_CONTAINS(other.error().message, "has no experts in this module");
    const ModelConfig dense = REQUIRE_OK(openModel(dataFile("models/llama"))).config;
    const auto without = allocate(*REQUIRE_OK(findStrategy("lora")), dense, {{"base_experts", "2"}});
    CHECK(!without);
    CHECK_CONTAINS(without.error().message, "no experts of its own");
}

} // namespace hilo::testing
