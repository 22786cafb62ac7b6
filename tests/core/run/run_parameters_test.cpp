// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_parameters.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(aRouterThatMayUseAllExpertsMakesAllActive)
{
    ModelConfig model;
    model.architecture = "llama";
    model.layers = 1;
    model.hidden = 64;
    model.intermediate = 96;
    model.heads = 4;
    model.keyValueHeads = 2;
    model.headDimension = 16;
    model.vocabulary = 100;
    model.maximumPositions = 64;
    AllocationMap map;
    map.architecture = "llama";
    map.layers.resize(1);
    map.layers[0]["q_proj"] = {{2, 4, 6}, 2, 16, 0};
    map.layers[0]["k_proj"] = {{8}, 1, 16, 0};
    const std::int64_t router = 3 * 64, single = 8 * (64 + 32);
    for (const RouterKind kind : {RouterKind::TopK, RouterKind::TopKNull})
        CHECK_EQ(countParameters(map, model, kind).active, (4 + 6) * 128 + router + single);
    for (const RouterKind kind : {RouterKind::Dense, RouterKind::TopP})
        CHECK_EQ(countParameters(map, model, kind).active, (2 + 4 + 6) * 128 + router + single);
    CHECK_EQ(countParameters(map, model, RouterKind::Dense).trainable(), countParameters(map, model).trainable());
}
