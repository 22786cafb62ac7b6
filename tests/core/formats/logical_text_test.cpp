// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/logical_text.h"

#include "support/testing.h"

#include <limits>

using namespace hilo;
using namespace hilo::testing;

namespace {

HILO_TEST(timestampsOfEverySizeAreTexts)
{
    CHECK_EQ(timestampText(0, 1000, true), "1970-01-01T00:00:00Z");
    CHECK_EQ(timestampText(-1, 1'000'000, false), "1969-12-31T23:59:59.999999");
    CHECK_EQ(timestampText(86'400'001, 1000, false), "1970-01-02T00:00:00.001");
    // The day of the smallest number begins beyond it.
    const std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
    CHECK_CONTAINS(timestampText(smallest, 1'000'000, false), "T19:59:05.224192");
    CHECK_CONTAINS(timestampText(smallest, 1'000'000'000, false), "1677-09-21T00:12:43.145224192");
}

} // namespace
