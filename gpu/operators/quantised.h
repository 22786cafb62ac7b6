// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/quantised_value.h"
#include "gpu/tensor.h"

namespace hilo::gpu {

/// A frozen weight [rows, columns] in few bits.
///   Nf4: 4 bits a value, blocks of 64 with 8-bit scales, blocks of 256 scales with a float32 one: 4.13 bits a value
///     (2305.14314; the layout and the map of the scales are those of bitsandbytes)
///   Int8: largest value of each row / 127; E4m3: largest value of each row / 448
struct QuantisedWeight
{
    WeightFormat format = WeightFormat::Nf4;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    torch::Tensor codes;       ///< uint8: [(rows · columns + 1) / 2], or [rows, columns]
    torch::Tensor scaleCodes;  ///< Nf4 only: uint8, one a block
    torch::Tensor scaleScales; ///< float32: one for 256 blocks, or one a row
    torch::Tensor table;       ///< Nf4 only: float32 [nf4Table]

    bool defined() const { return codes.defined(); }
    QuantisedWeight to(torch::Device device) const;
    std::int64_t bytes() const;
};

/// Of a weight in float32, float16 or bfloat16 on the CPU. Every code is the nearest one.
QuantisedWeight quantise(const torch::Tensor& weight, WeightFormat format);

/// All values, [rows, columns].
torch::Tensor dequantise(const QuantisedWeight& weight, torch::Dtype type);

/// x [T, columns] · weightᵀ -> [T, rows] in x's type, with a gradient by x. The values are made where they are
/// multiplied: piece by piece on the CPU; on CUDA inside the product for few tokens, else into one buffer that lives as
/// long as the product. E4m3 on Hopper or newer: x is rounded to e4m3 too where rows and columns are multiples of 16.
torch::Tensor quantisedLinear(const torch::Tensor& x, const QuantisedWeight& weight);

} // namespace hilo::gpu
