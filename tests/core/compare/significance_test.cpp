// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/holm.h"
#include "compare/mcnemar.h"
#include "compare/mean_ranks.h"

#include "support/testing.h"

using namespace hilo;

// Expected values: statsmodels (mcnemar, multipletests) and scipy (friedmanchisquare, rankdata).

HILO_TEST(mcnemarIsThatOfStatsmodels)
{
    CHECK_EQ(mcnemarExact(0, 0), 1.0);
    CHECK_NEAR(mcnemarExact(3, 0), 0.25, 1e-14);
    CHECK_NEAR(mcnemarExact(10, 2), 0.03857421875, 1e-13);
    CHECK_NEAR(mcnemarExact(25, 40), 0.08168153394154003, 1e-12);
    CHECK_NEAR(mcnemarExact(900, 1000), 0.023108845108901193, 1e-11);
    CHECK_NEAR(mcnemarChiSquare(10, 2, true), 0.04330814281079206, 1e-12);
    CHECK_NEAR(mcnemarChiSquare(10, 2, false), 0.020921335337794035, 1e-12);
    CHECK_NEAR(mcnemarChiSquare(900, 1000, true), 0.023133919510755163, 1e-12);
    CHECK_EQ(mcnemarChiSquare(0, 0, true), 1.0);
    CHECK_EQ(mcnemarChiSquare(1, 1, true), 1.0);
}

HILO_TEST(rowsOfSeveralSeedsChangeTheirSignsTogether)
{
    // All 2^8 sign changes counted.
    const std::vector<int> differences{2, -1, 3, 0, 1, 1, -2, 3, 2};
    CHECK_NEAR(mcnemarOfRows(differences).p, 0.171875, 1e-13);
    CHECK_EQ(mcnemarOfRows(differences).method, "McNemar over seeds, exact sign changes of rows");
    // Of one run a side it is McNemar's own.
    std::vector<int> single(100, 0);
    std::fill_n(single.begin(), 10, 1);
    std::fill_n(single.begin() + 10, 2, -1);
    CHECK_NEAR(mcnemarOfRows(single).p, 0.03857421875, 1e-13);
    CHECK_EQ(mcnemarOfRows(single).method, "McNemar, exact");
    CHECK_EQ(mcnemarOfRows({}).p, 1.0);
    // Weights that are all the same change nothing, and the chi-square is Durkalski's.
    CHECK_NEAR(mcnemarOfWeightedRows(std::vector<double>{0.2, -0.1, 0.3, 0.1}).p,
               mcnemarOfWeightedRows(std::vector<double>{2, -1, 3, 1}).p, 1e-12);
    CHECK_NEAR(mcnemarOfWeightedRows(std::vector<double>{1, 1, 1, 1, -1}).p, mcnemarChiSquare(4, 1, false), 1e-12);
    // Many rows: chi-square, near what sign changes would say.
    std::vector<int> many(3000, 1);
    std::fill_n(many.begin(), 1440, -1);
    CHECK_EQ(mcnemarOfRows(many).method, "McNemar, chi-square");
    CHECK_NEAR(mcnemarOfRows(many).p, mcnemarExact(1560, 1440), 2e-3);
}

HILO_TEST(holmIsThatOfStatsmodels)
{
    const std::vector<double> corrected = holmCorrected(std::vector{0.01, 0.04, 0.03, 0.005, 0.2, 0.04});
    const std::vector<double> expected{0.05, 0.12, 0.12, 0.03, 0.2, 0.12};
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK_NEAR(corrected[i], expected[i], 1e-14);
    CHECK(holmCorrected({}).empty());
    CHECK_EQ(holmCorrected(std::vector{0.9, 0.8})[0], 1.0);
}

HILO_TEST(ranksShareTies)
{
    CHECK(ranksOf(std::vector{0.9, 0.8, 0.8, 0.7}, false) == (std::vector{1.0, 2.5, 2.5, 4.0}));
    CHECK(ranksOf(std::vector{0.9, 0.8, 0.8, 0.7}, true) == (std::vector{4.0, 2.5, 2.5, 1.0}));
    CHECK(ranksOf({}, true).empty());
}

HILO_TEST(friedmanIsThatOfScipyWithTies)
{
    const std::vector<std::vector<double>> values{{0.9, 0.8, 0.8, 0.7},
                                                  {0.6, 0.6, 0.6, 0.5},
                                                  {0.7, 0.75, 0.72, 0.69},
                                                  {0.5, 0.4, 0.45, 0.3},
                                                  {0.81, 0.8, 0.79, 0.82}};
    std::vector<std::vector<double>> ranks;
    for (const auto& task : values)
        ranks.push_back(ranksOf(task, false));
    const auto test = friedman(ranks);
    CHECK(test.has_value());
    CHECK_NEAR(test->chiSquare, 4.466666666666662, 1e-12);
    CHECK_NEAR(test->p, 0.21528288546414706, 1e-12);
    CHECK(!friedman({{1, 2}}));
    CHECK(friedman({{1.5, 1.5}, {1.5, 1.5}})->allTied);
    CHECK_EQ(friedman({{1.5, 1.5}, {1.5, 1.5}})->p, 1.0);
}

HILO_TEST(nemenyisDistanceIsDemsars)
{
    // Demšar 2006, table 5: q of 4 methods is 2.569; 14 tasks: 1.25.
    CHECK_NEAR(nemenyiCriticalDifference(4, 14), 2.569 * std::sqrt(4 * 5 / (6.0 * 14)), 1e-3);
    CHECK_NEAR(nemenyiCriticalDifference(10, 20), 3.164 * std::sqrt(10 * 11 / (6.0 * 20)), 1e-3);
    // His example: C4.5 3.143, C4.5+m 2.000, C4.5+cf 2.893, C4.5+m+cf 1.964.
    const auto chains = chainsWithin(std::vector{3.143, 2.000, 2.893, 1.964}, 1.25);
    CHECK(chains == (std::vector<std::vector<std::size_t>>{{3, 1, 2, 0}}));
    // 1.964 to 2.893 and 2.000 to 3.143 are within 1.15, 1.964 to 3.143 is not.
    CHECK(chainsWithin(std::vector{3.143, 2.000, 2.893, 1.964}, 1.15) ==
          (std::vector<std::vector<std::size_t>>{{3, 1, 2}, {1, 2, 0}}));
    CHECK(chainsWithin(std::vector{1.0, 3.0}, 1.0).empty());
}
