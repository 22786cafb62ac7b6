// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <string>

namespace hilo::cli {

/// Layers by modules, for people: "4x8" is four experts of rank 8, "2+4" experts of different ranks, "-" no adapter;
/// neighbouring layers that are alike share a line.
std::string mapTable(const AllocationMap& map, const ModelConfig& model);

} // namespace hilo::cli
