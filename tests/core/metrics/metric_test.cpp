// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

#include "support/testing.h"

#include <algorithm>

using namespace hilo;

namespace {

HILO_TEST(namesAreSortedAndEachIsThereOnce)
{
    std::vector<std::string> names;
    for (const Metric* metric : metrics())
        names.push_back(metric->name);
    CHECK(std::is_sorted(names.begin(), names.end()));
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

HILO_TEST(knowsWhichWayIsBetter)
{
    const Metric* accuracy = findMetric("accuracy");
    const Metric* loss = findMetric("loss");
    CHECK(accuracy->isBetter(0.8, 0.7));
    CHECK(!accuracy->isBetter(0.7, 0.7));
    CHECK(loss->isBetter(0.7, 0.8));
    CHECK(findMetric("acuracy") == nullptr);
}

} // namespace
