// SPDX-License-Identifier: GPL-3.0-or-later
// Any strategy with any settings in its ranges, drawn at random, on models of several shapes: the map validates, keeps
// to its budget, is the same for the same inputs; or the strategy says by name why it can't.
#include "profiles.h"

#include "allocation/parameters.h"
#include "formats/layer_modules.h"

#include <algorithm>
#include <set>

using namespace hilo;
using namespace hilo::testing;

namespace {

class Draw
{
  public:
    explicit Draw(unsigned seed) : generator_(seed) {}
    std::int64_t number(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(generator_() % static_cast<std::uint64_t>(high - low + 1));
    }
    template <class T>
    const T& oneOf(const std::vector<T>& all)
    {
        return all[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(all.size()) - 1))];
    }
    bool now(int outOf) { return number(1, outOf) == 1; }

  private:
    std::mt19937_64 generator_;
};

std::vector<ModelConfig> models()
{
    return {llamaModel(30, 96, 256, 3, 1), llamaModel(4, 64, 172, 2, 2), llamaModel(1, 32, 32, 1, 1)};
}

const std::vector<std::string>& signalNames()
{
    static const std::vector<std::string> names = {"pl_alpha_hill", "whitened_gradient", "weight_gradient", "depth"};
    return names;
}

/// A search's result for the model, as the strategy guilomo reads it.
std::string searchFile(const ModelConfig& model)
{
    static const TemporaryFolder folder;
    Json layers = Json::array();
    for (std::int64_t layer = 0; layer < model.layers; ++layer) {
        Json modules = Json::object();
        for (const ModuleShape& shape : layerModules(model, layer))
            modules[shape.name] = {1 + layer % 3, 4, 2};
        layers.push_back(std::move(modules));
    }
    const auto file = folder / (std::to_string(model.layers) + ".search.json");
    REQUIRE_OK(writeJsonFile(file, {{"format", "hilo.search/1"},
                                    {"model", {{"architecture", model.architecture}, {"layers", model.layers}}},
                                    {"layers", std::move(layers)}}));
    return file.string();
}

/// A value in the setting's range; whole numbers mostly small, for that is where maps are.
std::string valueOf(const StrategySetting& setting, Draw& draw)
{
    switch (setting.type) {
    case SettingType::Integer: {
        const auto low = static_cast<std::int64_t>(setting.lowest);
        const auto high = static_cast<std::int64_t>(setting.highest);
        return std::to_string(draw.number(low, std::min(high, low + (draw.now(8) ? 300 : 9))));
    }
    case SettingType::Number: {
        const double high = std::min(setting.highest, setting.lowest + 4);
        return std::to_string(setting.lowest + (high - setting.lowest) * static_cast<double>(draw.number(1, 99)) / 100);
    }
    case SettingType::Choice:
        return draw.oneOf(setting.choices);
    case SettingType::Text:
        break;
    }
    const std::string& name = setting.name;
    if (name == "modules")
        return draw.oneOf<std::string>({"", "q_proj,v_proj", "down_proj", "gate_proj,up_proj,down_proj"});
    if (name == "values" || name == "budget")
        return {};
    if (name.ends_with("signal") || name == "spectrum" || name == "weight")
        return setting.fallback.empty() && draw.now(2) ? "" : draw.oneOf(signalNames());
    return draw.oneOf<std::string>({"2468", "8642", "3", "1..6", "4,2", "7,"});
}

struct Attempt
{
    std::string strategy;
    Given given;
    std::vector<ComplexityProfile> profiles;
    std::string text() const
    {
        std::string all = strategy;
        for (const auto& [name, value] : given)
            all += " " + name + "=" + value;
        return all + (profiles.empty() ? "" : " with a profile");
    }
};

Attempt drawn(const Strategy& strategy, const ModelConfig& model, Draw& draw)
{
    Attempt attempt{strategy.name, {}, {}};
    for (const StrategySetting& setting : allSettings(strategy))
        if (draw.now(2))
            attempt.given[setting.name] = valueOf(setting, draw);
    if (strategy.profile == ProfileUse::Required || (strategy.profile == ProfileUse::Optional && draw.now(2)))
        attempt.profiles.push_back(noiseProfile(model, static_cast<unsigned>(draw.number(0, 1000))));
    attempt.given.erase("budget");
    if (strategy.name == "guilomo")
        attempt.given["search"] = searchFile(model);
    return attempt;
}

/// Rank that the strategy itself bounds a module's experts by.
std::int64_t rankBound(const AllocationMap& map)
{
    for (const char* key : {"rank_max", "ranks_max"})
        if (map.settings.contains(key) && (map.strategy != "hilo" || map.settings.contains("ranks_signal")))
            return map.settings[key].get<std::int64_t>();
    return 1 << 16;
}

void checkBudget(const AllocationMap& map, const ModelConfig& model, std::int64_t budget, const Attempt& attempt)
{
    const std::int64_t used = countParameters(map, model).trainable();
    if (used > budget)
        fail(attempt.text() + ": " + std::to_string(used) + " of " + std::to_string(budget), __FILE__, __LINE__);
    if (map.settings["fill"] != "even")
        return;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const ModuleShape& shape : layerModules(model, static_cast<std::int64_t>(layer))) {
            const ModuleAllocation* module = map.find(layer, shape.name);
            if (!module)
                continue;
            const std::int64_t highest = std::min({shape.in, shape.out, rankBound(map)});
            for (const int rank : module->ranks)
                if (rank < highest && budget - used >= shape.in + shape.out)
                    fail(attempt.text() + ": " + std::to_string(budget - used) + " left, and a rank of " + shape.name +
                             " in layer " + std::to_string(layer) + " fits",
                         __FILE__, __LINE__);
        }
}

/// What must hold of an answer; true when it was a map.
bool check(const ModelConfig& model, const Attempt& attempt)
{
    const auto map = tryAllocate(model, attempt.strategy, attempt.given, attempt.profiles);
    const auto again = tryAllocate(model, attempt.strategy, attempt.given, attempt.profiles);
    if (map.has_value() != again.has_value() || (map && !(*map == *again)))
        fail(attempt.text() + ": another answer for the same inputs", __FILE__, __LINE__);
    if (!map) {
        const ErrorCode code = map.error().code;
        if ((code != ErrorCode::WrongUsage && code != ErrorCode::BadInput) || map.error().message.empty())
            fail(attempt.text() + ": " + describe(map.error()), __FILE__, __LINE__);
        return false;
    }
    if (const Status valid = validateAllocationMap(*map, model, "map"); !valid)
        fail(attempt.text() + ": " + describe(valid.error()), __FILE__, __LINE__);
    const AllocationMap read = REQUIRE_OK(parseAllocationMap(toJson(*map), "map"));
    if (!(read.layers == map->layers))
        fail(attempt.text() + ": the map is not the same when it is read again", __FILE__, __LINE__);
    if (attempt.given.contains("budget"))
        checkBudget(*map, model, std::stoll(attempt.given.at("budget")), attempt);
    return true;
}

} // namespace

HILO_TEST(anyStrategyWithAnySettings)
{
    Draw draw(7);
    std::map<std::string, int> maps;
    for (const ModelConfig& model : models())
        for (const Strategy* strategy : strategies())
            for (int round = 0; round < 30; ++round) {
                Attempt attempt = drawn(*strategy, model, draw);
                if (strategy->name == "balanced") {
                    attempt.given["budget"] = std::to_string(draw.number(1000, 60000) * model.layers / 4);
                    attempt.given["cells"] = std::to_string(draw.number(64, 400));
                }
                maps[strategy->name] += check(model, attempt);
                // The same again under a budget that its own map, a smaller or a larger one would need.
                const auto free = tryAllocate(model, attempt.strategy, attempt.given, attempt.profiles);
                if (!free)
                    continue;
                const std::int64_t size = countParameters(*free, model).trainable();
                attempt.given["budget"] = std::to_string(std::max<std::int64_t>(1, size * draw.number(5, 30) / 10));
                check(model, attempt);
            }
    for (const Strategy* strategy : strategies())
        if (maps[strategy->name] < 5)
            fail(strategy->name + " gave " + std::to_string(maps[strategy->name]) + " maps", __FILE__, __LINE__);
}

HILO_TEST(defaultsMeetABudgetOnEveryModel)
{
    for (const ModelConfig& model : models())
        for (const Strategy* strategy : strategies()) {
            const bool byShares = strategy->name == "alphalora" || strategy->name == "layerif";
            if (byShares && model.layers == 1)
                continue;
            Attempt attempt{strategy->name, {}, {}};
            // Depth schedules of four groups need four layers.
            if (model.layers < 4 && (strategy->name == "mola" || strategy->name == "hilo"))
                attempt.given["experts"] = "4,";
            if (model.layers < 4 && strategy->name == "hilo")
                attempt.given["ranks"] = "4,";
            if (strategy->profile == ProfileUse::Required || byShares)
                attempt.profiles.push_back(noiseProfile(model, 3));
            if (byShares)
                attempt.given["total"] = std::to_string(3 * model.layers);
            if (strategy->name == "guilomo")
                attempt.given["search"] = searchFile(model);
            if (strategy->name == "balanced")
                attempt.given["cells"] = "1024";
            // As much as plain LoRA of rank 12 takes.
            std::int64_t budget = 0;
            for (std::int64_t layer = 0; layer < model.layers; ++layer)
                for (const ModuleShape& shape : layerModules(model, layer))
                    budget += 12 * (shape.in + shape.out);
            attempt.given["budget"] = std::to_string(budget);
            if (!check(model, attempt)) {
                const auto map = tryAllocate(model, attempt.strategy, attempt.given, attempt.profiles);
                fail(attempt.text() + ": " + describe(map.error()), __FILE__, __LINE__);
            }
        }
}

HILO_TEST(everyBudgetIsHeldOrRefused)
{
    const ModelConfig model = llamaModel(6, 48, 128, 2, 2);
    for (std::int64_t budget = 100; budget < 400000; budget = budget * 17 / 16 + 1)
        for (const char* name : {"lora", "uniform", "mola", "hilo", "balanced", "adamoe"}) {
            Attempt attempt{name, {{"budget", std::to_string(budget)}}, {}};
            if (std::string(name) == "balanced")
                attempt.given["cells"] = "512";
            const auto map = tryAllocate(model, name, attempt.given);
            if (map) {
                checkBudget(*map, model, budget, attempt);
                continue;
            }
            CHECK(map.error().code == ErrorCode::WrongUsage);
            CHECK_CONTAINS(map.error().message, "budget");
        }
}
