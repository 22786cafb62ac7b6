// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/data_type.h"

#include "base/byte_reader.h"
#include "base/text_format.h"

#include <array>
#include <vector>

namespace hilo {
namespace {

struct TypeFacts
{
    DataType type;
    const char* name;
    std::uint64_t blockElements;
    std::uint64_t blockBytes;
};

constexpr std::array typeFacts = {
    TypeFacts{DataType::F64, "F64", 1, 8},
    TypeFacts{DataType::F32, "F32", 1, 4},
    TypeFacts{DataType::F16, "F16", 1, 2},
    TypeFacts{DataType::BF16, "BF16", 1, 2},
    TypeFacts{DataType::I64, "I64", 1, 8},
    TypeFacts{DataType::I32, "I32", 1, 4},
    TypeFacts{DataType::I16, "I16", 1, 2},
    TypeFacts{DataType::I8, "I8", 1, 1},
    TypeFacts{DataType::U8, "U8", 1, 1},
    TypeFacts{DataType::Bool, "BOOL", 1, 1},
    TypeFacts{DataType::Q8_0, "Q8_0", 32, 34},
    TypeFacts{DataType::Q4_0, "Q4_0", 32, 18},
    TypeFacts{DataType::Q4_1, "Q4_1", 32, 20},
    TypeFacts{DataType::Q5_0, "Q5_0", 32, 22},
    TypeFacts{DataType::Q5_1, "Q5_1", 32, 24},
    TypeFacts{DataType::Q4_K, "Q4_K", 256, 144},
    TypeFacts{DataType::Q5_K, "Q5_K", 256, 176},
    TypeFacts{DataType::Q6_K, "Q6_K", 256, 210},
    TypeFacts{DataType::Q2_K, "Q2_K", 256, 84},
    TypeFacts{DataType::Q3_K, "Q3_K", 256, 110},
    TypeFacts{DataType::IQ1_S, "IQ1_S", 256, 50},
    TypeFacts{DataType::IQ1_M, "IQ1_M", 256, 56},
    TypeFacts{DataType::IQ2_XXS, "IQ2_XXS", 256, 66},
    TypeFacts{DataType::IQ2_XS, "IQ2_XS", 256, 74},
    TypeFacts{DataType::IQ2_S, "IQ2_S", 256, 82},
    TypeFacts{DataType::IQ3_XXS, "IQ3_XXS", 256, 98},
    TypeFacts{DataType::IQ3_S, "IQ3_S", 256, 110},
    TypeFacts{DataType::IQ4_NL, "IQ4_NL", 32, 18},
    TypeFacts{DataType::IQ4_XS, "IQ4_XS", 256, 136},
    TypeFacts{DataType::TQ1_0, "TQ1_0", 256, 54},
    TypeFacts{DataType::TQ2_0, "TQ2_0", 256, 66},
    TypeFacts{DataType::MXFP4, "MXFP4", 32, 17},
    TypeFacts{DataType::NVFP4, "NVFP4", 64, 36},
};

const TypeFacts* factsOf(DataType type)
{
    for (const TypeFacts& facts : typeFacts)
        if (facts.type == type)
            return &facts;
    return nullptr;
}

} // namespace

std::string dataTypeName(DataType type)
{
    const TypeFacts* facts = factsOf(type);
    return facts ? facts->name : "unsupported";
}

bool isFloat(DataType type)
{
    return type == DataType::F64 || type == DataType::F32 || type == DataType::F16 || type == DataType::BF16;
}

bool isBlock(DataType type)
{
    const TypeFacts* facts = factsOf(type);
    return facts && facts->blockElements > 1;
}

std::string blockTypeNames()
{
    std::vector<std::string> names;
    for (const TypeFacts& facts : typeFacts)
        if (facts.blockElements > 1)
            names.emplace_back(facts.name);
    return joined(names);
}

Result<std::uint64_t> storageBytes(DataType type, std::uint64_t count)
{
    const TypeFacts* facts = factsOf(type);
    if (!facts)
        return failure(internalError("The size of an unsupported type was asked for."));
    if (count % facts->blockElements != 0)
        return failure(badInput({}, {},
                                std::to_string(count) + " elements are not a multiple of " + facts->name +
                                    "'s block of " + std::to_string(facts->blockElements) + "."));
    std::uint64_t bytes = 0;
    if (!checkedMultiply(count / facts->blockElements, facts->blockBytes, bytes))
        return failure(badInput({}, {}, "The size of the tensor overflows 64 bits."));
    return bytes;
}

} // namespace hilo
