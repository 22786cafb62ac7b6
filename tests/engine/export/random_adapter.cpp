// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_adapter.h"

#include "formats/layer_modules.h"
#include "formats/model_source.h"

namespace hilo::testing {
namespace {

int numberOf(std::int64_t layer, const std::string& module)
{
    int number = static_cast<int>(layer) * 7;
    for (const char character : module)
        number += character;
    return number;
}

} // namespace

std::filesystem::path modelPlace(const std::string& model)
{
    const std::filesystem::path path = model;
    return path.is_absolute() ? path : dataFile("models/" + model);
}

ModuleAllocation variedPlain(std::int64_t layer, const std::string& module)
{
    const int number = numberOf(layer, module);
    if (number % 6 == 0)
        return {};
    constexpr int ranks[] = {2, 5, 3, 8, 1};
    return {{ranks[number % 5]}, 1, 4.0 + number % 9, 0};
}

ModuleAllocation levelMixture(std::int64_t layer, const std::string& module)
{
    if (module == "k_proj" || (layer == 1 && module == "down_proj"))
        return {};
    if (layer == 0)
        return {{2, 2, 2}, 2, 8, 0};
    if (layer == 1)
        return {{3, 1}, 1, 6, 0};
    return {{4}, 1, 8, 0};
}

ModuleAllocation freeMixture(std::int64_t layer, const std::string& module)
{
    const int number = numberOf(layer, module);
    if (number % 7 == 0)
        return {};
    ModuleAllocation allocation;
    for (int expert = 0; expert < 1 + number % 4; ++expert)
        allocation.ranks.push_back(1 + (number + expert * 3) % 5);
    allocation.topK = std::min(allocation.experts(), 1 + number % 2);
    allocation.alpha = 6;
    return allocation;
}

AllocationMap mapBy(const ModelConfig& model, const Choose& choose)
{
    AllocationMap map;
    map.name = "random";
    map.strategy = "manual";
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& shape : layerModules(model, layer))
            if (ModuleAllocation allocation = choose(layer, shape.name); allocation.experts() > 0)
                map.layers[static_cast<std::size_t>(layer)][shape.name] = std::move(allocation);
    return map;
}

std::shared_ptr<MixtureAdapter> writeRandomAdapter(const std::filesystem::path& folder, const std::string& model,
                                                   const Choose& choose, const AdapterSettings& settings)
{
    const ModelSource source = REQUIRE_OK(openModel(modelPlace(model)));
    const AllocationMap map = mapBy(source.config, choose);
    REQUIRE_OK(validateAllocationMap(map, source.config, "map"));
    auto adapter = MixtureAdapter::create(source.config, map, settings, torch::kCPU);
    {
        const torch::NoGradGuard noGradients;
        torch::manual_seed(5);
        for (const auto& [name, tensor] : adapter->namedTensors())
            tensor.copy_(torch::randn(tensor.sizes()) * (name.ends_with("router.weight") ? 1.0 : 0.1));
    }
    std::filesystem::create_directories(folder);
    REQUIRE_OK(adapter->save(folder));
    return adapter;
}

ExportRequest requestFor(const std::filesystem::path& adapter, const std::string& model, const std::string& format,
                         const std::filesystem::path& out)
{
    ExportRequest request;
    request.source = adapter;
    request.model = modelPlace(model);
    request.format = format;
    request.out = out;
    request.threads = 1;
    return request;
}

} // namespace hilo::testing
