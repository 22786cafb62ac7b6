// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace hilo {

// The points that ggml's IQ types choose from: eight coordinates of two bits each (the lowest first), or four of four
// bits. What a number stands for is the type's: -1, 0, 1 for IQ1; 8, 25, 43 for IQ2; eight values each for IQ3.
extern const std::array<std::uint16_t, 256> points2Xxs;
extern const std::array<std::uint16_t, 512> points2Xs;
extern const std::array<std::uint16_t, 1024> points2S;
extern const std::array<std::uint16_t, 256> points3Xxs;
extern const std::array<std::uint16_t, 512> points3S;
extern const std::array<std::uint16_t, 2048> points1; ///< IQ1_S and IQ1_M

} // namespace hilo
