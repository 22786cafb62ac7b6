// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/exchange.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

template <class Items, class Value>
std::vector<std::size_t> ordered(const Items& items, const Value& perParameter)
{
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return perParameter(items[a]) < perParameter(items[b]); });
    return order;
}

} // namespace

Exchange chooseExchange(const std::vector<Growth>& growths, const std::vector<Loss>& losses,
                        const std::vector<int>& ranksOf, const ExchangeLimits& limits)
{
    const std::vector<std::size_t> coming =
        ordered(growths, [](const Growth& one) { return -one.gain / static_cast<double>(one.price); });
    const std::vector<std::size_t> going =
        ordered(losses, [](const Loss& one) { return one.worth / static_cast<double>(one.price); });
    Exchange exchange;
    std::int64_t free = limits.free;
    std::vector<int> left = ranksOf;
    std::vector<bool> grows(ranksOf.size(), false), shrinks(ranksOf.size(), false), gone(losses.size(), false);
    for (const std::size_t candidate : coming) {
        if (exchange.come.size() >= limits.mostGrowths)
            break;
        const Growth& growth = growths[candidate];
        if (grows[growth.source] || shrinks[growth.source] || !(growth.gain > 0))
            continue;
        std::vector<std::size_t> paying;
        std::vector<int> leftThen = left;
        std::int64_t found = free;
        double worth = 0;
        for (const std::size_t one : going) {
            if (found >= growth.price)
                break;
            const Loss& loss = losses[one];
            if (gone[one] || grows[loss.source] || loss.source == growth.source ||
                leftThen[loss.source] - loss.ranks < 1)
                continue;
            leftThen[loss.source] -= loss.ranks;
            found += loss.price;
            worth += loss.worth;
            paying.push_back(one);
        }
        // What comes next gains less for each parameter, but may cost fewer.
        if (found < growth.price || growth.gain <= limits.margin * worth)
            continue;
        for (const std::size_t one : paying) {
            gone[one] = true;
            shrinks[losses[one].source] = true;
            exchange.go.push_back(one);
        }
        left = std::move(leftThen);
        grows[growth.source] = true;
        free = found - growth.price;
        exchange.come.push_back(candidate);
    }
    return exchange;
}

} // namespace hilo
