// SPDX-License-Identifier: GPL-3.0-or-later
#include "profiles.h"

#include "allocation/profile_writer.h"
#include "allocation/rank_correlation.h"
#include "allocation/signal_catalogue.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const ModelConfig& model()
{
    static const ModelConfig config = llamaModel(3, 64, 128, 2, 2);
    return config;
}

Json document()
{
    return {{"format", "hilo.profile/1"},
            {"model", {{"architecture", "llama"}, {"layers", 3}, {"sha256", "abc"}}},
            {"signals", {{"s", {{"direction", "larger"}, {"layers", {1, 2, 3}}, {"split_half", nullptr}}}}},
            {"a key from a later version", 1}};
}

std::string errorOf(const std::function<void(Json&)>& edit)
{
    Json json = document();
    edit(json);
    return describe(REQUIRE_ERROR(parseComplexityProfile(json, "p.json")));
}

} // namespace

HILO_TEST(aProfileIsTheSameWhenItIsReadAgain)
{
    ComplexityProfile profile = noiseProfile(model(), 1);
    ComplexitySignal& signal = profile.signals["pl_alpha_hill"];
    signal.title = "PL_Alpha_Hill";
    signal.kind = "weights";
    signal.meaning = "m";
    signal.source = "s";
    signal.spectrum = "squares";
    signal.splitHalf = 0.75;
    signal.seconds = 1.5;
    signal.spectrumTotals["q_proj"] = {1, 2, 3};
    signal.spectrumRanks["q_proj"] = {1, 2, 4};
    profile.modelSha256 = "abc";
    profile.notes = {"a note"};
    profile.data = {{"tokens", 5}};
    measureAgreement(profile);
    const Json written = toJson(profile);
    const ComplexityProfile read = REQUIRE_OK(parseComplexityProfile(written, "p.json"));
    CHECK(toJson(read) == written);
    CHECK_EQ(read.signals.at("pl_alpha_hill").splitHalf.value(), 0.75);
    CHECK_EQ(read.notes, profile.notes);
    CHECK(!read.signals.at("influence").splitHalf.has_value());
}

HILO_TEST(layersAreTheModulesMeanWhereTheFileHasNone)
{
    Json json = document();
    json["signals"]["s"] = {{"modules", {{"q_proj", {1, 2, 3}}, {"v_proj", {3, 4, 8}}}}};
    const ComplexityProfile profile = REQUIRE_OK(parseComplexityProfile(json, "p.json"));
    CHECK_EQ(profile.signals.at("s").layers, (std::vector<double>{2, 3, 5.5}));
    CHECK(profile.signals.at("s").direction == SignalDirection::Unstated);
}

HILO_TEST(badProfilesAreRefusedByPlace)
{
    CHECK_CONTAINS(errorOf([](Json& json) { json["format"] = "hilo.profile/2"; }), "format");
    CHECK_CONTAINS(errorOf([](Json& json) { json["signals"]["s"]["layers"] = {1, 2}; }), "signals.s.layers");
    CHECK_CONTAINS(errorOf([](Json& json) {
                       json["signals"]["s"]["layers"] = {1, nullptr, 2};
                   }),
                   "signals.s.layers[1]");
    CHECK_CONTAINS(errorOf([](Json& json) { json["signals"]["s"]["direction"] = "up"; }), "direction");
    CHECK_CONTAINS(errorOf([](Json& json) { json["signals"]["s"] = {{"title", "t"}}; }), "layers");
    CHECK_CONTAINS(errorOf([](Json& json) {
                       json["signals"]["s"]["spectra"] = {{"q_proj", {{1, 2}, {2, 1}, {1, 0}}}};
                   }),
                   "largest first");
    CHECK_CONTAINS(errorOf([](Json& json) { json["signals"]["s"]["split_half"] = "high"; }), "split_half");
    CHECK_CONTAINS(errorOf([](Json& json) {
                       json["agreement"] = {{"signals", {"s"}}, {"spearman", Json::array()}};
                   }),
                   "agreement.spearman");
}

HILO_TEST(aProfileOfAnotherModelIsRefused)
{
    const ComplexityProfile profile = REQUIRE_OK(parseComplexityProfile(document(), "p.json"));
    REQUIRE_OK(validateComplexityProfile(profile, model(), "abc"));
    REQUIRE_OK(validateComplexityProfile(profile, model()));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(validateComplexityProfile(profile, model(), "def"))), "other weights");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(validateComplexityProfile(profile, llamaModel(4, 64, 128, 2, 2), "abc"))),
                   "4");
    ComplexityProfile named = profile;
    named.signals["s"].modules["c_attn"] = {1, 2, 3};
    CHECK_CONTAINS(describe(REQUIRE_ERROR(validateComplexityProfile(named, model(), "abc"))), "c_attn");
}

HILO_TEST(agreementIsSpearmansCorrelation)
{
    CHECK_NEAR(*spearman({1, 2, 3, 4}, {10, 20, 30, 40}), 1, 1e-12);
    CHECK_NEAR(*spearman({1, 2, 3, 4}, {4, 3, 2, 1}), -1, 1e-12);
    // Ranks 1 2 3 4 5 and 2 1 4 3 5: 1 - 6·4 / (5·24)
    CHECK_NEAR(*spearman({1, 2, 3, 4, 5}, {20, 10, 40, 30, 50}), 0.8, 1e-12);
    // Ties share their mean rank: 1.5 1.5 3 against 1 2 3.
    CHECK_NEAR(*spearman({1, 1, 2}, {1, 2, 3}), 1.5 / std::sqrt(1.5 * 2), 1e-12);
    CHECK(!spearman({1, 1, 1}, {1, 2, 3}));
    CHECK(!spearman({1, 2}, {1, 2, 3}));
    ComplexityProfile profile = noiseProfile(model(), 2);
    profile.signals["influence"].layers = {1, 1, 1};
    measureAgreement(profile);
    CHECK_EQ(profile.agreement.signals.front(), "pl_alpha_hill");
    for (std::size_t row = 0; row < profile.agreement.signals.size(); ++row) {
        const bool constant = profile.agreement.signals[row] == "influence";
        CHECK_EQ(profile.agreement.spearman[row][row].has_value(), !constant);
    }
}

HILO_TEST(theCatalogueNamesWhatStrategiesAskFor)
{
    for (const Strategy* strategy : strategies())
        for (const StrategySetting& setting : strategy->settings)
            if (setting.name == "signal")
                CHECK(findSignalDescription(setting.fallback) != nullptr);
    CHECK_EQ(REQUIRE_OK(chosenSignals("influence, stable_rank")),
             (std::vector<std::string>{"stable_rank", "influence"}));
    CHECK_EQ(REQUIRE_OK(chosenSignals("all")).size(), signalCatalogue().size());
    CHECK_CONTAINS(describe(REQUIRE_ERROR(chosenSignals("weights,nope"))), "no signal \"nope\"");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(chosenSignals(" , "))), "no signal is chosen");
}
