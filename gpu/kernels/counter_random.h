// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo::gpu {

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014; constants: Stafford's variant 13): a bijection of 64 bits.
constexpr std::uint64_t mixBits(std::uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

/// The counter-th number of the sequence named by key. Stateless, so that any part of a sequence can be drawn again
/// (recomputed activations, resumed runs) and by any number of threads.
constexpr std::uint64_t counterRandom(std::uint64_t key, std::uint64_t counter)
{
    return mixBits(key + (counter + 1) * 0x9e3779b97f4a7c15u);
}

/// A key made of several numbers; their order matters.
template <class... Values>
constexpr std::uint64_t randomKey(std::uint64_t key, Values... values)
{
    ((key = counterRandom(mixBits(key), static_cast<std::uint64_t>(values))), ...);
    return key;
}

/// Uniform in [0, 1) with 24 bits.
constexpr float uniformFloat(std::uint64_t bits)
{
    return static_cast<float>(bits >> 40) * 0x1p-24f;
}

} // namespace hilo::gpu
