// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/adalora.h"

#include "allocation/parameters.h"
#include "engine/train/reallocation/triplet_places.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

/// Which triplets stay: of modules with several experts each expert's best one, then the best of all that fit.
std::vector<bool> kept(const AdapterLayout& layout, const std::vector<TripletPlace>& places,
                       const std::vector<double>& scores, std::int64_t budget)
{
    std::vector<bool> stays(places.size(), false);
    for (std::size_t begin = 0; begin < places.size();) {
        std::size_t end = begin;
        std::size_t best = begin;
        while (end < places.size() && places[end].isLike(places[begin])) {
            best = scores[end] > scores[best] ? end : best;
            ++end;
        }
        if (layout.groups[places[begin].group].modules[places[begin].module].allocation.experts() > 1) {
            stays[best] = true;
            budget -= places[best].price;
        }
        begin = end;
    }
    std::vector<std::size_t> order(places.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    for (const std::size_t one : order)
        if (!stays[one] && places[one].price <= budget) {
            stays[one] = true;
            budget -= places[one].price;
        }
    return stays;
}

} // namespace

Adalora::Adalora(ReallocationSteps steps, const ModelConfig& model, MixtureAdapter& adapter, std::int64_t finalBudget)
    : Reallocation(steps), model_(model), triplets_(adapter), importance_(triplets_.values()),
      finalBudget_(finalBudget),
      firstBudget_(torch::full({1}, countParameters(adapter.map(), model).trainable(), torch::kInt64))
{
}

Optimised Adalora::optimised(MixtureAdapter& adapter)
{
    triplets_.pullGradient(adapter, tripletOrthogonality);
    return triplets_.flat();
}

void Adalora::updated(MixtureAdapter& adapter, std::int64_t step, const SumOverProcesses& sum)
{
    (void)sum;
    if (step < steps().last)
        importance_.add(triplets_.flat());
    adapter.parameters().mutable_grad().zero_();
    triplets_.push(adapter);
}

std::int64_t Adalora::budgetAt(std::int64_t step) const
{
    const auto first = static_cast<double>(firstBudget_.item<std::int64_t>());
    if (step <= steps().first)
        return firstBudget_.item<std::int64_t>();
    if (step >= steps().last)
        return finalBudget_;
    const double left =
        1 - static_cast<double>(step - steps().first) / static_cast<double>(steps().last - steps().first);
    return static_cast<std::int64_t>((first - static_cast<double>(finalBudget_)) * left * left * left) + finalBudget_;
}

std::optional<Reallocation::Proposal> Adalora::propose(MixtureAdapter& adapter, const OptimiserView& optimiser)
{
    const torch::NoGradGuard noGradients;
    const AdapterLayout& layout = adapter.layout();
    const std::vector<TripletPlace> places = tripletPlaces(layout);
    const std::vector<double> scores = importance_.scores(layout);
    const std::int64_t budget = budgetAt(optimiser.step);
    const std::int64_t routers = countParameters(adapter.map(), model_).router;
    const std::vector<bool> stays = kept(layout, places, scores, budget - routers);
    std::vector<float> mask;
    for (const bool one : stays)
        mask.push_back(one ? 1.0f : 0.0f);
    triplets_.lambda().mul_(torch::tensor(mask, torch::kFloat32).to(triplets_.lambda().device()));
    triplets_.push(adapter);

    const std::vector<int> none(places.empty() ? 0 : places.back().ofExpert + 1, 0);
    MapChange change = changeOfTriplets(adapter.map(), layout, places, stays, none);
    const bool isLast = optimiser.step == steps().last;
    Proposal proposal;
    proposal.event.moved = std::count(stays.begin(), stays.end(), false);
    proposal.event.map = change.map;
    proposal.event.details = {{"budget", budget},
                              {"dropped_ranks", isLast ? proposal.event.moved : 0},
                              {"masked_ranks", isLast ? 0 : proposal.event.moved},
                              {"estimates", scoresByModule(layout, scores)}};
    if (isLast)
        proposal.change = std::move(change);
    return proposal;
}

void Adalora::repacked(MixtureAdapter& adapter, const Repacking& repacking)
{
    triplets_.repack(adapter, repacking, 0); // none is new
    importance_ = TripletImportance(triplets_.values());
}

Tensor Adalora::firstMoment(const Repacking& repacking, const Tensor& old) const
{
    return triplets_.repacked(repacking, old);
}

Tensor Adalora::secondMoment(const Repacking& repacking, const Tensor& old) const
{
    return triplets_.repacked(repacking, old);
}

std::vector<NamedTensor> Adalora::state() const
{
    std::vector<NamedTensor> tensors = triplets_.state();
    for (NamedTensor& one : importance_.state())
        tensors.push_back(std::move(one));
    tensors.push_back({"reallocation.first_budget", firstBudget_});
    return tensors;
}

Status Adalora::restore(MixtureAdapter& adapter, const std::map<std::string, Tensor>& tensors, const std::string& file)
{
    HILO_CHECK(restoreTensor(tensors, "reallocation.triplets", triplets_.values(), file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.first_scales", triplets_.firstScales(), file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.sensitivity", importance_.sensitivity(), file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.uncertainty", importance_.uncertainty(), file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.first_budget", firstBudget_, file));
    triplets_.restored(adapter);
    return {};
}

} // namespace hilo
