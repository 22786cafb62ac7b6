// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/smoothing.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace hilo {

int Smoothing::window() const
{
    const double kept = std::clamp(strength, 0.0, 0.999);
    return std::max(1, static_cast<int>(std::lround((1 + kept) / (1 - kept))));
}

double Smoother::add(double value)
{
    if (!std::isfinite(value))
        return current();
    if (smoothing_.method == Smoothing::Method::Exponential) {
        mean_ = smoothing_.strength * mean_ + (1 - smoothing_.strength) * value;
        share_ = smoothing_.strength * share_ + (1 - smoothing_.strength);
        return current();
    }
    window_.push_back(value);
    sum_ += value;
    const bool isMedian = smoothing_.method == Smoothing::Method::Median;
    if (isMedian)
        sorted_.insert(value);
    const auto wanted =
        smoothing_.method == Smoothing::Method::None ? std::size_t{1} : static_cast<std::size_t>(smoothing_.window());
    while (window_.size() > wanted) {
        sum_ -= window_.front();
        if (isMedian)
            sorted_.erase(sorted_.find(window_.front()));
        window_.pop_front();
    }
    return current();
}

double Smoother::current() const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (smoothing_.method == Smoothing::Method::Exponential)
        return share_ > 0 ? mean_ / share_ : none;
    if (window_.empty())
        return none;
    if (smoothing_.method == Smoothing::Method::None)
        return window_.back();
    if (smoothing_.method == Smoothing::Method::Mean)
        return static_cast<double>(sum_ / static_cast<long double>(window_.size()));
    const auto half = static_cast<std::ptrdiff_t>(sorted_.size() / 2);
    const auto middle = std::next(sorted_.begin(), half);
    return sorted_.size() % 2 == 1 ? *middle : (*std::prev(middle) + *middle) / 2;
}

} // namespace hilo
