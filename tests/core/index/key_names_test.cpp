// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/key_names.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

using Values = std::map<std::string, std::string>;

/// "a" and "b" finished after 5 and 8 steps with a loss of 2 / step; "c" has not begun.
class Columns
{
  public:
    Columns()
    {
        fixture_.addFinishedRun("a", runDocument("first", {{"learning_rate", 0.001}, {"packing", true}}), 0.9, 1000, 5);
        fixture_.addFinishedRun("b", runDocument("second", {{"learning_rate", 0.0003}}, {8}, "mola"), 0.7, 500, 8);
        fixture_.addRun("c", runDocument("third"));
        REQUIRE_OK(fixture_.store().scan());
    }

    Values of(const std::string& name) const
    {
        RunReader reader = fixture_.reader();
        return REQUIRE_OK(columnValues(reader.database(), name));
    }

    Error refusal(const std::string& name) const
    {
        RunReader reader = fixture_.reader();
        return REQUIRE_ERROR(columnValues(reader.database(), name));
    }

  private:
    ProjectFixture fixture_;
};

} // namespace

HILO_TEST(aColumnMayBeASettingAMetricOrARunsOwn)
{
    const Columns columns;
    CHECK_EQ(columns.of("training.learning_rate").at("b"), "0.0003");
    CHECK_EQ(columns.of("map.strategy.name").at("b"), "mola");
    CHECK_EQ(columns.of("packing").at("a"), "true");
    CHECK_EQ(columns.of("loss"), (Values{{"a", "0.4"}, {"b", "0.25"}}));
    CHECK_EQ(columns.of("loss.max"), (Values{{"a", "2"}, {"b", "2"}}));
    CHECK_EQ(columns.of("loss.min"), (Values{{"a", "0.4"}, {"b", "0.25"}}));
    CHECK_EQ(columns.of("state"), (Values{{"a", "finished"}, {"b", "finished"}, {"c", "new"}}));
    CHECK_EQ(columns.of("trainable_parameters"), (Values{{"a", "1000"}, {"b", "500"}}));
    CHECK_EQ(columns.of("evaluation.test").at("a"), "0.9");
}

HILO_TEST(shortNamesMeanWhatTheyMeanInFilters)
{
    const Columns columns;
    CHECK_EQ(columns.of("learning_rate"), columns.of("training.learning_rate"));
    CHECK_CONTAINS(columns.refusal("no_such").message, "No run has a setting or metric \"no_such\"");
    CHECK_CONTAINS(columns.refusal("no_such").hint, "--keys");
    CHECK_CONTAINS(columns.refusal("path").message, "may mean data.path, model.path");
    CHECK(columns.of("evaluation.nothing").empty());
    CHECK_CONTAINS(columns.refusal("'; DROP TABLE runs; --").message, "No run has");
}
