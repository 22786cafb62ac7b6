// SPDX-License-Identifier: GPL-3.0-or-later
// A map says where it is not what its settings asked for.
#include "profiles.h"

#include "allocation/map_operations.h"
#include "allocation/parameters.h"
#include "base/text_format.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const ModelConfig& model()
{
    static const ModelConfig config = llamaModel(4, 64, 128, 2, 2);
    return config;
}

std::string notesOf(const std::string& strategy, const Given& given, std::vector<ComplexityProfile> profiles = {})
{
    return joined(REQUIRE_OK(tryAllocate(model(), strategy, given, std::move(profiles))).notes, "\n");
}

std::string refusal(const std::string& strategy, const Given& given, std::vector<ComplexityProfile> profiles = {})
{
    return describe(REQUIRE_ERROR(tryAllocate(model(), strategy, given, std::move(profiles))));
}

/// Spectra of which the first direction holds everything: more ranks or experts gain nothing.
ComplexityProfile flatProfile()
{
    ComplexityProfile profile = noiseProfile(model(), 1);
    for (auto& [module, spectra] : profile.signals.at("explained_variance").spectra)
        for (std::vector<double>& spectrum : spectra)
            spectrum = {1.0, 0.0, 0.0};
    return profile;
}

} // namespace

HILO_TEST(mapsThatAreWhatWasAskedForSayNothing)
{
    CHECK_EQ(notesOf("lora", {{"rank", "4"}}), "");
    CHECK_EQ(notesOf("uniform", {{"experts", "4"}, {"top_k", "4"}}), "");
    CHECK_EQ(notesOf("mola", {{"experts", "1357"}}), "");
    CHECK_EQ(notesOf("hilo", {}), "");
    CHECK_EQ(notesOf("balanced", {{"budget", "60000"}}), "");
    CHECK_EQ(notesOf("lora", {{"budget", "60000"}}), "");
}

HILO_TEST(noTopKIsLoweredInSilence)
{
    CHECK_CONTAINS(refusal("balanced", {{"budget", "60000"}, {"top_k", "64"}}), "top_k");
    CHECK_CONTAINS(refusal("balanced", {{"budget", "60000"}, {"top_k", "2"}, {"experts_max", "1"}}), "experts_max");
    CHECK_CONTAINS(refusal("uniform", {{"experts", "1"}, {"top_k", "2"}}), "top_k");
    CHECK_CONTAINS(refusal("mola", {{"experts", "2468"}, {"top_k", "9"}}), "top_k");
    CHECK_CONTAINS(notesOf("mola", {{"experts", "2468"}, {"top_k", "4"}}), "top_k 4 is more than some modules");
    CHECK_CONTAINS(notesOf("mola", {{"experts", "2468"}, {"top_k", "4"}}), "in 7 of 28 modules");
    CHECK_CONTAINS(notesOf("hilo", {{"experts", "2468"}, {"top_k", "8"}}), "in 21 of 28 modules");
    CHECK_CONTAINS(notesOf("alphalora", {{"values", "2,3,4,5"}, {"total", "12"}, {"top_k", "4"}}), "top_k 4");
    CHECK_CONTAINS(notesOf("balanced", {{"budget", "30000"}, {"top_k", "8"}}), "top_k 8");
    // One expert has no choice; the papers' default means one there.
    CHECK_EQ(notesOf("uniform", {{"experts", "1"}}), "");
    const AllocationMap imported = REQUIRE_OK(mapFromNumbers({"2,4,4,4", "4", "3", 16, ""}, model()));
    CHECK_EQ(imported.notes.size(), 1u);
    CHECK_CONTAINS(imported.notes[0], "1 layer with");
}

HILO_TEST(aBudgetThatIsLeftOverSaysWhy)
{
    const std::string filled = notesOf("balanced",
                                       {{"budget", "120000"},
                                        {"rank_max", "8"},
                                        {"experts_max", "8"},
                                        {"diversity", "0"},
                                        {"spectrum", "explained_variance"}},
                                       {flatProfile()});
    CHECK_CONTAINS(filled, "Of the budget of 120000 parameters");
    CHECK_CONTAINS(filled, "largest rank");
    CHECK_CONTAINS(filled, "no module is worth more experts");
    CHECK_CONTAINS(
        notesOf("balanced",
                {{"budget", "120000"}, {"diversity", "0"}, {"spectrum", "explained_variance"}, {"fill", "none"}},
                {flatProfile()}),
        "because fill is none");
    CHECK_CONTAINS(notesOf("uniform", {{"budget", "61000"}, {"fill", "none"}}), "because fill is none");
    // Numbers that add up.
    const AllocationMap map = REQUIRE_OK(tryAllocate(model(), "uniform", {{"budget", "61000"}, {"fill", "none"}}));
    const std::int64_t used = countParameters(map, model()).trainable();
    CHECK_CONTAINS(map.notes[0], " " + std::to_string(used) + " are used, " + std::to_string(61000 - used));
    const AllocationMap scaled = REQUIRE_OK(scaleToBudget(map, model(), 90000));
    for (const std::string& note : scaled.notes)
        CHECK(note.find("61000") == std::string::npos);
}

HILO_TEST(ranksThatABudgetOverridesAreNamed)
{
    CHECK_CONTAINS(notesOf("lora", {{"budget", "60000"}, {"rank", "64"}}), "given rank");
    CHECK_CONTAINS(notesOf("hilo", {{"budget", "90000"}, {"ranks", "2468"}}), "given ranks");
    // Keys and values of one head: ranks beyond 32 are the others' alone.
    const ModelConfig shared = llamaModel(4, 64, 128, 2, 1);
    const AllocationMap map = REQUIRE_OK(tryAllocate(shared, "lora", {{"budget", "200000"}}));
    CHECK_EQ(map.notes.size(), 1u);
    CHECK_CONTAINS(map.notes[0], "k_proj, v_proj");
    CHECK_EQ(map.find(0, "k_proj")->ranks[0], 32);
    CHECK(map.find(0, "q_proj")->ranks[0] > 50);
    CHECK_CONTAINS(
        refusal("gora", {{"rank_min", "65"}, {"rank_max", "100"}, {"budget", "200000"}}, {noiseProfile(model(), 2)}),
        "rank_min");
    CHECK_CONTAINS(
        refusal("hilo",
                {{"ranks_signal", "influence"}, {"ranks_min", "65"}, {"ranks_max", "100"}, {"budget", "900000"}},
                {noiseProfile(model(), 2)}),
        "ranks_min");
}

HILO_TEST(settingsOfNoEffectAreNamed)
{
    const auto hasNone = [](const std::string& notes, const std::string& setting) {
        CHECK_CONTAINS(notes, "The setting " + setting + " was given");
    };
    hasNone(notesOf("lora", {{"fill", "none"}}), "fill");
    hasNone(notesOf("alphalora", {{"values", "2,3,4,5"}, {"total", "12"}, {"minimum", "2"}}), "minimum");
    hasNone(notesOf("layerif", {{"values", "-1,-2,-3,-6"}, {"total", "12"}, {"signal", "influence"}}), "signal");
    hasNone(notesOf("hilo", {{"groups", "2"}}), "groups");
    hasNone(notesOf("hilo", {{"power", "2"}}), "power");
    hasNone(notesOf("gora", {{"temperature", "2"}}, {noiseProfile(model(), 2)}), "temperature");
    hasNone(notesOf("balanced", {{"budget", "60000"}, {"spectrum", "explained_variance"}, {"tau_max", "9"}},
                    {noiseProfile(model(), 2)}),
            "tau_max");
    hasNone(notesOf("balanced", {{"budget", "60000"}, {"weight_power", "2"}}), "weight_power");
    CHECK_EQ(notesOf("hilo", {{"ranks", "2..8"}, {"groups", "2"}}), "");
}

HILO_TEST(notesAreKeptInTheFile)
{
    const TemporaryFolder folder;
    const AllocationMap map = REQUIRE_OK(tryAllocate(model(), "lora", {{"fill", "none"}}));
    REQUIRE_OK(writeAllocationMap(folder / "a.map.json", map));
    CHECK(REQUIRE_OK(readAllocationMap(folder / "a.map.json")) == map);
    CHECK(!toJson(REQUIRE_OK(tryAllocate(model(), "lora", {}))).contains("notes"));
    Json document = toJson(map);
    document["notes"] = {1};
    CHECK_CONTAINS(describe(REQUIRE_ERROR(parseAllocationMap(document, "a"))), "notes");
}
