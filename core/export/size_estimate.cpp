// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/size_estimate.h"

#include "allocation/parameters.h"
#include "export/active_rank.h"
#include "formats/base_expert_modules.h"
#include "formats/expected_tensors.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace hilo {
namespace {

constexpr std::int64_t floatBytes = 4;

struct Place
{
    std::size_t layer = 0;
    const ModuleShape* shape = nullptr;
    const ModuleAllocation* module = nullptr; ///< null: no adapter here
};

/// Calls use for every module of every layer.
template <class Use>
void forEachModule(const ExportSubject& subject, Use use)
{
    const ModuleGrid modules = mapGrid(subject.model);
    for (std::size_t layer = 0; layer < subject.map.layers.size(); ++layer)
        for (const ModuleShape& shape : modules.layer(layer)) {
            const ModuleAllocation* module = subject.map.find(layer, shape.name);
            use(Place{layer, &shape, module && module->experts() > 0 ? module : nullptr});
        }
}

std::int64_t largestRank(const ModuleAllocation& module)
{
    return *std::max_element(module.ranks.begin(), module.ranks.end());
}

/// Modules that have an adapter in some layer: formats with one list of targets write them in every layer.
std::set<std::string> usedNames(const ExportSubject& subject)
{
    std::set<std::string> names;
    forEachModule(subject, [&](const Place& place) {
        if (place.module)
            names.insert(place.shape->name);
    });
    return names;
}

std::uint64_t asBytes(std::int64_t numbers)
{
    return static_cast<std::uint64_t>(numbers * floatBytes);
}

} // namespace

std::uint64_t ownBytes(const ExportSubject& subject)
{
    return asBytes(countParameters(subject.map, subject.model).trainable());
}

std::uint64_t plainBytes(const ExportSubject& subject)
{
    std::int64_t numbers = 0;
    forEachModule(subject, [&](const Place& place) {
        if (!place.module)
            return;
        const std::int64_t rank = place.module->totalRank();
        numbers +=
            (place.module->ofBase ? rank : std::min(rank, place.shape->width())) * (place.shape->in + place.shape->out);
    });
    return asBytes(numbers);
}

std::uint64_t distilledBytes(const ExportSubject& subject)
{
    std::int64_t numbers = 0;
    forEachModule(subject, [&](const Place& place) {
        if (!place.module)
            return;
        const std::int64_t rank =
            place.module->ofBase ? place.module->totalRank() : activeRank(*place.module, subject.router, *place.shape);
        numbers += rank * (place.shape->in + place.shape->out);
    });
    return asBytes(numbers);
}

std::uint64_t paddedBytes(const ExportSubject& subject)
{
    std::int64_t width = 0, rank = 0;
    forEachModule(subject, [&](const Place& place) {
        if (!place.module)
            return;
        width += (place.shape->in + place.shape->out) * (place.module->ofBase ? place.shape->baseExperts : 1);
        rank = std::max(rank, largestRank(*place.module));
    });
    return asBytes(width * rank);
}

std::uint64_t molaBytes(const ExportSubject& subject)
{
    const std::set<std::string> names = usedNames(subject);
    const std::size_t layers = subject.map.layers.size();
    std::vector<std::int64_t> experts(layers, 1), ranks(layers, 1);
    forEachModule(subject, [&](const Place& place) {
        if (!place.module)
            return;
        experts[place.layer] = std::max<std::int64_t>(experts[place.layer], place.module->experts());
        ranks[place.layer] = std::max(ranks[place.layer], largestRank(*place.module));
    });
    std::int64_t numbers = 0;
    forEachModule(subject, [&](const Place& place) {
        if (names.contains(place.shape->name))
            numbers +=
                experts[place.layer] * (ranks[place.layer] * (place.shape->in + place.shape->out) + place.shape->in);
    });
    return asBytes(numbers);
}

std::uint64_t moePeftBytes(const ExportSubject& subject)
{
    const std::set<std::string> names = usedNames(subject);
    std::int64_t experts = 1, rank = 1;
    forEachModule(subject, [&](const Place& place) {
        if (!place.module)
            return;
        experts = std::lcm(experts, static_cast<std::int64_t>(place.module->experts()));
        rank = std::max(rank, largestRank(*place.module));
    });
    std::int64_t numbers = 0;
    forEachModule(subject, [&](const Place& place) {
        if (names.contains(place.shape->name))
            numbers +=
                experts * rank * (place.shape->in + place.shape->out) + (experts > 1 ? experts * place.shape->in : 0);
    });
    return asBytes(numbers);
}

std::uint64_t mergedBytes(const ExportSubject& subject)
{
    return asBytes(parameterCount(subject.model));
}

std::uint64_t mergedGgufBytes(const ExportSubject& subject)
{
    return static_cast<std::uint64_t>(parameterCount(subject.model)) * 2;
}

} // namespace hilo
