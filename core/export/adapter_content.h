// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "formats/model_config.h"
#include "formats/module_grid.h"
#include "run/run_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// One expert: its part of the module's output is scale · b · (a · x).
struct ExpertContent
{
    std::int64_t rank = 0;
    double scale = 1;
    std::vector<float> a; ///< [rank, in], row-major
    std::vector<float> b; ///< [out, rank], row-major
};

/// The experts of one module of one layer.
struct ModuleContent
{
    std::int64_t layer = 0;
    ModuleShape shape;
    std::vector<ExpertContent> experts;
    std::vector<float> router; ///< [experts + null experts, in]; empty: one expert that is always on
    int topK = 1;
    int nullExperts = 0;
    bool dense = false; ///< softmax over all experts instead of the chosen ones
    double topP = 0;    ///< above 0: the fewest experts whose softmax adds up to it, not brought to 1 again
    /// The experts are LoRAs on the base's own experts, one each and of one rank, which its own router chooses.
    bool ofBase = false;

    int choices() const { return static_cast<int>(experts.size()) + nullExperts; }
};

/// An adapter as plain numbers, free of any file layout and of LibTorch: what every format is written from and read
/// into.
struct AdapterContent
{
    ModelConfig model;
    std::vector<ModuleContent> modules; ///< by layer, then in the order of the forward pass
    bool rankStabilised = false;        ///< scales are alpha/sqrt(rank); only matters when it is trained on
    std::vector<std::string> notes;     ///< where it is not what a reader was asked for, in sentences

    bool isRouted() const;
    std::int64_t largestRank() const;
};

/// The experts' scales multiplied into b, scale 1. Computed in double, rounded once.
ExpertContent withScaleFolded(ExpertContent expert);
/// Zero rows behind a and zero columns behind b up to rank: the same function.
ExpertContent paddedTo(ExpertContent expert, std::int64_t rank, const ModuleShape& shape);
/// An expert that adds nothing.
ExpertContent zeroExpert(std::int64_t rank, const ModuleShape& shape);

/// "model.layers.3.self_attn.q_proj"
std::string pathOf(const AdapterContent& content, const ModuleContent& module);
/// The module at this place, null when it has no adapter.
const ModuleContent* findModule(const AdapterContent& content, std::int64_t layer, const std::string& name);
/// Into the order that modules promises.
void sortModules(AdapterContent& content);

} // namespace hilo
