// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/distributions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hilo {
namespace {

/// Where a continued fraction's denominators would vanish (Lentz's method).
constexpr double tiny = 1e-300;

double away(double value)
{
    return std::abs(value) < tiny ? tiny : value;
}

/// I_x(a, b) by its continued fraction, which converges fast for x < (a + 1) / (a + b + 2). outside: 1 - x, which keeps
/// digits that x near 1 has lost.
double incompleteBeta(double a, double b, double x, double outside)
{
    if (x <= 0)
        return 0;
    if (outside <= 0)
        return 1;
    if (x > (a + 1) / (a + b + 2))
        return 1 - incompleteBeta(b, a, outside, x);
    const double front =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log(outside)) / a;
    double c = 1, d = 1 / away(1 - (a + b) * x / (a + 1)), fraction = d;
    for (int m = 1; m < 10000; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / away(1 + even * d);
        c = away(1 + even / c);
        fraction *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away(1 + odd * d);
        c = away(1 + odd / c);
        fraction *= d * c;
        if (std::abs(d * c - 1) < 1e-16)
            break;
    }
    return front * fraction;
}

} // namespace

double normalCumulative(double z)
{
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double chiSquareUpper(double x, double degreesOfFreedom)
{
    if (!(x > 0))
        return 1;
    const double a = degreesOfFreedom / 2, y = x / 2;
    const double front = std::exp(a * std::log(y) - y - std::lgamma(a));
    if (y < a + 1) {
        double term = 1 / a, sum = term;
        for (int n = 1; n < 100000 && term > sum * 1e-17; ++n) {
            term *= y / (a + n);
            sum += term;
        }
        return std::max(0.0, 1 - front * sum);
    }
    double b = y + 1 - a, c = 1 / tiny, d = 1 / away(b), fraction = d;
    for (int n = 1; n < 100000; ++n) {
        const double numerator = -n * (n - a);
        b += 2;
        d = 1 / away(numerator * d + b);
        c = away(b + numerator / c);
        fraction *= d * c;
        if (std::abs(d * c - 1) < 1e-16)
            break;
    }
    return std::clamp(front * fraction, 0.0, 1.0);
}

double studentTwoSided(double t, double degreesOfFreedom)
{
    if (std::isinf(t))
        return 0;
    const double n = degreesOfFreedom, square = t * t;
    return std::clamp(incompleteBeta(n / 2, 0.5, n / (n + square), square / (n + square)), 0.0, 1.0);
}

double studentHalfWidth95(double degreesOfFreedom)
{
    const double n = std::max(degreesOfFreedom, 0.5);
    // t falls from 161.4 at half a degree to 1.95996.
    double low = 1.9, high = 200;
    for (int i = 0; i < 80 && high - low > 1e-12; ++i) {
        const double middle = (low + high) / 2;
        (studentTwoSided(middle, n) > 0.05 ? low : high) = middle;
    }
    return (low + high) / 2;
}

double normalRangeCumulative(double q, int k)
{
    if (!(q > 0) || k < 2)
        return k < 2 ? 1 : 0;
    // k times the integral of density(z) * (P(z) - P(z - q))^(k - 1) over z, the largest value: Simpson's rule over all
    // z whose density counts.
    constexpr int steps = 2000;
    constexpr double low = -8.5, high = 8.5, width = (high - low) / steps;
    const auto at = [q, k](double z) {
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
        return density * std::pow(normalCumulative(z) - normalCumulative(z - q), k - 1);
    };
    double sum = at(low) + at(high);
    for (int i = 1; i < steps; ++i)
        sum += at(low + i * width) * (i % 2 == 1 ? 4 : 2);
    return std::min(1.0, k * sum * width / 3);
}

double normalRangeQuantile95(int k)
{
    double low = 0, high = 20;
    for (int i = 0; i < 60 && high - low > 1e-10; ++i) {
        const double middle = (low + high) / 2;
        (normalRangeCumulative(middle, k) < 0.95 ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace hilo
