// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/data_type.h"

#include "base/byte_reader.h"
#include "base/text_format.h"
#include "formats/block_shape.h"

#include <array>
#include <vector>

namespace hilo {
namespace {

struct TypeName
{
    DataType type;
    const char* name;
};

constexpr std::array typeNames = {
    TypeName{DataType::F64, "F64"},         TypeName{DataType::F32, "F32"},
    TypeName{DataType::F16, "F16"},         TypeName{DataType::BF16, "BF16"},
    TypeName{DataType::I64, "I64"},         TypeName{DataType::I32, "I32"},
    TypeName{DataType::I16, "I16"},         TypeName{DataType::I8, "I8"},
    TypeName{DataType::U8, "U8"},           TypeName{DataType::Bool, "BOOL"},
    TypeName{DataType::F8_E4M3, "F8_E4M3"}, TypeName{DataType::F8_E5M2, "F8_E5M2"},
    TypeName{DataType::F8_E8M0, "F8_E8M0"}, TypeName{DataType::Q8_0, "Q8_0"},
    TypeName{DataType::Q4_0, "Q4_0"},       TypeName{DataType::Q4_1, "Q4_1"},
    TypeName{DataType::Q5_0, "Q5_0"},       TypeName{DataType::Q5_1, "Q5_1"},
    TypeName{DataType::Q4_K, "Q4_K"},       TypeName{DataType::Q5_K, "Q5_K"},
    TypeName{DataType::Q6_K, "Q6_K"},       TypeName{DataType::Q2_K, "Q2_K"},
    TypeName{DataType::Q3_K, "Q3_K"},       TypeName{DataType::IQ1_S, "IQ1_S"},
    TypeName{DataType::IQ1_M, "IQ1_M"},     TypeName{DataType::IQ2_XXS, "IQ2_XXS"},
    TypeName{DataType::IQ2_XS, "IQ2_XS"},   TypeName{DataType::IQ2_S, "IQ2_S"},
    TypeName{DataType::IQ3_XXS, "IQ3_XXS"}, TypeName{DataType::IQ3_S, "IQ3_S"},
    TypeName{DataType::IQ4_NL, "IQ4_NL"},   TypeName{DataType::IQ4_XS, "IQ4_XS"},
    TypeName{DataType::TQ1_0, "TQ1_0"},     TypeName{DataType::TQ2_0, "TQ2_0"},
    TypeName{DataType::MXFP4, "MXFP4"},     TypeName{DataType::NVFP4, "NVFP4"},
};

} // namespace

std::string dataTypeName(DataType type)
{
    for (const TypeName& known : typeNames)
        if (known.type == type)
            return known.name;
    return "unsupported";
}

bool isFloat(DataType type)
{
    return type == DataType::F64 || type == DataType::F32 || type == DataType::F16 || type == DataType::BF16;
}

bool isBlock(DataType type)
{
    const std::optional<BlockShape> shape = blockShape(type);
    return shape && shape->elements > 1;
}

std::string blockTypeNames()
{
    std::vector<std::string> names;
    for (const TypeName& known : typeNames)
        if (isBlock(known.type))
            names.emplace_back(known.name);
    return joined(names);
}

Result<std::uint64_t> storageBytes(DataType type, std::uint64_t count)
{
    const std::optional<BlockShape> shape = blockShape(type);
    if (!shape)
        return failure(internalError("The size of an unsupported type was asked for."));
    if (count % shape->elements != 0)
        return failure(badInput({}, {},
                                std::to_string(count) + " elements are not a multiple of " + dataTypeName(type) +
                                    "'s block of " + std::to_string(shape->elements) + "."));
    std::uint64_t bytes = 0;
    if (!checkedMultiply(count / shape->elements, shape->bytes, bytes))
        return failure(badInput({}, {}, "The size of the tensor overflows 64 bits."));
    return bytes;
}

} // namespace hilo
