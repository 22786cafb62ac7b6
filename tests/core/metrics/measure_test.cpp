// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/share_interval.h"
#include "metrics/metric.h"
#include "metrics/scored_rows.h"
#include "metrics/text_words.h"
#include "support/testing.h"

#include <cmath>
#include <filesystem>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// What scikit-learn, rouge_score and torchmetrics say (tests/interop/make_metric_fixtures.py).
Json expected()
{
    return REQUIRE_OK(readJsonFile(std::filesystem::path(HILO_SOURCE_DIR) / "tests/data/metrics/expected.json"));
}

std::optional<std::string> textOrNone(const Json& value)
{
    return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

ScoredRows rowsOf(const Json& labelCase)
{
    ScoredRows rows;
    rows.labels = labelCase["labels"].get<std::vector<std::string>>();
    for (std::size_t i = 0; i < labelCase["right"].size(); ++i) {
        ScoredRow row;
        row.right = labelCase["right"][i].get<std::string>();
        row.given = textOrNone(labelCase["given"][i]);
        rows.rows.push_back(row);
    }
    return rows;
}

ScoredRow lossRow(double loss, std::int64_t tokens)
{
    ScoredRow row;
    row.loss = loss;
    row.tokens = tokens;
    return row;
}

} // namespace

HILO_TEST(textsScoreAsOtherProgramsSay)
{
    int compared = 0;
    const Json all = expected();
    for (const Json& one : all["texts"]) {
        const auto wanted = one["wanted"].get<std::string>();
        const auto written = one["written"].get<std::string>();
        for (const char* name : {"exact_match", "token_f1", "rouge_l", "number_match"}) {
            const auto value = findMetric(name)->ofTexts(wanted, written);
            CHECK_EQ(value.has_value(), !one[name].is_null());
            if (!value)
                continue;
            ++compared;
            // As a list, so that a failure names the texts.
            if (std::abs(*value - one[name].get<double>()) > 1e-6)
                CHECK_EQ(std::string(name) + ": " + std::to_string(*value),
                         wanted + " | " + written + ": " + one[name].dump());
        }
    }
    CHECK(compared > 200);
}

HILO_TEST(labelsScoreAsScikitLearnSays)
{
    const Json all = expected();
    for (const Json& one : all["labels"]) {
        const ScoredRows rows = rowsOf(one);
        const Measured measured = measure(rows);
        for (const char* name : {"accuracy", "matthews", "f1", "f1_macro"}) {
            CHECK_EQ(measured.values.contains(name), !one[name].is_null());
            if (measured.values.contains(name))
                CHECK_NEAR(measured.values.at(name), one[name].get<double>(), 1e-9);
        }
        if (one["matthews"].is_null())
            CHECK_CONTAINS(measured.absent.at("matthews"), "all the same");
        CHECK(!measured.values.contains("loss"));
        CHECK(!measured.values.contains("accuracy_normalised"));
        CHECK(!measured.values.contains("rouge_l"));
    }
}

HILO_TEST(labelsThatDifferFromRowToRowHaveAnAccuracyAlone)
{
    ScoredRows rows = rowsOf(expected()["labels"][0]);
    rows.labels.clear();
    const Measured measured = measure(rows);
    CHECK_EQ(measured.values.size(), 1u);
    CHECK_NEAR(measured.values.at("accuracy"), expected()["labels"][0]["accuracy"].get<double>(), 1e-12);
    CHECK(!measured.absent.contains("matthews"));
}

HILO_TEST(aLossIsAMeanOverTokens)
{
    ScoredRows rows;
    rows.rows = {lossRow(6, 2), lossRow(1, 8), lossRow(0, 0)};
    const Measured measured = measure(rows);
    CHECK_NEAR(measured.values.at("loss"), 0.7, 1e-12);
    CHECK_NEAR(measured.values.at("perplexity"), std::exp(0.7), 1e-12);
    const auto [low, high] = measured.intervals.at("loss");
    CHECK(low >= 0.125 && low <= 0.7 && high >= 0.7 && high <= 3);
    CHECK_NEAR(measured.intervals.at("perplexity").first, std::exp(low), 1e-12);
    rows.rows = {lossRow(0, 0)};
    CHECK(!measure(rows).values.contains("loss"));
    CHECK_CONTAINS(measure(rows).absent.at("perplexity"), "no token");
    rows.rows = {lossRow(5000, 1)};
    CHECK_EQ(measure(rows).values.at("loss"), 5000.0);
    CHECK_CONTAINS(measure(rows).absent.at("perplexity"), "largest number");
    // One row says nothing about how much it would differ.
    CHECK(!measure(rows).intervals.contains("loss"));
}

HILO_TEST(sharesOfRowsHaveWilsonsInterval)
{
    const Json one = expected()["labels"][0];
    ScoredRows rows = rowsOf(one);
    for (ScoredRow& row : rows.rows) {
        row.givenNormalised = row.right;
        row.wanted = "7";
        row.written = row.right == "yes" ? "7" : "8";
    }
    rows.hasNormalised = true;
    const Measured measured = measure(rows);
    CHECK_EQ(measured.values.at("accuracy_normalised"), 1.0);
    const double accuracy = measured.values.at("accuracy");
    CHECK(measured.intervals.at("accuracy") == wilsonInterval(accuracy * 40, 40));
    const double exact = measured.values.at("exact_match");
    CHECK(measured.intervals.at("exact_match") == wilsonInterval(exact * 40, 40));
    // Others are drawn, and lie around the value.
    for (const char* name : {"matthews", "f1", "f1_macro", "token_f1", "rouge_l"}) {
        const auto [low, high] = measured.intervals.at(name);
        CHECK(low <= measured.values.at(name) && measured.values.at(name) <= high && low < high);
    }
    CHECK(!measured.values.contains("number_match"));
    CHECK(measure(rows).intervals == measured.intervals);
}

HILO_TEST(rougeIsAbsentWhereItCountsNothing)
{
    ScoredRows rows;
    ScoredRow row;
    row.wanted = "\u4e2d\u6587";
    row.written = "\u4e2d\u6587";
    rows.rows = {row, row};
    const Measured measured = measure(rows);
    CHECK_EQ(measured.values.at("exact_match"), 1.0);
    CHECK(!measured.values.contains("rouge_l"));
    CHECK_CONTAINS(measured.absent.at("rouge_l"), "a to z");
}

HILO_TEST(brokenTextIsNoObstacle)
{
    const std::string broken = "\xff\xfe the \xc3";
    CHECK(findMetric("exact_match")->ofTexts(broken, broken) == 1.0);
    CHECK(rougeWords(broken) == std::vector<std::string>{"the"});
}
