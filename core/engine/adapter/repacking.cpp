// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/repacking.h"

#include "engine/adapter/initialise.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;

Tensor part(const Tensor& flat, std::int64_t offset, std::int64_t stride, std::int64_t rows, std::int64_t rowLength)
{
    return flat.as_strided({rows, rowLength}, {stride, 1}, offset + flat.storage_offset());
}

const ModuleChange* changeOf(const MapChange& change, std::int64_t layer, const std::string& module)
{
    for (const ModuleChange& one : change.modules)
        if (one.layer == layer && one.module == module)
            return &one;
    return nullptr;
}

/// The first of the old layout's ranks that is of this group.
std::int64_t firstRankOf(const AdapterLayout& layout, const GroupLayout& group)
{
    std::int64_t first = 0;
    for (const GroupLayout& one : layout.groups) {
        if (&one == &group)
            break;
        first += one.plan.ranks;
    }
    return first;
}

} // namespace

Repacking::Repacking(const AdapterLayout& from, const AdapterLayout& to, const AdapterSettings& settings,
                     const MapChange& change)
    : to_(to)
{
    for (std::size_t group = 0; group < to_.groups.size(); ++group)
        for (std::size_t module = 0; module < to_.groups[group].modules.size(); ++module)
            addModule(from, group, module, settings,
                      changeOf(change, to_.groups[group].layer, to_.groups[group].modules[module].name));
}

void Repacking::addModule(const AdapterLayout& from, std::size_t group, std::size_t module,
                          const AdapterSettings& settings, const ModuleChange* change)
{
    const GroupLayout& newGroup = to_.groups[group];
    const ModuleLayout& newModule = newGroup.modules[module];
    const int index = from.groupOf(newGroup.layer, newGroup.inputGroup);
    TORCH_CHECK(index >= 0, "a module without an adapter cannot get one while it is trained");
    const GroupLayout& oldGroup = from.groups[static_cast<std::size_t>(index)];
    const auto old = std::find_if(oldGroup.modules.begin(), oldGroup.modules.end(),
                                  [&](const ModuleLayout& one) { return one.module == newModule.module; });
    TORCH_CHECK(old != oldGroup.modules.end(), "a module without an adapter cannot get one while it is trained");
    const std::int64_t firstOld = firstRankOf(from, oldGroup) + old->firstRank;
    if (!change) {
        copies_.push_back({oldGroup.offset + old->firstRank * oldGroup.in, oldGroup.in,
                           newGroup.offset + newModule.firstRank * newGroup.in, newGroup.in, newModule.ranks,
                           newGroup.in, 1});
        copies_.push_back(
            {old->offsetB, old->ranks, newModule.offsetB, newModule.ranks, newModule.out, newModule.ranks, 1});
        for (std::int64_t rank = 0; rank < newModule.ranks; ++rank)
            origins_.push_back(firstOld + rank);
    } else {
        TORCH_CHECK(change->experts.size() == newModule.expertBegin.size(), "a change has other experts than its map");
        for (std::size_t expert = 0; expert < change->experts.size(); ++expert) {
            const ExpertOrigin& origin = change->experts[expert];
            addExpert(oldGroup, *old, group, module, expert, origin, settings);
            for (const int column : origin.columns)
                origins_.push_back(
                    column < 0 ? -1 : firstOld + old->expertBegin[static_cast<std::size_t>(origin.expert)] + column);
        }
    }
    addRouters(oldGroup, *old, newGroup, newModule, change);
}

void Repacking::addExpert(const GroupLayout& oldGroup, const ModuleLayout& old, std::size_t group, std::size_t module,
                          std::size_t expert, const ExpertOrigin& origin, const AdapterSettings& settings)
{
    const GroupLayout& newGroup = to_.groups[group];
    const ModuleLayout& newModule = newGroup.modules[module];
    const int rank = newModule.allocation.ranks[expert];
    TORCH_CHECK(static_cast<int>(origin.columns.size()) == rank, "a change has other ranks than its map");
    const double newScale = expertScale(settings, newModule.allocation.alpha, rank);
    double factor = 1;
    std::int64_t oldBegin = 0;
    if (origin.expert >= 0) {
        const auto from = static_cast<std::size_t>(origin.expert);
        oldBegin = old.expertBegin[from];
        factor = expertScale(settings, old.allocation.alpha, old.allocation.ranks[from]) / newScale;
    }
    double meanScale = 0;
    for (const int one : old.allocation.ranks)
        meanScale += one * expertScale(settings, old.allocation.alpha, one) / static_cast<double>(old.ranks);
    const std::int64_t begin = newModule.expertBegin[expert];
    for (int column = 0; column < rank;) {
        const int source = origin.columns[static_cast<std::size_t>(column)];
        const std::int64_t offsetA = newGroup.offset + (newModule.firstRank + begin + column) * newGroup.in;
        const std::int64_t offsetB = newModule.offsetB + begin + column;
        if (source < 0) {
            newRanks_.push_back({offsetA, newGroup.in, offsetB, newModule.out, newModule.ranks, group, module, expert,
                                 column, oldGroup.offset + old.firstRank * oldGroup.in, old.offsetB, old.ranks,
                                 meanScale / newScale});
            ++column;
            continue;
        }
        int count = 1;
        while (column + count < rank && origin.columns[static_cast<std::size_t>(column + count)] == source + count)
            ++count;
        copies_.push_back({oldGroup.offset + (old.firstRank + oldBegin + source) * oldGroup.in, oldGroup.in, offsetA,
                           newGroup.in, count, newGroup.in, 1});
        copies_.push_back(
            {old.offsetB + oldBegin + source, old.ranks, offsetB, newModule.ranks, newModule.out, count, factor});
        column += count;
    }
}

void Repacking::addRouters(const GroupLayout& oldGroup, const ModuleLayout& old, const GroupLayout& group,
                           const ModuleLayout& module, const ModuleChange* change)
{
    if (module.firstLogit < 0)
        return;
    TORCH_CHECK(old.firstLogit >= 0, "a single expert's module cannot get a router while it is trained");
    const auto copy = [&](std::int64_t from, std::int64_t to, std::int64_t rows) {
        return Copy{oldGroup.offsetOfRouters() + (old.firstLogit + from) * group.in,
                    group.in,
                    group.offsetOfRouters() + (module.firstLogit + to) * group.in,
                    group.in,
                    rows,
                    group.in,
                    1};
    };
    const std::int64_t experts = module.allocation.experts();
    if (!change)
        copies_.push_back(copy(0, 0, experts));
    else
        for (std::int64_t expert = 0; expert < experts; ++expert) {
            const ExpertOrigin& origin = change->experts[static_cast<std::size_t>(expert)];
            if (origin.expert >= 0)
                copies_.push_back(copy(origin.expert, expert, 1));
            else
                likenesses_.push_back(copy(origin.routerLike, expert, 1));
        }
    if (module.allocation.nullExperts > 0)
        copies_.push_back(copy(old.allocation.experts(), experts, module.allocation.nullExperts));
}

Tensor Repacking::copied(const Tensor& old, int power) const
{
    Tensor result = torch::zeros({to_.parameters}, old.options());
    for (const Copy& one : copies_) {
        const Tensor target = part(result, one.to, one.toStride, one.rows, one.rowLength);
        target.copy_(part(old, one.from, one.fromStride, one.rows, one.rowLength));
        if (one.factor != 1 && power != 0)
            target.mul_(std::pow(one.factor, power));
    }
    return result;
}

Tensor Repacking::values(const Tensor& old, std::int64_t seed, std::int64_t step) const
{
    Tensor result = copied(old, 1);
    for (const Copy& one : likenesses_)
        part(result, one.to, one.toStride, one.rows, one.rowLength)
            .copy_(part(old, one.from, one.fromStride, one.rows, one.rowLength));
    for (const NewRank& one : newRanks_) {
        const GroupLayout& group = to_.groups[one.group];
        Tensor row = torch::empty({one.in}, torch::kFloat32);
        drawGrownRank(group, group.modules[one.module], one.expert, one.rank, seed, step,
                      {row.data_ptr<float>(), static_cast<std::size_t>(one.in)});
        result.narrow(0, one.offsetA, one.in).copy_(row);
    }
    return result;
}

Tensor Repacking::firstMoment(const Tensor& old) const
{
    return copied(old, -1);
}

Tensor Repacking::secondMoment(const Tensor& old) const
{
    Tensor result = copied(old, -2);
    for (const Copy& one : likenesses_)
        part(result, one.to, one.toStride, one.rows, one.rowLength)
            .copy_(part(old, one.from, one.fromStride, one.rows, one.rowLength));
    for (const NewRank& one : newRanks_) {
        result.narrow(0, one.offsetA, one.in).copy_(part(old, one.oldA, one.in, one.oldRanks, one.in).mean(0));
        part(result, one.offsetB, one.strideB, one.out, 1)
            .copy_(part(old, one.oldB, one.oldRanks, one.out, one.oldRanks).mean(1, true) / (one.factor * one.factor));
    }
    return result;
}

Tensor Repacking::unscaled(const Tensor& old) const
{
    return copied(old, 0);
}

Tensor Repacking::perRank(const Tensor& old) const
{
    const Tensor origins = torch::tensor(origins_, torch::kInt64).to(old.device());
    const Tensor found = old.index_select(0, origins.clamp_min(0));
    return torch::where(origins >= 0, found, torch::zeros_like(found));
}

} // namespace hilo
