// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "engine/adapter/layout.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// Where an expert of a new map comes from.
struct ExpertOrigin
{
    int expert = -1;          ///< of the old map; -1: it is new
    std::vector<int> columns; ///< for each of its ranks the old expert's one that it goes on with; -1: a new one
    int routerLike = -1; ///< a new expert's router row begins as that old expert's; the others go on with their own
};

/// What becomes of one module.
struct ModuleChange
{
    std::int64_t layer = 0;
    std::string module;
    std::vector<ExpertOrigin> experts; ///< as many, and with as many ranks, as the new map says; null experts stay
};

/// Another map, and what of the old one's columns it keeps. Modules that are not named have not changed.
struct MapChange
{
    AllocationMap map;
    std::vector<ModuleChange> modules;
};

/// Moves buffers of the layout of an adapter's flat parameters to the layout of another map: expert by expert the rows
/// of A and the columns of B that stay, as stretches that are copied. An expert's output has a scale that may depend on
/// its rank (expertScale()); where it changes, B makes up for it, so that what stays of the function is the same, and
/// B's moments with it: the gradient by B has the scale as a factor.
class Repacking
{
  public:
    Repacking(const AdapterLayout& from, const AdapterLayout& to, const AdapterSettings& settings,
              const MapChange& change);

    /// The parameters, new columns as MixtureAdapter::change() says.
    torch::Tensor values(const torch::Tensor& old, std::int64_t seed, std::int64_t step) const;
    /// Adam's first moments: zero where something is new.
    torch::Tensor firstMoment(const torch::Tensor& old) const;
    /// Adam's second moments: of something new the mean over its module's ranks (of a router row that of the one it
    /// begins as), because a zero among moments that are long past their warm-up would make its first steps several
    /// times too long.
    torch::Tensor secondMoment(const torch::Tensor& old) const;
    /// Neither scaled nor drawn; zero where something is new.
    torch::Tensor unscaled(const torch::Tensor& old) const;
    /// One number a rank, in the order of the layout: groups, modules, experts; zero where it is new.
    torch::Tensor perRank(const torch::Tensor& old) const;

  private:
    /// rows of rowLength elements, times the factor to the power that the kind of buffer asks for.
    struct Copy
    {
        std::int64_t from = 0, fromStride = 0, to = 0, toStride = 0, rows = 0, rowLength = 0;
        double factor = 1;
    };
    struct NewRank
    {
        std::int64_t offsetA = 0, in = 0, offsetB = 0, out = 0, strideB = 0; ///< in the new layout
        std::size_t group = 0, module = 0, expert = 0;                       ///< of the new layout
        std::int64_t rank = 0;
        std::int64_t oldA = -1, oldB = 0, oldRanks = 0; ///< its module's in the old layout; -1: none
        double factor = 1;                              ///< of B, for a rank of its module's mean scale
    };
    torch::Tensor copied(const torch::Tensor& old, int power) const;
    void addModule(const AdapterLayout& from, std::size_t group, std::size_t module, const AdapterSettings& settings,
                   const ModuleChange* change);
    void addExpert(const GroupLayout& oldGroup, const ModuleLayout& old, std::size_t group, std::size_t module,
                   std::size_t expert, const ExpertOrigin& origin, const AdapterSettings& settings);
    void addRouters(const GroupLayout& oldGroup, const ModuleLayout& old, const GroupLayout& group,
                    const ModuleLayout& module, const ModuleChange* change);

    AdapterLayout to_;
    std::vector<Copy> copies_;
    std::vector<Copy> likenesses_; ///< of router rows that begin as others
    std::vector<NewRank> newRanks_;
    std::vector<std::int64_t> origins_; ///< of each new rank among the old ones; -1: none
};

} // namespace hilo
