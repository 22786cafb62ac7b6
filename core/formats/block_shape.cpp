// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/block_shape.h"

#include <array>
#include <utility>

namespace hilo {
namespace {

constexpr std::array blockShapes = {
    std::pair{DataType::F64, BlockShape{1, 8}},        std::pair{DataType::F32, BlockShape{1, 4}},
    std::pair{DataType::F16, BlockShape{1, 2}},        std::pair{DataType::BF16, BlockShape{1, 2}},
    std::pair{DataType::I64, BlockShape{1, 8}},        std::pair{DataType::I32, BlockShape{1, 4}},
    std::pair{DataType::I16, BlockShape{1, 2}},        std::pair{DataType::I8, BlockShape{1, 1}},
    std::pair{DataType::U8, BlockShape{1, 1}},         std::pair{DataType::Bool, BlockShape{1, 1}},
    std::pair{DataType::F8_E4M3, BlockShape{1, 1}},    std::pair{DataType::F8_E5M2, BlockShape{1, 1}},
    std::pair{DataType::F8_E8M0, BlockShape{1, 1}},    std::pair{DataType::Q8_0, BlockShape{32, 34}},
    std::pair{DataType::Q4_0, BlockShape{32, 18}},     std::pair{DataType::Q4_1, BlockShape{32, 20}},
    std::pair{DataType::Q5_0, BlockShape{32, 22}},     std::pair{DataType::Q5_1, BlockShape{32, 24}},
    std::pair{DataType::Q4_K, BlockShape{256, 144}},   std::pair{DataType::Q5_K, BlockShape{256, 176}},
    std::pair{DataType::Q6_K, BlockShape{256, 210}},   std::pair{DataType::Q2_K, BlockShape{256, 84}},
    std::pair{DataType::Q3_K, BlockShape{256, 110}},   std::pair{DataType::IQ1_S, BlockShape{256, 50}},
    std::pair{DataType::IQ1_M, BlockShape{256, 56}},   std::pair{DataType::IQ2_XXS, BlockShape{256, 66}},
    std::pair{DataType::IQ2_XS, BlockShape{256, 74}},  std::pair{DataType::IQ2_S, BlockShape{256, 82}},
    std::pair{DataType::IQ3_XXS, BlockShape{256, 98}}, std::pair{DataType::IQ3_S, BlockShape{256, 110}},
    std::pair{DataType::IQ4_NL, BlockShape{32, 18}},   std::pair{DataType::IQ4_XS, BlockShape{256, 136}},
    std::pair{DataType::TQ1_0, BlockShape{256, 54}},   std::pair{DataType::TQ2_0, BlockShape{256, 66}},
    std::pair{DataType::MXFP4, BlockShape{32, 17}},    std::pair{DataType::NVFP4, BlockShape{64, 36}},
};

} // namespace

std::optional<BlockShape> blockShape(DataType type)
{
    for (const auto& [known, shape] : blockShapes)
        if (known == type)
            return shape;
    return std::nullopt;
}

} // namespace hilo
