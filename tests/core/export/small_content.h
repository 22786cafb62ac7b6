// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testing.h"

#include "export/adapter_content.h"
#include "formats/layer_modules.h"
#include "formats/model_source.h"

namespace hilo::testing {

inline ModelConfig fixtureConfig(const std::string& name)
{
    return REQUIRE_OK(parseModelConfig(REQUIRE_OK(readJsonFile(dataFile("models/" + name + "/config.json"))), name));
}

/// Numbers that differ everywhere and are exact in binary.
inline std::vector<float> ramp(std::int64_t count, int start)
{
    std::vector<float> values;
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(static_cast<float>((i * 7 + start * 13) % 101 - 50) / 64);
    return values;
}

inline ModuleContent moduleContent(const ModelConfig& model, std::int64_t layer, const std::string& name,
                                   const std::vector<std::int64_t>& ranks, double scale, int topK = 1)
{
    ModuleContent module;
    module.layer = layer;
    for (const ModuleShape& shape : layerModules(model, layer))
        if (shape.name == name)
            module.shape = shape;
    for (const std::int64_t rank : ranks)
        module.experts.push_back({rank, scale, ramp(rank * module.shape.in, static_cast<int>(rank)),
                                  ramp(module.shape.out * rank, static_cast<int>(rank + 1))});
    if (ranks.size() > 1)
        module.router = ramp(static_cast<std::int64_t>(ranks.size()) * module.shape.in, 3);
    module.topK = topK;
    return module;
}

/// b·a·scale of an expert, [out, in] row-major: what a layout must keep.
inline std::vector<double> productOf(const ExpertContent& expert, const ModuleShape& shape)
{
    std::vector<double> product(static_cast<std::size_t>(shape.out * shape.in), 0.0);
    for (std::int64_t row = 0; row < shape.out; ++row)
        for (std::int64_t k = 0; k < expert.rank; ++k)
            for (std::int64_t column = 0; column < shape.in; ++column)
                product[static_cast<std::size_t>(row * shape.in + column)] +=
                    expert.scale * static_cast<double>(expert.b[static_cast<std::size_t>(row * expert.rank + k)]) *
                    static_cast<double>(expert.a[static_cast<std::size_t>(k * shape.in + column)]);
    return product;
}

inline double greatestDifference(const ExpertContent& a, const ExpertContent& b, const ModuleShape& shape)
{
    const auto first = productOf(a, shape), second = productOf(b, shape);
    double greatest = 0;
    for (std::size_t i = 0; i < first.size(); ++i)
        greatest = std::max(greatest, std::abs(first[i] - second[i]));
    return greatest;
}

} // namespace hilo::testing
