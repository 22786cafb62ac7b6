// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/layer_parts.h"

#include <algorithm>

namespace hilo {
namespace {

void addPart(std::vector<LayerPart>& parts, LayerPart part)
{
    if (part.one == 0)
        return;
    const auto same = std::find_if(parts.begin(), parts.end(), [&part](const LayerPart& other) {
        return other.kind == part.kind && other.name == part.name && other.in == part.in && other.out == part.out &&
               other.one == part.one;
    });
    if (same != parts.end()) {
        ++same->layers;
        return;
    }
    part.layers = 1;
    parts.push_back(std::move(part));
}

} // namespace

std::vector<LayerPart> layerParts(const ModelInspection& inspection)
{
    std::vector<LayerPart> parts;
    for (const InspectedLayer& layer : inspection.layers) {
        std::int64_t others = layer.parameters - layer.router - layer.experts;
        for (const InspectedModule& module : layer.modules) {
            addPart(parts, {LayerPartKind::Module, module.shape.name, module.shape.in, module.shape.out, 0,
                            module.parameters});
            others -= module.parameters;
        }
        addPart(parts, {LayerPartKind::Router, {}, 0, 0, 0, layer.router});
        addPart(parts, {LayerPartKind::Experts, {}, 0, 0, 0, layer.experts});
        addPart(parts, {LayerPartKind::Remainder, {}, 0, 0, 0, others});
    }
    const ModuleGrid modules = moduleGrid(inspection.config);
    const auto columnOf = [&modules](const LayerPart& part) {
        return part.kind == LayerPartKind::Module ? modules.columnOf(part.name).value_or(modules.columns())
                                                  : modules.columns() + static_cast<std::size_t>(part.kind);
    };
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const LayerPart& a, const LayerPart& b) { return columnOf(a) < columnOf(b); });
    return parts;
}

} // namespace hilo
