// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/inspection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

enum class LayerPartKind {
    Module,
    Router,    ///< of a model that is a mixture of experts itself
    Experts,   ///< all of a layer
    Remainder, ///< norms and what else belongs to no module
};

/// What layers are made of: something of one size that some or all of them have.
struct LayerPart
{
    LayerPartKind kind = LayerPartKind::Module;
    std::string name;     ///< a module's
    std::int64_t in = 0;  ///< a module's
    std::int64_t out = 0; ///< a module's
    std::int64_t layers = 0;
    std::int64_t one = 0; ///< parameters of one layer
    std::int64_t all() const { return one * layers; }
};

/// Modules in the order of the map's columns, behind them the others by kind; a module that differs in size between
/// layers stands there once for each size.
std::vector<LayerPart> layerParts(const ModelInspection& inspection);

} // namespace hilo
