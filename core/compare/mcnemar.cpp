// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/mcnemar.h"

#include "compare/distributions.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

namespace hilo {
namespace {

constexpr std::int64_t mostExact = 2000;

/// P(Binomial(n, 1/2) = i) for all i.
std::vector<double> fairBinomial(std::int64_t n)
{
    std::vector<double> mass(static_cast<std::size_t>(n) + 1);
    const double whole = std::lgamma(static_cast<double>(n) + 1) - static_cast<double>(n) * std::log(2.0);
    for (std::int64_t i = 0; i <= n; ++i)
        mass[static_cast<std::size_t>(i)] =
            std::exp(whole - std::lgamma(static_cast<double>(i) + 1) - std::lgamma(static_cast<double>(n - i) + 1));
    return mass;
}

/// P(|sum| >= |observed|) where each row's difference keeps or changes its sign by a fair coin. rows: how many rows
/// have each absolute difference. With U the total of the differences that kept their sign, the sum is 2 U - total.
double signFlips(const std::map<int, std::int64_t>& rows, std::int64_t total, std::int64_t observed)
{
    std::vector<double> mass{1};
    for (const auto& [size, count] : rows) {
        const std::vector<double> kept = fairBinomial(count);
        std::vector<double> next(mass.size() + static_cast<std::size_t>(count * size), 0.0);
        for (std::size_t i = 0; i < kept.size(); ++i)
            if (kept[i] > 0)
                for (std::size_t j = 0; j < mass.size(); ++j)
                    next[j + i * static_cast<std::size_t>(size)] += mass[j] * kept[i];
        mass = std::move(next);
    }
    double p = 0;
    for (std::size_t i = 0; i < mass.size(); ++i)
        if (std::abs(2 * static_cast<std::int64_t>(i) - total) >= std::abs(observed))
            p += mass[i];
    return std::min(1.0, p);
}

} // namespace

double mcnemarExact(std::int64_t onlyFirst, std::int64_t onlySecond)
{
    const std::int64_t n = onlyFirst + onlySecond;
    return n == 0 ? 1 : signFlips({{1, n}}, n, onlyFirst - onlySecond);
}

double mcnemarChiSquare(std::int64_t onlyFirst, std::int64_t onlySecond, bool corrected)
{
    const double n = static_cast<double>(onlyFirst + onlySecond);
    if (n == 0)
        return 1;
    const double distance =
        std::max(0.0, std::abs(static_cast<double>(onlyFirst - onlySecond)) - (corrected ? 1.0 : 0.0));
    return chiSquareUpper(distance * distance / n, 1);
}

RowTest mcnemarOfRows(std::span<const int> difference)
{
    std::map<int, std::int64_t> rows;
    std::int64_t total = 0, sum = 0;
    for (const int d : difference)
        if (d != 0) {
            ++rows[std::abs(d)];
            total += std::abs(d);
            sum += d;
        }
    const bool single = rows.empty() || rows.rbegin()->first == 1;
    if (total == 0)
        return {1, "McNemar, exact"};
    if (total <= mostExact)
        return {signFlips(rows, total, sum),
                single ? "McNemar, exact" : "McNemar over seeds, exact sign changes of rows"};
    std::vector<double> weighted(difference.begin(), difference.end());
    RowTest test = mcnemarOfWeightedRows(weighted);
    if (single)
        test.method = "McNemar, chi-square";
    return test;
}

RowTest mcnemarOfWeightedRows(std::span<const double> difference)
{
    double sum = 0, squares = 0;
    for (const double d : difference) {
        sum += d;
        squares += d * d;
    }
    return {squares > 0 ? chiSquareUpper(sum * sum / squares, 1) : 1,
            "McNemar over seeds and rows, chi-square (Durkalski)"};
}

} // namespace hilo
