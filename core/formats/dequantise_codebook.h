// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo {

// One block of 256 elements each, to float32, as the gguf package computes them (quants.py): bytes as they are in a
// file, values for 256 numbers.
void blockIQ1_S(const std::uint8_t* bytes, float* values);
void blockIQ1_M(const std::uint8_t* bytes, float* values);
void blockIQ2_XXS(const std::uint8_t* bytes, float* values);
void blockIQ2_XS(const std::uint8_t* bytes, float* values);
void blockIQ2_S(const std::uint8_t* bytes, float* values);
void blockIQ3_XXS(const std::uint8_t* bytes, float* values);
void blockIQ3_S(const std::uint8_t* bytes, float* values);

} // namespace hilo
