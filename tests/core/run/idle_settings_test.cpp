// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/idle_settings.h"

#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;

namespace {

RunSpec specWith(std::vector<int> ranks, int topK)
{
    ModuleAllocation module;
    module.ranks = std::move(ranks);
    module.topK = topK;
    RunSpec spec;
    spec.map.layers = {{{"q_proj", module}}};
    spec.tasks.resize(1);
    return spec;
}

bool names(const std::vector<std::string>& notes, const std::string& setting)
{
    return std::any_of(notes.begin(), notes.end(),
                       [&](const std::string& note) { return note.starts_with("training." + setting + " "); });
}

} // namespace

HILO_TEST(whatARouterNeedsIsIdleWithoutOne)
{
    for (const bool routed : {false, true}) {
        RunSpec spec = specWith(routed ? std::vector<int>{4, 2} : std::vector<int>{4}, 1);
        CHECK(idleSettings(spec).empty());
        spec.training.auxiliaryLoss = 0.1;
        spec.training.routerLearningRateFactor = 0.1;
        spec.training.router = RouterKind::Dense;
        const auto notes = idleSettings(spec);
        CHECK_EQ(notes.size(), std::size_t{routed ? 0U : 3U});
        for (const char* setting : {"auxiliary_loss", "router_learning_rate_factor", "router"})
            CHECK_EQ(names(notes, setting), !routed);
    }
}

HILO_TEST(aNullExpertMakesARouter)
{
    RunSpec spec = specWith({4}, 1);
    spec.map.layers[0]["q_proj"].nullExperts = 1;
    spec.training.auxiliaryLoss = 0.1;
    CHECK(idleSettings(spec).empty());
}

HILO_TEST(aScaleIsIdleWhereItIsNotConstant)
{
    RunSpec spec = specWith({4, 2}, 1);
    spec.training.constantScale = 3;
    CHECK(names(idleSettings(spec), "constant_scale"));
    spec.training.scaling = ScalingMode::Constant;
    CHECK(idleSettings(spec).empty());
}

HILO_TEST(mixingIsIdleForOneTask)
{
    RunSpec spec = specWith({4, 2}, 1);
    spec.training.mixing = Mixing::Temperature;
    spec.training.mixingTemperature = 2;
    CHECK(names(idleSettings(spec), "mixing"));
    CHECK(names(idleSettings(spec), "mixing_temperature"));
    spec.tasks.resize(2);
    CHECK(idleSettings(spec).empty());
    spec.training.mixing = Mixing::Proportional;
    CHECK(!names(idleSettings(spec), "mixing"));
    CHECK(names(idleSettings(spec), "mixing_temperature"));
}

HILO_TEST(aMapWithoutExpertsIsSaid)
{
    RunSpec spec = specWith({4, 2}, 1);
    CHECK(idleSettings(spec).empty());
    spec.map.layers.front().at("q_proj").ranks.clear();
    CHECK_EQ(idleSettings(spec).size(), 1u);
    CHECK_CONTAINS(idleSettings(spec).front(), "no experts");
}
