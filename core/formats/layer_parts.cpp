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
    // Sizes of one module stand behind one another, and what belongs to no module behind them all.
    auto place = parts.end();
    for (auto other = parts.begin(); other != parts.end(); ++other)
        if (part.kind == LayerPartKind::Module && other->name == part.name)
            place = other + 1;
    if (place == parts.end() && part.kind != LayerPartKind::Remainder)
        place = std::find_if(parts.begin(), parts.end(),
                             [](const LayerPart& other) { return other.kind == LayerPartKind::Remainder; });
    parts.insert(place, std::move(part));
}

} // namespace

std::vector<LayerPart> layerParts(const ModelInspection& inspection)
{
    std::vector<LayerPart> parts;
    for (const InspectedLayer& layer : inspection.layers) {
        std::int64_t others = layer.parameters - layer.router - layer.experts - layer.mlp;
        for (const InspectedModule& module : layer.modules) {
            addPart(parts, {LayerPartKind::Module, module.shape.name, module.shape.in, module.shape.out, 0,
                            module.parameters});
            others -= module.parameters;
        }
        addPart(parts, {LayerPartKind::Router, {}, 0, 0, 0, layer.router});
        addPart(parts, {LayerPartKind::Experts, {}, 0, 0, 0, layer.experts});
        addPart(parts, {LayerPartKind::DenseMlp, {}, 0, 0, 0, layer.mlp});
        addPart(parts, {LayerPartKind::Remainder, {}, 0, 0, 0, others});
    }
    return parts;
}

} // namespace hilo
