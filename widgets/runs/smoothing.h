// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <set>

namespace hilo {

/// How a curve over steps is smoothed. None of them looks ahead, so that what is drawn of a live run stays.
struct Smoothing
{
    enum class Method {
        None,
        Exponential, ///< weights strength^k of the value k points back, over their sum: no pull towards 0 at the start
        Mean,        ///< of the newest window() points
        Median       ///< of them
    };
    Method method = Method::Exponential;
    double strength = 0.9; ///< 0 (nothing) to below 1

    bool isOn() const { return method != Method::None && strength > 0; }
    /// As many points as have the same mean age as under the exponential weights: (1 + strength) / (1 - strength).
    int window() const;
    bool operator==(const Smoothing&) const = default;
};

/// Smooths values as they come. What is no number changes nothing; before the first number there is none.
class Smoother
{
  public:
    explicit Smoother(const Smoothing& smoothing = {}) : smoothing_(smoothing) {}

    /// The smoothed value at this point.
    double add(double value);

  private:
    double current() const;

    Smoothing smoothing_;
    double mean_ = 0, share_ = 0; ///< exponential
    std::deque<double> window_;
    std::multiset<double> sorted_; ///< of the window, for the median
    long double sum_ = 0;          ///< of it, for the mean
};

} // namespace hilo
