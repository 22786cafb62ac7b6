// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/module_grid.h"

#include "formats/layer_modules.h"
#include "formats/tensor_layout.h"

#include <algorithm>

namespace hilo {
namespace {

/// The names of all layers, each in front of the next one behind it that is known already; those of the base's own
/// experts behind all others, so that whoever leaves them out has the same columns.
std::vector<std::string> namesInOrder(const std::vector<std::vector<ModuleShape>>& layers)
{
    std::vector<std::string> names;
    for (const std::vector<ModuleShape>& modules : layers) {
        auto place = names.end();
        for (auto module = modules.rbegin(); module != modules.rend(); ++module) {
            const auto found = std::find(names.begin(), names.end(), module->name);
            place = found == names.end() ? names.insert(place, module->name) : found;
        }
    }
    const auto isOfBase = [&layers](const std::string& name) {
        return std::any_of(layers.begin(), layers.end(), [&name](const std::vector<ModuleShape>& modules) {
            return std::any_of(modules.begin(), modules.end(), [&name](const ModuleShape& module) {
                return module.baseExperts > 0 && module.name == name;
            });
        });
    };
    std::stable_partition(names.begin(), names.end(), [&](const std::string& name) { return !isOfBase(name); });
    return names;
}

} // namespace

ModuleGrid ModuleGrid::of(std::vector<std::vector<ModuleShape>> layers)
{
    ModuleGrid grid;
    grid.names_ = namesInOrder(layers);
    grid.layers_ = std::move(layers);
    for (std::vector<ModuleShape>& modules : grid.layers_) {
        std::vector<int>& places = grid.places_.emplace_back(grid.names_.size(), -1);
        for (std::size_t index = 0; index < modules.size(); ++index) {
            const std::size_t column = *grid.columnOf(modules[index].name);
            modules[index].column = static_cast<int>(column);
            places[column] = static_cast<int>(index);
        }
    }
    return grid;
}

std::optional<std::size_t> ModuleGrid::columnOf(const std::string& name) const
{
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names_.begin()));
}

const ModuleShape* ModuleGrid::find(std::size_t layer, std::size_t column) const
{
    if (layer >= layers_.size() || column >= names_.size())
        return nullptr;
    const int place = places_[layer][column];
    return place < 0 ? nullptr : &layers_[layer][static_cast<std::size_t>(place)];
}

const ModuleShape* ModuleGrid::find(std::size_t layer, const std::string& name) const
{
    const auto column = columnOf(name);
    return column ? find(layer, *column) : nullptr;
}

const ModuleShape& ModuleGrid::example(std::size_t column) const
{
    std::size_t layer = 0;
    while (places_[layer][column] < 0)
        ++layer;
    return *find(layer, column);
}

std::size_t ModuleGrid::modules() const
{
    std::size_t count = 0;
    for (const std::vector<ModuleShape>& modules : layers_)
        count += modules.size();
    return count;
}

int ModuleGrid::inputGroups() const
{
    int groups = 0;
    for (const std::vector<ModuleShape>& modules : layers_)
        for (const ModuleShape& module : modules)
            groups = std::max(groups, module.inputGroup + 1);
    return groups;
}

bool ModuleGrid::isUniform() const
{
    const auto isSame = [](const ModuleShape& one, const ModuleShape& other) {
        return one.name == other.name && one.in == other.in && one.out == other.out;
    };
    return std::all_of(layers_.begin(), layers_.end(), [&](const std::vector<ModuleShape>& modules) {
        return std::equal(modules.begin(), modules.end(), layers_.front().begin(), layers_.front().end(), isSame);
    });
}

ModuleGrid ModuleGrid::only(const std::vector<std::string>& names) const
{
    std::vector<std::vector<ModuleShape>> layers = layers_;
    for (std::vector<ModuleShape>& modules : layers)
        std::erase_if(modules, [&names](const ModuleShape& module) {
            return std::find(names.begin(), names.end(), module.name) == names.end();
        });
    return of(std::move(layers));
}

ModuleGrid moduleGrid(const ModelConfig& config)
{
    std::vector<std::vector<ModuleShape>> layers;
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        layers.push_back(layerModules(config, layer));
    return ModuleGrid::of(std::move(layers));
}

std::string modulePath(const ModelConfig& config, std::int64_t layer, const ModuleShape& module)
{
    return layerPrefix(config, layer) + module.path;
}

} // namespace hilo
