// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace hilo {

/// The counter-th number of the sequence that key names (SplitMix64: Steele, Lea, Flood 2014). The same everywhere,
/// unlike the generators and shuffles of the standard library. gpu/kernels/counter_random.h draws the same sequence for
/// code that runs on devices; neither library sees the other.
constexpr std::uint64_t counterNumber(std::uint64_t key, std::uint64_t counter)
{
    std::uint64_t value = key + (counter + 1) * 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

/// Fisher and Yates' shuffle as a pure function of key and size.
template <class T>
void shuffle(std::vector<T>& values, std::uint64_t key)
{
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[counterNumber(key, i) % i]);
}

} // namespace hilo
