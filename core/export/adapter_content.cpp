// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/adapter_content.h"
#include "formats/base_expert_modules.h"

#include <algorithm>

namespace hilo {

bool AdapterContent::isRouted() const
{
    return std::any_of(modules.begin(), modules.end(),
                       [](const ModuleContent& module) { return !module.router.empty(); });
}

std::int64_t AdapterContent::largestRank() const
{
    std::int64_t largest = 0;
    for (const ModuleContent& module : modules)
        for (const ExpertContent& expert : module.experts)
            largest = std::max(largest, expert.rank);
    return largest;
}

ExpertContent withScaleFolded(ExpertContent expert)
{
    for (float& value : expert.b)
        value = static_cast<float>(static_cast<double>(value) * expert.scale);
    expert.scale = 1;
    return expert;
}

ExpertContent paddedTo(ExpertContent expert, std::int64_t rank, const ModuleShape& shape)
{
    if (rank <= expert.rank)
        return expert;
    expert.a.resize(static_cast<std::size_t>(rank * shape.in), 0.0f);
    std::vector<float> wider(static_cast<std::size_t>(shape.out * rank), 0.0f);
    for (std::int64_t row = 0; row < shape.out; ++row)
        std::copy_n(expert.b.begin() + row * expert.rank, expert.rank, wider.begin() + row * rank);
    expert.b = std::move(wider);
    expert.rank = rank;
    return expert;
}

ExpertContent zeroExpert(std::int64_t rank, const ModuleShape& shape)
{
    return {rank, 1, std::vector<float>(static_cast<std::size_t>(rank * shape.in), 0.0f),
            std::vector<float>(static_cast<std::size_t>(shape.out * rank), 0.0f)};
}

std::string pathOf(const AdapterContent& content, const ModuleContent& module)
{
    return modulePath(content.model, module.layer, module.shape);
}

const ModuleContent* findModule(const AdapterContent& content, std::int64_t layer, const std::string& name)
{
    for (const ModuleContent& module : content.modules)
        if (module.layer == layer && module.shape.name == name)
            return &module;
    return nullptr;
}

void sortModules(AdapterContent& content)
{
    const ModuleGrid modules = mapGrid(content.model);
    const auto indexOf = [&modules](const ModuleContent& module) {
        return modules.columnOf(module.shape.name).value_or(modules.columns());
    };
    std::stable_sort(content.modules.begin(), content.modules.end(),
                     [&](const ModuleContent& a, const ModuleContent& b) {
                         return std::pair(a.layer, indexOf(a)) < std::pair(b.layer, indexOf(b));
                     });
}

} // namespace hilo
