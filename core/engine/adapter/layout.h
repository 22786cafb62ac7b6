// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/settings.h"
#include "formats/model_config.h"
#include "formats/module_grid.h"
#include "gpu/routing_plan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// Where the experts of one module lie. Offsets count float32 elements of the flat parameter buffer.
struct ModuleLayout
{
    int module = 0; ///< column of the grid
    std::string name;
    std::int64_t out = 0;
    ModuleAllocation allocation;
    std::int64_t ranks = 0;                ///< sum of the experts' ranks
    std::int64_t firstRank = 0;            ///< its first row in the group's A
    std::vector<std::int64_t> expertBegin; ///< first rank of each expert within the module
    std::int64_t firstLogit = -1;          ///< its first row among the group's routers; -1: no router
    std::int64_t offsetB = 0;              ///< B [out, ranks], row-major
};

/// The modules of one layer that share an input: A of all of them stacked [ranks, in], all routers behind it [logits,
/// in], so that one product with the input serves both.
struct GroupLayout
{
    std::int64_t layer = 0;
    int inputGroup = 0;
    std::int64_t in = 0;
    std::vector<ModuleLayout> modules; ///< only those with experts
    std::int64_t offset = 0;           ///< A, then routers
    gpu::RoutingPlan plan;

    std::int64_t rows() const { return plan.ranks + plan.logits; }
    std::int64_t offsetOfRouters() const { return offset + plan.ranks * in; }
};

struct AdapterLayout
{
    ModuleGrid modules;
    std::vector<GroupLayout> groups;          ///< in the order of the forward pass
    std::vector<std::vector<int>> groupIndex; ///< [layer][input group] -> groups, -1 where there are no experts
    std::int64_t parameters = 0;

    /// Index into groups; -1: no experts there, or no such input group.
    int groupOf(std::int64_t layer, int inputGroup) const;
};

/// Lays a valid map out. Layers are behind one another, so that a layer's parameters are one stretch.
AdapterLayout layOutAdapter(const ModelConfig& model, const AllocationMap& map, const AdapterSettings& settings);

/// One tensor of the own format and where it lies: rows of rowLength elements, rowStride apart.
struct TensorPlace
{
    std::string name; ///< "layers.3.q_proj.experts.0.lora_A", …
    std::int64_t rows = 0;
    std::int64_t rowLength = 0;
    std::int64_t offset = 0;
    std::int64_t rowStride = 0;
};

/// All tensors, layer by layer, module by module: each expert's lora_A [rank, in] and lora_B [out, rank], then the
/// router's weight [experts + null experts, in].
std::vector<TensorPlace> tensorPlaces(const AdapterLayout& layout);

} // namespace hilo
