// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "formats/model_config.h"
#include "formats/module_grid.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hilo {

/// More are a mistake in a file.
constexpr std::int64_t mostExpertsOfModule = 4096;
constexpr std::int64_t highestRankOfExpert = 65536;

/// The experts of one module: one rank per expert. No ranks: no adapter. One rank: plain LoRA without a router.
struct ModuleAllocation
{
    std::vector<int> ranks;
    int topK = 1;        ///< experts active per token, at most the number of experts (with null experts: of all)
    double alpha = 16;   ///< LoRA alpha, the same for every expert of the module
    int nullExperts = 0; ///< AdaMoE: router outputs whose expert is zero
    /// The experts are one LoRA on each of the base's own experts, all of one rank; the base's router chooses them, and
    /// topK is its own. JSON: "router": "base".
    bool ofBase = false;

    int experts() const { return static_cast<int>(ranks.size()); }
    std::int64_t totalRank() const;
    /// One of the adapter's own.
    bool hasRouter() const { return !ofBase && experts() + nullExperts > 1 && experts() > 0; }
    bool operator==(const ModuleAllocation&) const = default;
};

/// Which experts with which ranks every module of every layer gets (contract hilo.allocation/1).
struct AllocationMap
{
    std::string name;
    std::string strategy;           ///< "hilo", "mola", …; "manual" when edited by hand
    Json settings = Json::object(); ///< the strategy's settings, for the record
    /// Sentences for people: where the map is not what its settings asked for, and why. Empty when it is.
    std::vector<std::string> notes;
    std::string architecture;
    /// layers[l][module name]; a module that is absent has no adapter.
    std::vector<std::map<std::string, ModuleAllocation>> layers;

    const ModuleAllocation* find(std::size_t layer, const std::string& module) const;
    bool operator==(const AllocationMap&) const = default;
};

/// Reads and checks the form: unknown keys, rank below 1, top_k above the number of experts, layers out of order.
Result<AllocationMap> parseAllocationMap(const Json& document, const std::string& file);
Result<AllocationMap> readAllocationMap(const std::filesystem::path& path);
Json toJson(const AllocationMap& map);
Status writeAllocationMap(const std::filesystem::path& path, const AllocationMap& map);

/// A hint for a name that is none of them: which the model has.
std::string modulesHint(const ModelConfig& model);
/// The same for a name of another layer than this one.
std::string modulesHint(const ModuleGrid& modules, std::size_t layer);

/// What a module of the base's own experts gets when each has a LoRA of this rank; without ranks where rank is 0.
ModuleAllocation baseExpertAllocation(const ModelConfig& model, const ModuleShape& shape, int rank, double alpha);

/// Checks the map against a model: number of layers, the modules that each layer has, ranks at most min(in, out), on
/// the base's own experts one rank for all and the base's own top_k. file names the map in errors.
Status validateAllocationMap(const AllocationMap& map, const ModelConfig& model, const std::string& file);

} // namespace hilo
