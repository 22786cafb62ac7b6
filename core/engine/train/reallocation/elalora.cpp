// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/elalora.h"

#include "allocation/parameters.h"
#include "engine/train/reallocation/triplet_places.h"
#include "run/reallocation_bound.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

constexpr std::ptrdiff_t offeredByExpert = 2; // of HuandongChang/ElaLoRA

/// The least important triplets of each expert, which always keeps one; by importance, the least first.
std::vector<std::size_t> offersOf(const std::vector<TripletPlace>& places, const std::vector<double>& scores)
{
    const auto isLess = [&scores](std::size_t a, std::size_t b) { return scores[a] < scores[b]; };
    std::vector<std::size_t> offers;
    for (std::size_t begin = 0; begin < places.size();) {
        std::size_t end = begin;
        while (end < places.size() && places[end].isLike(places[begin]))
            ++end;
        std::vector<std::size_t> own(end - begin);
        std::iota(own.begin(), own.end(), begin);
        std::stable_sort(own.begin(), own.end(), isLess);
        const auto count = std::min(offeredByExpert, static_cast<std::ptrdiff_t>(own.size()) - 1);
        offers.insert(offers.end(), own.begin(), own.begin() + count);
        begin = end;
    }
    std::stable_sort(offers.begin(), offers.end(), isLess);
    return offers;
}

} // namespace

Elalora::Elalora(ReallocationSteps steps, const ModelConfig& model, MixtureAdapter& adapter)
    : Reallocation(steps), model_(model), triplets_(adapter), importance_(triplets_.values()),
      budget_(torch::full({1}, countParameters(adapter.map(), model).trainable(), torch::kInt64))
{
}

Optimised Elalora::optimised(MixtureAdapter& adapter)
{
    triplets_.pullGradient(adapter, tripletOrthogonality);
    return triplets_.flat();
}

void Elalora::updated(MixtureAdapter& adapter, std::int64_t step, const SumOverProcesses& sum)
{
    (void)sum;
    if (step < steps().last)
        importance_.add(triplets_.flat());
    adapter.parameters().mutable_grad().zero_();
    triplets_.push(adapter);
}

std::int64_t Elalora::exchangedAt(std::int64_t step) const
{
    const double progress = std::clamp(
        static_cast<double>(step - steps().first) / static_cast<double>(steps().last - steps().first), 0.0, 1.0);
    return std::llround(static_cast<double>(elaloraExchange) * (1 - progress * progress * progress));
}

std::optional<Reallocation::Proposal> Elalora::propose(MixtureAdapter& adapter, const OptimiserView& optimiser)
{
    const AdapterLayout& layout = adapter.layout();
    const std::vector<TripletPlace> places = tripletPlaces(layout);
    const std::vector<double> scores = importance_.scores(layout);
    const std::vector<std::size_t> offers = offersOf(places, scores);
    const auto count = static_cast<std::size_t>(
        std::min<std::int64_t>(exchangedAt(optimiser.step), static_cast<std::int64_t>(offers.size())));
    if (count == 0)
        return std::nullopt;
    std::int64_t free = budget_.item<std::int64_t>() - countParameters(adapter.map(), model_).trainable();
    std::vector<bool> stays(places.size(), true);
    for (std::size_t i = 0; i < count; ++i) {
        stays[offers[i]] = false;
        free += places[offers[i]].price;
    }
    std::vector<int> grown(places.back().ofExpert + 1, 0);
    std::vector<std::int64_t> ranks(grown.size(), 0);
    for (std::size_t i = 0; i < places.size(); ++i)
        ranks[places[i].ofExpert] += stays[i] ? 1 : 0;
    std::int64_t came = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const TripletPlace& place = places[offers[offers.size() - 1 - i]];
        const GroupLayout& group = layout.groups[place.group];
        const std::int64_t width = std::min(group.in, group.modules[place.module].out);
        if (place.price > free || ranks[place.ofExpert] >= width)
            continue;
        free -= place.price;
        ++grown[place.ofExpert];
        ++ranks[place.ofExpert];
        ++came;
    }
    Proposal proposal;
    proposal.change = changeOfTriplets(adapter.map(), layout, places, stays, grown);
    proposal.event.moved = static_cast<std::int64_t>(count);
    proposal.event.map = proposal.change->map;
    proposal.event.details = {{"budget", budget_.item<std::int64_t>()},
                              {"dropped_ranks", count},
                              {"new_ranks", came},
                              {"estimates", scoresByModule(layout, scores)}};
    next_ = layOutAdapter(model_, proposal.change->map, adapter.settings());
    step_ = optimiser.step;
    return proposal;
}

void Elalora::repacked(MixtureAdapter& adapter, const Repacking& repacking)
{
    const Tensor sensitivity = triplets_.repacked(repacking, importance_.sensitivity());
    const Tensor uncertainty = triplets_.repacked(repacking, importance_.uncertainty());
    triplets_.repack(adapter, repacking, step_);
    importance_ = TripletImportance(triplets_.values());
    importance_.sensitivity().copy_(sensitivity);
    importance_.uncertainty().copy_(uncertainty);
}

Tensor Elalora::firstMoment(const Repacking& repacking, const Tensor& old) const
{
    return triplets_.repacked(repacking, old);
}

Tensor Elalora::secondMoment(const Repacking& repacking, const Tensor& old) const
{
    Tensor moved = triplets_.repacked(repacking, old);
    Triplets::fillNewWithMeans(next_, repacking, triplets_.ranks(), moved);
    return moved;
}

std::vector<NamedTensor> Elalora::state() const
{
    std::vector<NamedTensor> tensors = triplets_.state();
    for (NamedTensor& one : importance_.state())
        tensors.push_back(std::move(one));
    tensors.push_back({"reallocation.budget", budget_});
    return tensors;
}

Status Elalora::restore(MixtureAdapter& adapter, const std::map<std::string, Tensor>& tensors, const std::string& file)
{
    HILO_CHECK(restoreTensor(tensors, "reallocation.triplets", triplets_.values(), file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.first_scales", triplets_.firstScales(), file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.sensitivity", importance_.sensitivity(), file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.uncertainty", importance_.uncertainty(), file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.budget", budget_, file));
    triplets_.restored(adapter);
    return {};
}

} // namespace hilo
