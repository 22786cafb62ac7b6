// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/checksum.h"

#include "base/copy_bytes.h"

#include <array>
#include <bit>
#include <cstring>

namespace hilo {
namespace {

// Odd numbers of many changes: of the golden ratio, and two of SplitMix64's (Steele, Lea, Flood 2014).
constexpr std::uint64_t spreadFactor = 0x9e3779b97f4a7c15u;
constexpr std::uint64_t mixFirst = 0xbf58476d1ce4e5b9u;
constexpr std::uint64_t mixSecond = 0x94d049bb133111ebu;

constexpr std::uint64_t stir(std::uint64_t lane, std::uint64_t word)
{
    return std::rotl(lane ^ (word * mixFirst), 29) * spreadFactor;
}

} // namespace

std::uint64_t checksumOf(std::span<const std::byte> bytes)
{
    std::array<std::uint64_t, 4> lanes{spreadFactor, mixFirst, mixSecond, ~spreadFactor};
    std::size_t at = 0;
    for (; bytes.size() - at >= 32; at += 32) {
        std::array<std::uint64_t, 4> words;
        std::memcpy(words.data(), bytes.data() + at, 32);
        for (std::size_t lane = 0; lane < 4; ++lane)
            lanes[lane] = stir(lanes[lane], words[lane]);
    }
    std::array<std::uint64_t, 4> last{};
    copyBytes(last.data(), bytes.subspan(at));
    std::uint64_t sum = bytes.size() * spreadFactor;
    for (std::size_t lane = 0; lane < 4; ++lane)
        sum = stir(sum, stir(lanes[lane], last[lane]));
    sum = (sum ^ (sum >> 30)) * mixFirst;
    sum = (sum ^ (sum >> 27)) * mixSecond;
    return sum ^ (sum >> 31);
}

} // namespace hilo
