// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/objective.h"

#include "base/json.h"
#include "support/testing.h"

#include <algorithm>
#include <cmath>

using namespace hilo;
using namespace hilo::testing;

namespace {

Json reference()
{
    return Json::parse(readText(dataFile("objectives/reference.json")));
}

AnswerScore scoreOf(const Json& numbers)
{
    return {numbers[0].get<double>(), numbers[1].get<double>(), numbers[2].get<std::int64_t>()};
}

ObjectiveSettings settingsOf(const Json& json)
{
    ObjectiveSettings settings;
    for (const auto& [name, value] : json.items())
        settings[name] = value.get<double>();
    return settings;
}

const Objective& named(const Json& name)
{
    const Objective* found = findObjective(name.get<std::string>());
    if (!found)
        fail("no objective " + name.get<std::string>(), __FILE__, __LINE__);
    return *found;
}

/// The reference was computed in float32 for some, and a hundred nats lose seven digits there.
void checkNear(double actual, double expected, const std::string& what)
{
    if (std::abs(actual - expected) > 1e-5 * std::max(1.0, std::abs(expected)))
        CHECK_EQ(what + ": " + std::to_string(actual), what + ": " + std::to_string(expected));
}

HILO_TEST(lossesAndSlopesOfPairsAreThoseOfTheReference)
{
    const Json all = reference();
    CHECK(all["pairs"].size() >= 30);
    for (const Json& one : all["pairs"]) {
        const Objective& objective = named(one["objective"]);
        const auto settings = REQUIRE_OK(objective.complete(settingsOf(one["settings"])));
        const PairLoss found = objective.ofPair(scoreOf(one["chosen"]), scoreOf(one["rejected"]), settings);
        const std::string what = objective.name + " " + one["chosen"].dump() + one["rejected"].dump();
        checkNear(found.loss, one["loss"].get<double>(), what + " loss");
        checkNear(found.chosen.slope, one["chosen_slope"].get<double>(), what + " chosen");
        checkNear(found.rejected.slope, one["rejected_slope"].get<double>(), what + " rejected");
    }
}

HILO_TEST(lossesAndSlopesOfJudgedAnswersAreThoseOfTheReference)
{
    const Json all = reference();
    CHECK(all["judged"].size() >= 6);
    for (const Json& one : all["judged"]) {
        const Objective& objective = named(one["objective"]);
        const auto settings = REQUIRE_OK(objective.complete(settingsOf(one["settings"])));
        const JudgedLoss found = objective.ofJudged({one["policy"].get<double>(), one["reference"].get<double>(), 5},
                                                    one["good"].get<bool>(), one["divergence"].get<double>(), settings);
        checkNear(found.loss, one["loss"].get<double>(), "loss");
        checkNear(found.answer.slope, one["slope"].get<double>(), "slope");
    }
}

HILO_TEST(slopesAreDerivatives)
{
    const AnswerScore chosen{-12.5, -14, 7};
    const AnswerScore rejected{-13.25, -12.5, 5};
    const double h = 1e-5;
    for (const Objective* objective : objectives()) {
        if (!objective->ofPair)
            continue;
        const auto settings = REQUIRE_OK(objective->complete({}));
        const auto lossAt = [&](double first, double second) {
            AnswerScore c = chosen, r = rejected;
            c.policy += first;
            r.policy += second;
            return objective->ofPair(c, r, settings).loss;
        };
        const PairLoss at = objective->ofPair(chosen, rejected, settings);
        CHECK_NEAR(at.chosen.slope, (lossAt(h, 0) - lossAt(-h, 0)) / (2 * h), 1e-8);
        CHECK_NEAR(at.rejected.slope, (lossAt(0, h) - lossAt(0, -h)) / (2 * h), 1e-8);
    }
}

HILO_TEST(extremeScoresStayFinite)
{
    const AnswerScore certain{0, 0, 1};
    const AnswerScore hopeless{-1e6, 0, 1};
    for (const Objective* objective : objectives()) {
        const auto settings = REQUIRE_OK(objective->complete({}));
        for (const auto& [one, other] : {std::pair{certain, hopeless}, {hopeless, certain}, {certain, certain}}) {
            if (objective->ofPair) {
                const PairLoss found = objective->ofPair(one, other, settings);
                CHECK(std::isfinite(found.loss) && std::isfinite(found.chosen.slope) &&
                      std::isfinite(found.rejected.slope));
            }
            if (objective->ofJudged) {
                const JudgedLoss found = objective->ofJudged(one, true, 1e6, settings);
                CHECK(std::isfinite(found.loss) && std::isfinite(found.answer.slope));
            }
        }
    }
}

HILO_TEST(everyObjectiveHasWhatItsRowsNeed)
{
    for (const Objective* objective : objectives()) {
        CHECK_EQ(objective->ofPair != nullptr, objective->rows == ObjectiveRows::Pairs);
        CHECK_EQ(objective->ofJudged != nullptr, objective->rows == ObjectiveRows::Judged);
        CHECK(!objective->label.empty() && !objective->description.empty());
    }
    CHECK(findObjective("likelihood") != nullptr);
    CHECK(findObjective("DPO") == nullptr);
}

HILO_TEST(unknownAndImpossibleSettingsAreNamed)
{
    const Objective& dpo = named("dpo");
    CHECK_EQ(REQUIRE_OK(dpo.complete({{"beta", 0.3}})).at("beta"), 0.3);
    CHECK_CONTAINS(describe(REQUIRE_ERROR(dpo.complete({{"gamma", 1}}))), "beta, label_smoothing");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(dpo.complete({{"beta", 0}}))), "out of range");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(dpo.complete({{"beta", std::nan("")}}))), "out of range");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(named("likelihood").complete({{"beta", 1}}))), "none at all");
}

} // namespace
