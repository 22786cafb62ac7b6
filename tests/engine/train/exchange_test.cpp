// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/exchange.h"

#include "support/testing.h"

#include <random>

using namespace hilo;

HILO_TEST(theLargestGainIsPaidByTheLeastWorth)
{
    // Source 0 would gain most, source 1 is worth least.
    const std::vector<Growth> growths{{0, 10, 5.0}, {1, 10, 0.1}, {2, 10, 1.0}};
    const std::vector<Loss> losses{{0, 10, 3.0, 1}, {1, 10, 0.2, 1}, {1, 10, 0.4, 1}, {2, 10, 0.9, 1}};
    const Exchange exchange = chooseExchange(growths, losses, {2, 3, 2}, {0, 1, 1.1});
    CHECK((exchange.come == std::vector<std::size_t>{0}));
    CHECK((exchange.go == std::vector<std::size_t>{1}));
    // Where there is room nobody pays; what is wider pays for several.
    CHECK(chooseExchange(growths, losses, {2, 3, 2}, {10, 1, 1.1}).go.empty());
    const Exchange wide = chooseExchange({{0, 15, 5.0}}, losses, {2, 3, 2}, {0, 1, 1.1});
    CHECK((wide.go == std::vector<std::size_t>{1, 2}));
    // Without a gain above what goes nothing moves.
    CHECK(chooseExchange({{0, 10, 0.21}}, losses, {2, 3, 2}, {0, 1, 1.1}).come.empty());
    CHECK(!chooseExchange({{0, 10, 0.23}}, losses, {2, 3, 2}, {0, 1, 1.1}).come.empty());
}

HILO_TEST(theLastRankOfAnExpertStays)
{
    const std::vector<Loss> losses{{1, 10, 0.1, 1}, {1, 10, 0.2, 1}};
    CHECK(chooseExchange({{0, 20, 9.0}}, losses, {1, 2}, {0, 5, 1.1}).come.empty());
    CHECK(!chooseExchange({{0, 20, 9.0}}, losses, {1, 3}, {0, 5, 1.1}).come.empty());
    // An expert that goes as a whole does not count.
    CHECK(!chooseExchange({{0, 20, 9.0}}, {{1, 24, 0.3, 0}}, {1, 2}, {0, 5, 1.1}).come.empty());
}

HILO_TEST(noBudgetIsEverExceededAndNothingGoesTwice)
{
    std::mt19937 random(4);
    const auto draw = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
    int moved = 0;
    for (int round = 0; round < 300; ++round) {
        std::vector<int> ranks;
        std::vector<Growth> growths;
        std::vector<Loss> losses;
        for (std::size_t source = 0; source < 8; ++source) {
            ranks.push_back(1 + draw(4));
            const std::int64_t price = 5 + draw(20);
            growths.push_back({source, price, draw(100) / 10.0});
            for (int rank = 0; rank < ranks.back(); ++rank)
                losses.push_back({source, price, (draw(20) + rank) / 10.0, 1});
        }
        const std::int64_t free = draw(10);
        const Exchange exchange = chooseExchange(growths, losses, ranks, {free, 4, 1.1});
        CHECK(exchange.come.size() <= 4);
        std::int64_t left = free;
        std::vector<int> now = ranks;
        std::vector<bool> gone(losses.size(), false), grown(ranks.size(), false);
        for (const std::size_t one : exchange.go) {
            CHECK(!gone[one]);
            gone[one] = true;
            left += losses[one].price;
            --now[losses[one].source];
        }
        for (const std::size_t one : exchange.come) {
            left -= growths[one].price;
            CHECK(!grown[growths[one].source]);
            grown[growths[one].source] = true;
            CHECK_EQ(now[growths[one].source], ranks[growths[one].source]);
            ++moved;
        }
        CHECK(left >= 0);
        for (const int rank : now)
            CHECK(rank >= 1);
    }
    CHECK(moved > 100);
}
