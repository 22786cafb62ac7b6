// SPDX-License-Identifier: GPL-3.0-or-later
// What the strategies' sources publish, and how they refuse what they can't do.
#include "profiles.h"

#include "allocation/parameters.h"

#include <algorithm>
#include <numeric>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Published PL_Alpha_Hill of Mistral-7B and LLaMA-2-7B (2402.08562).
const std::string mistralAlpha =
    "2.14,3.14,3.73,3.49,3.70,3.83,3.53,3.58,3.08,3.31,2.96,2.75,2.85,2.96,3.17,3.62,4.83,3.52,4.45,4.34,4.28,4.26,"
    "4.32,4.23,4.78,4.45,4.12,4.72,3.99,4.26,3.38,2.99";
const std::string llamaAlpha =
    "2.14,2.74,3.03,3.12,3.20,3.15,3.01,3.04,2.79,2.85,2.75,2.72,2.96,2.97,3.03,3.15,3.45,3.72,4.02,3.77,4.37,4.55,"
    "4.32,4.18,4.25,4.20,3.74,4.25,4.22,4.13,4.42,3.44";

int distance(const std::vector<int>& a, const std::vector<int>& b)
{
    int sum = 0;
    for (std::size_t index = 0; index < a.size(); ++index)
        sum += std::abs(a[index] - b[index]);
    return sum;
}

AllocationMap allocated(const ModelConfig& model, const std::string& strategy, const Given& given,
                        std::vector<ComplexityProfile> profiles = {})
{
    return REQUIRE_OK(tryAllocate(model, strategy, given, std::move(profiles)));
}

std::vector<int> ranksOf(const AllocationMap& map, const std::string& module)
{
    std::vector<int> ranks;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer) {
        const ModuleAllocation* found = map.find(layer, module);
        ranks.push_back(found ? found->ranks.front() : 0);
    }
    return ranks;
}

/// A profile with one signal that has values per layer.
ComplexityProfile layerProfile(const ModelConfig& model, const std::string& name, std::vector<double> layers,
                               SignalDirection direction = SignalDirection::Larger)
{
    ComplexityProfile profile;
    profile.file = "made.profile.json";
    profile.architecture = model.architecture;
    profile.layers = model.layers;
    profile.signals[name].name = name;
    profile.signals[name].direction = direction;
    profile.signals[name].layers = std::move(layers);
    return profile;
}

} // namespace

HILO_TEST(alphaLoraIsNearTheRerunByLayerIf)
{
    // HadiAskari/Expert_Allocation: README.md, beta 2.5, 160 experts.
    const std::vector<int> rerun = {1, 3, 5, 4, 5, 5, 4, 4, 3, 4, 3, 2, 2, 3, 3, 4,
                                    9, 4, 7, 7, 7, 7, 7, 7, 9, 7, 6, 8, 6, 7, 4, 3};
    const AllocationMap map = allocated(llama2With7B(), "alphalora", {{"values", mistralAlpha}});
    CHECK(distance(expertsOf(map), rerun) <= 2);
    CHECK_EQ(std::accumulate(rerun.begin(), rerun.end(), 0), 160);
}

HILO_TEST(alphaLoraOnLlama2)
{
    const std::vector<int> expected = {1, 3, 3, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4,
                                       5, 6, 7, 6, 8, 6, 8, 7, 8, 7, 6, 8, 8, 7, 8, 5};
    const std::vector<int> found = expertsOf(allocated(llama2With7B(), "alphalora", {{"values", llamaAlpha}}));
    CHECK_EQ(std::accumulate(found.begin(), found.end(), 0), 160);
    // The published alphas have two decimals, which move experts between neighbours.
    CHECK(distance(found, expected) <= 4);
}

HILO_TEST(alphaLoraByExactSharesKeepsItsBounds)
{
    const std::vector<int> found = expertsOf(allocated(
        llama2With7B(), "alphalora",
        {{"values", mistralAlpha}, {"rounding", "exact"}, {"minimum", "2"}, {"maximum", "7"}, {"total", "150"}}));
    CHECK_EQ(std::accumulate(found.begin(), found.end(), 0), 150);
    CHECK(*std::min_element(found.begin(), found.end()) >= 2);
    CHECK_EQ(*std::max_element(found.begin(), found.end()), 7);
}

HILO_TEST(alphaLoraTakesTheSameFromAProfile)
{
    const ModelConfig model = llamaModel(4, 64, 128, 2, 2);
    const std::vector<double> alpha = {2, 3, 4, 5};
    const AllocationMap given = allocated(model, "alphalora", {{"values", "2,3,4,5"}, {"total", "16"}});
    const AllocationMap profiled =
        allocated(model, "alphalora", {{"total", "16"}}, {layerProfile(model, "pl_alpha_hill", alpha)});
    CHECK(given.layers == profiled.layers);
}

HILO_TEST(topTwoFallsToOneWhereALayerHasOneExpert)
{
    const AllocationMap map = allocated(llama2With7B(), "alphalora", {{"values", mistralAlpha}});
    CHECK_EQ(map.find(0, "q_proj")->topK, 1);
    CHECK_EQ(map.find(1, "q_proj")->topK, 2);
}

HILO_TEST(layerIfGivesTheFloorFirstAndTheRestByFractions)
{
    const ModelConfig model = llamaModel(4, 64, 128, 2, 2);
    // max - v = 0, 1, 2, 5 of 8; 12 - 4 = 8 experts to share: 0, 1, 2, 5.
    const AllocationMap map = allocated(model, "layerif", {{"values", "-1,-2,-3,-6"}, {"total", "12"}});
    CHECK_EQ(expertsOf(map), (std::vector<int>{1, 2, 3, 6}));
    const AllocationMap paper =
        allocated(model, "layerif", {{"values", "-1,-2,-3,-6"}, {"total", "16"}, {"orientation", "paper"}});
    CHECK_EQ(expertsOf(paper), (std::vector<int>{2, 3, 4, 7}));
}

HILO_TEST(evaPoolsTwoToySpectra)
{
    // Mean rank 2 over two modules: of .5 .3 .15 .05 and .9 .06 .03 .01 the four largest are .9 .5 .3 .15.
    const ModelConfig model = llamaModel(1, 64, 128, 2, 2);
    ComplexityProfile profile = layerProfile(model, "explained_variance", {1});
    profile.signals["explained_variance"].spectra = {{"q_proj", {{0.5, 0.3, 0.15, 0.05}}},
                                                     {"v_proj", {{0.9, 0.06, 0.03, 0.01}}}};
    const Given given = {{"rank", "2"}, {"rho", "2"}, {"modules", "q_proj,v_proj"}};
    const AllocationMap map = allocated(model, "eva", given, {profile});
    CHECK_EQ(map.find(0, "q_proj")->ranks, (std::vector<int>{3}));
    CHECK_EQ(map.find(0, "v_proj")->ranks, (std::vector<int>{1}));
    CHECK(!map.find(0, "k_proj"));
    // With rho 1 no module may have more than 2.
    const AllocationMap bounded =
        allocated(model, "eva", {{"rank", "2"}, {"rho", "1"}, {"modules", "q_proj,v_proj"}}, {std::move(profile)});
    CHECK_EQ(bounded.find(0, "q_proj")->ranks, (std::vector<int>{2}));
}

HILO_TEST(goraSharesByImportanceBetweenBounds)
{
    // Equal widths, so a share of 16 ranks in proportion 1 : 2 : 5 is 2, 4, 10; bounds 4 to 8.
    const ModelConfig model = llamaModel(1, 64, 64, 1, 1);
    ComplexityProfile profile = layerProfile(model, "weight_gradient", {1});
    profile.signals["weight_gradient"].modules = {{"q_proj", {1}}, {"k_proj", {2}}, {"v_proj", {5}}};
    const Given modules = {{"modules", "q_proj,k_proj,v_proj"}, {"rank", "5.333333333333333"}};
    Given given = modules;
    given["rank_min"] = "1";
    const AllocationMap free = allocated(model, "gora", given, {profile});
    CHECK_EQ(free.find(0, "q_proj")->ranks, (std::vector<int>{2}));
    CHECK_EQ(free.find(0, "k_proj")->ranks, (std::vector<int>{4}));
    CHECK_EQ(free.find(0, "v_proj")->ranks, (std::vector<int>{10}));
    given["rank_min"] = "4";
    given["rank_max"] = "8";
    const AllocationMap bounded = allocated(model, "gora", given, {profile});
    CHECK_EQ(bounded.find(0, "q_proj")->ranks, (std::vector<int>{4}));
    CHECK_EQ(bounded.find(0, "v_proj")->ranks, (std::vector<int>{8}));
}

HILO_TEST(dMoleGivesExpertsToTheLargestGradientsOfEachTask)
{
    const ModelConfig model = llamaModel(3, 64, 128, 2, 2);
    ComplexityProfile one = layerProfile(model, "gradient_norm", {});
    one.signals["gradient_norm"].modules = {{"q_proj", {1, 2, 3}}, {"v_proj", {6, 5, 4}}};
    ComplexityProfile other = one;
    other.signals["gradient_norm"].modules = {{"q_proj", {9, 2, 3}}, {"v_proj", {1, 1, 4}}};
    const auto of = [](const AllocationMap& map, const char* name) {
        std::vector<int> experts;
        for (const auto& layer : map.layers)
            experts.push_back(layer.contains(name) ? layer.at(name).experts() : 0);
        return experts;
    };
    // Half of six modules is three, whatever layer or name they have.
    const Given given = {{"modules", "q_proj,v_proj"}};
    const AllocationMap single = allocated(model, "d-mole", given, {one});
    CHECK_EQ(of(single, "q_proj"), (std::vector<int>{0, 0, 0}));
    CHECK_EQ(of(single, "v_proj"), (std::vector<int>{1, 1, 1}));
    const AllocationMap both = allocated(model, "d-mole", given, {one, other});
    CHECK_EQ(of(both, "q_proj"), (std::vector<int>{1, 0, 1}));
    CHECK_EQ(of(both, "v_proj"), (std::vector<int>{1, 1, 2}));
    // A share is rounded half up: 0.25 of six are two.
    const AllocationMap few = allocated(model, "d-mole", {{"modules", "q_proj,v_proj"}, {"share", "0.25"}}, {one});
    CHECK_EQ(of(few, "v_proj"), (std::vector<int>{1, 1, 0}));
}

HILO_TEST(loraSmoeCountsTheTasksThatNeedAModule)
{
    const ModelConfig model = llamaModel(4, 64, 128, 2, 2);
    ComplexityProfile rising = layerProfile(model, "squared_gradient", {});
    rising.signals["squared_gradient"].modules["q_proj"] = {1, 2, 3, 4};
    ComplexityProfile falling = rising;
    falling.signals["squared_gradient"].modules["q_proj"] = {4, 3, 2, 1};
    const Given given = {{"keep", "0.5"}, {"modules", "q_proj"}};
    const AllocationMap one = allocated(model, "lora-smoe", given, {rising});
    CHECK_EQ(expertsOf(one), (std::vector<int>{0, 0, 1, 1}));
    const AllocationMap three = allocated(model, "lora-smoe", given, {rising, rising, falling});
    CHECK_EQ(expertsOf(three), (std::vector<int>{1, 1, 2, 2}));
}

HILO_TEST(hiloPresetIsTheReconstruction)
{
    const AllocationMap map = allocated(llama2With7B(), "hilo", {});
    CHECK_CONTAINS(map.name, "HILO (reconstructed)");
    for (const auto& [layer, number] : {std::pair{0u, 2}, {7u, 2}, {8u, 4}, {16u, 6}, {24u, 8}, {31u, 8}}) {
        CHECK_EQ(map.find(layer, "down_proj")->experts(), number);
        CHECK_EQ(map.find(layer, "down_proj")->ranks.front(), number);
        CHECK_EQ(map.find(layer, "down_proj")->topK, 2);
    }
}

HILO_TEST(hiloBySignalsFollowsThem)
{
    const ModelConfig model = llamaModel(4, 64, 128, 2, 2);
    ComplexityProfile profile = layerProfile(model, "up", {0, 1, 2, 3});
    profile.signals["down"] = profile.signals["up"];
    profile.signals["down"].direction = SignalDirection::Smaller;
    const AllocationMap map = allocated(model, "hilo",
                                        {{"experts_signal", "up"},
                                         {"ranks_signal", "down"},
                                         {"experts_min", "2"},
                                         {"experts_max", "8"},
                                         {"ranks_min", "2"},
                                         {"ranks_max", "8"}},
                                        {profile});
    CHECK_EQ(expertsOf(map), (std::vector<int>{2, 4, 6, 8}));
    CHECK_EQ(ranksOf(map, "q_proj"), (std::vector<int>{8, 6, 4, 2}));
    // u² of 0, 1/3, 2/3, 1 times 6, rounded: 0, 1, 3, 6.
    const AllocationMap squared =
        allocated(model, "hilo", {{"experts_signal", "up"}, {"power", "2"}, {"direction", "larger"}}, {profile});
    CHECK_EQ(expertsOf(squared), (std::vector<int>{2, 3, 5, 8}));
}

HILO_TEST(hiloBySignalsMayDifferByModule)
{
    const ModelConfig model = llamaModel(2, 64, 128, 2, 2);
    ComplexityProfile profile = layerProfile(model, "s", {1, 2});
    profile.signals["s"].modules = {{"q_proj", {0, 1}}, {"v_proj", {3, 2}}};
    const AllocationMap map = allocated(
        model, "hilo", {{"experts_signal", "s"}, {"per", "module"}, {"ranks", "4,"}, {"modules", "q_proj,v_proj"}},
        {profile});
    CHECK_EQ(map.find(0, "q_proj")->experts(), 2);
    CHECK_EQ(map.find(1, "q_proj")->experts(), 4);
    CHECK_EQ(map.find(1, "v_proj")->experts(), 6);
    CHECK_EQ(map.find(0, "v_proj")->experts(), 8);
}

HILO_TEST(balancedFindsTheBestOfAllMaps)
{
    // Two layers of one module, checked against every map by hand: gain as gain_model.h states it.
    const ModelConfig model = llamaModel(2, 16, 16, 1, 1);
    ComplexityProfile profile = layerProfile(model, "w", {1, 3});
    profile.signals["w"].spectra["q_proj"] = {{8, 4, 2, 1}, {4, 3, 2, 1}};
    const Given given = {{"modules", "q_proj"}, {"spectrum", "w"}, {"weight", "w"},  {"experts_max", "3"},
                         {"rank_max", "4"},     {"budget", "448"}, {"fill", "none"}, {"cells", "4096"}};
    const AllocationMap map = allocated(model, "balanced", given, {profile});
    const auto captured = [](int layer, int rank) {
        const double spectra[2][4] = {{8, 4, 2, 1}, {4, 3, 2, 1}};
        double sum = 0;
        for (int index = 0; index < std::min(rank, 4); ++index)
            sum += spectra[layer][index];
        return sum / (layer == 0 ? 15 : 10);
    };
    const auto gain = [&](int layer, int experts, int rank) {
        return (layer == 0 ? 1 : 3) * captured(layer, std::min(2, experts) * rank) * (1 - 0.5 / experts);
    };
    const auto cost = [](int experts, int rank) { return experts * rank * 32 + (experts > 1 ? experts * 16 : 0); };
    double best = 0;
    for (int n0 = 1; n0 <= 3; ++n0)
        for (int r0 = 1; r0 <= 4; ++r0)
            for (int n1 = 1; n1 <= 3; ++n1)
                for (int r1 = 1; r1 <= 4; ++r1)
                    if (cost(n0, r0) + cost(n1, r1) <= 448)
                        best = std::max(best, gain(0, n0, r0) + gain(1, n1, r1));
    const auto of = [&](int layer) {
        const ModuleAllocation& module = *map.find(static_cast<std::size_t>(layer), "q_proj");
        return gain(layer, module.experts(), module.ranks.front());
    };
    CHECK_NEAR(of(0) + of(1), best, 1e-12);
    CHECK(countParameters(map, model).trainable() <= 448);
}

HILO_TEST(balancedRaisesSpectraAndWeightsToPowers)
{
    // 16 directions, of which the first four are listed; the total says that the twelve others are 0.5 each. The roots
    // of a profile of squares must make the map that the plain values make.
    const ModelConfig model = llamaModel(2, 16, 16, 1, 1);
    const auto profileOf = [&](bool squares) {
        ComplexityProfile profile =
            layerProfile(model, "w", squares ? std::vector<double>{1, 9} : std::vector{1.0, 3.0});
        ComplexitySignal& signal = profile.signals["w"];
        for (const std::vector<double>& layer : {std::vector<double>{8, 4, 2, 1}, {4, 3, 2, 1}}) {
            std::vector<double> listed;
            double total = squares ? 12 * 0.25 : 12 * 0.5;
            for (const double value : layer) {
                listed.push_back(squares ? value * value : value);
                total += listed.back();
            }
            signal.spectra["q_proj"].push_back(listed);
            signal.spectrumTotals["q_proj"].push_back(total);
        }
        return profile;
    };
    const Given given = {{"modules", "q_proj"}, {"spectrum", "w"}, {"weight", "w"},  {"experts_max", "3"},
                         {"rank_max", "4"},     {"budget", "448"}, {"fill", "none"}, {"cells", "4096"}};
    Given powers = given;
    powers.insert({{"spectrum_power", "0.5"}, {"weight_power", "0.5"}});
    const AllocationMap plain = allocated(model, "balanced", given, {profileOf(false)});
    CHECK(allocated(model, "balanced", powers, {profileOf(true)}).layers == plain.layers);
    CHECK(allocated(model, "balanced", given, {profileOf(true)}).layers != plain.layers);
}

HILO_TEST(balancedGivesMoreToWhatWeighsMore)
{
    const ModelConfig model = llamaModel(4, 64, 128, 2, 2);
    const AllocationMap map =
        allocated(model, "balanced", {{"budget", "40000"}, {"weight", "w"}}, {layerProfile(model, "w", {1, 1, 1, 20})});
    const auto parameters = [&](std::size_t layer) {
        AllocationMap one = map;
        for (std::size_t other = 0; other < one.layers.size(); ++other)
            if (other != layer)
                one.layers[other].clear();
        return countParameters(one, model).trainable();
    };
    CHECK(parameters(3) > parameters(0));
}

HILO_TEST(defaultSchedulesFitShallowModels)
{
    for (const std::int64_t layers : {1, 2, 3}) {
        const ModelConfig model = llamaModel(layers, 64, 128, 2, 2);
        for (const char* strategy : {"hilo", "mola"}) {
            const AllocationMap map = allocated(model, strategy, {});
            CHECK_EQ(map.layers.size(), static_cast<std::size_t>(layers));
            CHECK_EQ(map.find(0, "q_proj")->experts(), 2);
            if (layers > 1)
                CHECK_EQ(map.find(static_cast<std::size_t>(layers - 1), "q_proj")->experts(), 8);
        }
    }
    const AllocationMap three = allocated(llamaModel(3, 64, 128, 2, 2), "hilo", {});
    CHECK_EQ(three.settings.value("ranks", ""), std::string("2,6,8"));
}

HILO_TEST(badSettingsAreRefusedByName)
{
    const ModelConfig model = llamaModel(3, 64, 128, 2, 2);
    const auto said = [&](const std::string& strategy, const Given& given,
                          std::vector<ComplexityProfile> profiles = {}) {
        return describe(REQUIRE_ERROR(tryAllocate(model, strategy, given, std::move(profiles))));
    };
    CHECK_CONTAINS(said("mola", {{"experts", "2468"}}), "4 values for a model of 3");
    CHECK_CONTAINS(said("lora", {{"rank", "0"}}), "setting rank");
    CHECK_CONTAINS(said("lora", {{"rnak", "8"}}), "rnak");
    CHECK_CONTAINS(said("lora", {{"rank", "eight"}}), "setting rank");
    CHECK_CONTAINS(said("lora", {{"rank", "65"}}), "ranks[0]");
    CHECK_CONTAINS(said("lora", {{"modules", "q_proj,nope"}}), "nope");
    CHECK_CONTAINS(said("uniform", {{"experts", "2"}, {"top_k", "5"}}), "top_k");
    CHECK_CONTAINS(said("alphalora", {{"values", "2,3"}}), "one number per layer, 3, found 2");
    CHECK_CONTAINS(said("alphalora", {{"values", "2,nan,3"}}), "values");
    CHECK_CONTAINS(said("alphalora", {{"values", "2,-1,3"}}), "PL_Alpha_Hill is above 0");
    CHECK_CONTAINS(said("layerif", {{"values", "2,2,2"}}), "the same in every layer");
    CHECK_CONTAINS(said("gora", {}), "needs a profile");
    CHECK_CONTAINS(said("balanced", {}), "budget");
    CHECK_CONTAINS(said("lora", {{"budget", "10"}}), "too small: the smallest ranks need");
    CHECK_CONTAINS(said("balanced", {{"budget", "1G"}}), "more than the bounds can hold");
    CHECK_CONTAINS(said("hilo", {{"experts_signal", "s"}}, {layerProfile(model, "s", {2, 2, 2})}), "constant");
    CHECK_CONTAINS(
        said("hilo", {{"experts_signal", "s"}}, {layerProfile(model, "s", {1, 2, 3}, SignalDirection::Unstated)}),
        "does not say whether a larger value");
    CHECK_CONTAINS(said("hilo", {{"experts_signal", "t"}}, {layerProfile(model, "s", {1, 2, 3})}), "no signal \"t\"");
    const ModelConfig other = llamaModel(5, 64, 128, 2, 2);
    CHECK_CONTAINS(said("hilo", {{"experts_signal", "s"}}, {layerProfile(other, "s", {1, 2, 3, 4, 5})}),
                   "the profile has 5 layers, the model has 3");
}
