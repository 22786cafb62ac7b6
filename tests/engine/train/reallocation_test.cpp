// SPDX-License-Identifier: GPL-3.0-or-later
// Methods that move ranks and experts, step by step.
#include "tiny_steps.h"

#include "allocation/parameters.h"
#include "engine/adapter/reference.h"
#include "engine/train/reallocation/live_estimates.h"
#include "engine/train/reallocation/triplet_importance.h"
#include "engine/train/reallocation/triplets.h"
#include "run/reallocation_bound.h"
#include "support/testing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

const ModuleAllocation mixed{{2, 3, 4}, 2, 8, 0};

TrainingSpec moving(const std::string& method, std::int64_t steps, std::int64_t budget = 0)
{
    TrainingSpec training = tinyStepsTraining(steps);
    training.learningRate = 0.02;
    training.schedule = Schedule::Constant;
    training.reallocation = {method, 0.1, 0.8, 3, budget};
    return training;
}

struct Training
{
    explicit Training(const TrainingSpec& training, const AllocationMap& map)
        : adapter(MixtureAdapter::create(tinyStepsModel(), map, adapterSettings(training), torch::kCPU)),
          trainer(decoder(), adapter, tinyStepsRows(tinyStepsModel().vocabulary), training)
    {
    }

    static std::shared_ptr<Decoder> decoder()
    {
        torch::manual_seed(4);
        return Decoder::randomFrozen(tinyStepsModel(), torch::kFloat32, torch::kCPU);
    }

    std::shared_ptr<MixtureAdapter> adapter;
    Trainer trainer;
};

std::int64_t trainable(const AllocationMap& map)
{
    return countParameters(map, tinyStepsModel()).trainable();
}

std::int64_t finalBudget(const AllocationMap& map)
{
    return trainable(map) * 6 / 10;
}

} // namespace

HILO_TEST(balancedLiveMovesWithinTheBudget)
{
    const AllocationMap map = uniformMap(tinyStepsModel(), mixed);
    Training training(moving("balanced-live", 30), map);
    const std::int64_t budget = trainable(map);
    int changes = 0;
    std::int64_t moved = 0;
    for (int step = 1; step <= 30; ++step) {
        training.trainer.step();
        const AllocationMap before = training.adapter->map();
        const std::optional<Reallocated> change = training.trainer.reallocate();
        if (!change) {
            CHECK(training.adapter->map() == before);
            continue;
        }
        CHECK(step > 3 && step <= 24 && step % 3 == 0);
        ++changes;
        moved += change->moved;
        CHECK(change->map.layers == training.adapter->map().layers);
        CHECK(change->map.layers != before.layers);
        CHECK(trainable(change->map) <= budget);
        CHECK_EQ(training.adapter->parameters().numel(), trainable(change->map));
        REQUIRE_OK(validateAllocationMap(change->map, tinyStepsModel(), "moved"));
        CHECK_EQ(change->details["estimates"].size(), 14u);
        CHECK(change->details["estimates"][0].contains("rank_gain"));
        CHECK(change->details["estimates"][0].contains("entropy"));
    }
    CHECK(changes >= 2);
    CHECK(moved >= 2);
    CHECK(training.trainer.isFinite());
}

HILO_TEST(adaloraComesDownToItsBudget)
{
    const AllocationMap map = uniformMap(tinyStepsModel(), mixed);
    const std::int64_t budget = finalBudget(map);
    Training training(moving("adalora", 30, budget), map);
    CHECK_EQ(training.adapter->parameters().numel(), trainable(map));
    std::int64_t smallest = trainable(map);
    for (int step = 1; step <= 30; ++step) {
        training.trainer.step();
        const std::optional<Reallocated> change = training.trainer.reallocate();
        if (!change)
            continue;
        // Masked at first, dropped at the end.
        const std::int64_t parameters = trainable(change->map);
        CHECK(parameters <= change->details["budget"].get<std::int64_t>());
        CHECK(parameters <= smallest);
        smallest = parameters;
        CHECK_EQ(training.adapter->parameters().numel(), step == 24 ? parameters : trainable(map));
        if (step < 24)
            CHECK_EQ(change->details["masked_ranks"].get<std::int64_t>(), change->moved);
        for (const auto& layer : change->map.layers)
            for (const auto& [name, module] : layer)
                CHECK_EQ(module.experts(), 3);
    }
    CHECK(smallest <= budget);
    CHECK(smallest > budget - 64);
    CHECK(trainable(training.adapter->map()) == smallest);
    CHECK(training.trainer.isFinite());
}

HILO_TEST(adaloraBeginsAsTheBaseAndDroppingWhatIsMaskedChangesNothing)
{
    const AllocationMap map = uniformMap(tinyStepsModel(), {{6}, 1, 8, 0});
    TrainingSpec settings = moving("adalora", 20, finalBudget(map));
    Training training(settings, map);
    const auto outputs = [&] {
        const torch::NoGradGuard noGradients;
        torch::manual_seed(2);
        const Tensor input = torch::randn({9, tinyStepsModel().hidden});
        std::vector<Tensor> found;
        for (std::size_t i = 0; i < 3; ++i)
            found.push_back(torch::zeros({9, training.adapter->layout().modules.find(1, i)->out}));
        const std::vector<int> modules{0, 1, 2};
        training.adapter->startEvaluation();
        training.adapter->addTo(1, modules, input, found);
        return torch::cat(found, 1);
    };
    CHECK_EQ(outputs().abs().max().item<double>(), 0);
    for (int step = 1; step <= 16; ++step) {
        training.trainer.step();
        if (step == 16)
            break;
        training.trainer.reallocate();
    }
    CHECK(outputs().abs().max().item<double>() > 1e-3);
    // The triplets that go are masked first; what is left is the same function over smaller buffers.
    Training twin(settings, map);
    for (int step = 1; step <= 16; ++step) {
        twin.trainer.step();
        twin.trainer.reallocate();
    }
    training.trainer.reallocate();
    const Tensor dropped = outputs();
    CHECK(dropped.abs().max().item<double>() > 1e-3);
    CHECK(training.adapter->parameters().numel() < trainable(map));
    CHECK(torch::equal(training.adapter->parameters().detach(), twin.adapter->parameters().detach()));
    training.trainer.step();
    CHECK(training.trainer.isFinite());
}

HILO_TEST(elaloraExchangesTheLeastOfferedForTheMostOffered)
{
    AllocationMap map = uniformMap(tinyStepsModel(), mixed);
    map.layers[1]["q_proj"].ranks = {1, 6}; // the first one has none to offer
    Training training(moving("elalora", 30), map);
    const std::int64_t budget = trainable(map);
    int changes = 0;
    for (int step = 1; step <= 30; ++step) {
        training.trainer.step();
        const AllocationMap before = training.adapter->map();
        const std::optional<Reallocated> change = training.trainer.reallocate();
        if (!change)
            continue;
        ++changes;
        CHECK(step > 3 && step < 24 && step % 3 == 0);
        CHECK(trainable(change->map) <= budget);
        CHECK_EQ(training.adapter->parameters().numel(), trainable(change->map));
        REQUIRE_OK(validateAllocationMap(change->map, tinyStepsModel(), "moved"));
        // Which go follows from the scores alone: of each expert's two lowest, all but one at most, the lowest four.
        struct Offer
        {
            double score;
            std::string place;
            std::size_t expert;
        };
        std::vector<Offer> offers;
        for (const Json& module : change->details["estimates"])
            for (std::size_t expert = 0; expert < module["scores"].size(); ++expert) {
                auto scores = module["scores"][expert].get<std::vector<double>>();
                std::sort(scores.begin(), scores.end());
                for (std::size_t i = 0; i < std::min<std::size_t>(2, scores.size() - 1); ++i)
                    offers.push_back({scores[i],
                                      std::to_string(module["layer"].get<int>()) + module["module"].get<std::string>(),
                                      expert});
            }
        std::stable_sort(offers.begin(), offers.end(),
                         [](const Offer& one, const Offer& other) { return one.score < other.score; });
        const double progress = (step - 3) / 21.0;
        const auto count = static_cast<std::size_t>(std::llround(4 * (1 - std::pow(progress, 3))));
        CHECK_EQ(static_cast<std::size_t>(change->moved), count);
        std::map<std::pair<std::string, std::size_t>, int> expected, found;
        for (std::size_t i = 0; i < count; ++i)
            --expected[{offers[i].place, offers[i].expert}];
        int grown = 0;
        for (std::size_t layer = 0; layer < before.layers.size(); ++layer)
            for (const auto& [name, module] : before.layers[layer])
                for (std::size_t expert = 0; expert < module.ranks.size(); ++expert)
                    found[{std::to_string(layer) + name, expert}] =
                        change->map.layers[layer].at(name).ranks[expert] - module.ranks[expert];
        // All modules but down_proj have one width here or less; a growth that cannot be paid is left out.
        for (const auto& [place, difference] : found) {
            const int lost = expected.contains(place) ? expected.at(place) : 0;
            CHECK(difference >= lost);
            grown += difference - lost;
        }
        CHECK_EQ(grown, change->details["new_ranks"].get<int>());
        CHECK(grown > 0);
    }
    CHECK(changes >= 5);
    CHECK(training.trainer.isFinite());
}

HILO_TEST(aNewTripletOfElaloraChangesNothingAndIsOrthogonal)
{
    const AllocationMap map = uniformMap(tinyStepsModel(), {{3}, 1, 8, 0});
    const auto adapter = MixtureAdapter::create(tinyStepsModel(), map, {}, torch::kCPU);
    Triplets triplets(*adapter);
    torch::manual_seed(6);
    triplets.lambda().copy_(torch::randn({triplets.ranks()}));
    triplets.push(*adapter);
    const auto output = [&] {
        const torch::NoGradGuard noGradients;
        torch::manual_seed(2);
        const Tensor input = torch::randn({9, tinyStepsModel().hidden});
        std::vector<Tensor> found;
        for (std::size_t i = 0; i < 3; ++i)
            found.push_back(torch::zeros({9, adapter->layout().modules.find(0, i)->out}));
        const std::vector<int> modules{0, 1, 2};
        adapter->addTo(0, modules, input, found);
        return torch::cat(found, 1);
    };
    const Tensor before = output();
    const std::int64_t oldRanks = triplets.ranks();
    MapChange change{map, {{0, "q_proj", {{0, {0, 1, 2, -1}, -1}}}}};
    change.map.layers[0]["q_proj"].ranks = {4};
    const Repacking repacking = adapter->change(tinyStepsModel(), change, 5);
    Tensor moment = triplets.repacked(repacking, torch::ones_like(triplets.values()) * 3);
    Triplets::fillNewWithMeans(adapter->layout(), repacking, oldRanks, moment);
    triplets.repack(*adapter, repacking, 5);
    CHECK_NEAR((output() - before).abs().max().item<double>(), 0, 1e-6);
    CHECK(before.abs().max().item<double>() > 1e-4);
    CHECK_EQ(triplets.ranks(), oldRanks + 1);
    CHECK_EQ(triplets.lambda()[3].item<float>(), 0);
    const GroupLayout& group = adapter->layout().groups.front();
    const Tensor q = triplets.values().narrow(0, group.offset, 4 * group.in).view({4, group.in});
    CHECK_NEAR(q[3].norm().item<double>(), 1, 1e-5);
    CHECK_EQ(moment.min().item<float>(), 3);
    CHECK_EQ(moment.max().item<float>(), 3);
}

HILO_TEST(tripletsAreWhatTheAdapterComputesWith)
{
    const AllocationMap map = uniformMap(tinyStepsModel(), mixed);
    const auto adapter = MixtureAdapter::create(tinyStepsModel(), map, {}, torch::kCPU);
    Triplets triplets(*adapter);
    torch::manual_seed(6);
    triplets.lambda().copy_(torch::randn({triplets.ranks()}));
    triplets.push(*adapter);
    // A random linear function of the adapter's parameters: its gradient by them is known.
    const Tensor slope = torch::randn_like(adapter->parameters().detach());
    adapter->parameters().mutable_grad().copy_(slope);
    triplets.pullGradient(*adapter, 0);
    const auto valueAt = [&](std::int64_t index, double by) {
        const Tensor kept = triplets.values().clone();
        triplets.values()[index] += by;
        triplets.push(*adapter);
        const double value = (adapter->parameters().detach() * slope).sum().item<double>();
        triplets.values().copy_(kept);
        return value;
    };
    const std::int64_t all = triplets.values().numel();
    for (std::int64_t index = 0; index < all; index += 97) {
        const double expected = (valueAt(index, 0.05) - valueAt(index, -0.05)) / 0.1;
        CHECK_NEAR(triplets.flat().gradient[index].item<double>(), expected, 2e-2);
    }
    for (std::int64_t index = all - triplets.ranks(); index < all; index += 13) {
        const double expected = (valueAt(index, 0.05) - valueAt(index, -0.05)) / 0.1;
        CHECK_NEAR(triplets.flat().gradient[index].item<double>(), expected, 2e-2);
    }
}

HILO_TEST(importanceIsSmoothedSensitivityTimesUncertainty)
{
    const AllocationMap map = uniformMap(tinyStepsModel(), {{2, 3}, 1, 8, 0});
    const auto adapter = MixtureAdapter::create(tinyStepsModel(), map, {}, torch::kCPU);
    const AdapterLayout& layout = adapter->layout();
    torch::manual_seed(9);
    std::int64_t ranks = 0;
    for (const GroupLayout& group : layout.groups)
        ranks += group.plan.ranks;
    const Tensor like = torch::zeros({layout.parameters + ranks});
    TripletImportance importance(like);
    Tensor mean = torch::zeros_like(like), spread = torch::zeros_like(like);
    for (int step = 0; step < 4; ++step) {
        const Tensor values = torch::randn_like(like), gradient = torch::randn_like(like);
        importance.add({values, gradient});
        const Tensor now = (values * gradient).abs();
        mean = 0.85 * mean + 0.15 * now;
        spread = 0.85 * spread + 0.15 * (now - mean).abs();
    }
    const Tensor score = (mean * spread).to(torch::kFloat64);
    const std::vector<double> found = importance.scores(layout);
    CHECK_EQ(static_cast<std::int64_t>(found.size()), ranks);
    std::size_t place = 0;
    for (const GroupLayout& group : layout.groups)
        for (const ModuleLayout& module : group.modules)
            for (std::int64_t rank = 0; rank < module.ranks; ++rank, ++place) {
                const Tensor q = score.narrow(0, group.offset + (module.firstRank + rank) * group.in, group.in);
                const Tensor p = score.narrow(0, module.offsetB, module.out * module.ranks)
                                     .view({module.out, module.ranks})
                                     .select(1, rank);
                const double expected = score[layout.parameters + static_cast<std::int64_t>(place)].item<double>() +
                                        q.mean().item<double>() + p.mean().item<double>();
                CHECK_NEAR(found[place], expected, 1e-6 * expected);
            }
}

HILO_TEST(estimatesAreTheFormulasThatAreStated)
{
    const AllocationMap map = uniformMap(tinyStepsModel(), mixed);
    const auto adapter = MixtureAdapter::create(tinyStepsModel(), map, {}, torch::kCPU);
    randomiseParameters(*adapter, 4);
    torch::manual_seed(3);
    const Tensor first = torch::randn_like(adapter->parameters().detach());
    const Tensor second = torch::rand_like(first) + 0.1;
    const OptimiserView view{first, second, 0.2, 0.9, 0.999, 50};
    Tensor routed = torch::zeros_like(adapter->takeRoutingCounts());
    routed[0].fill_(4);
    routed[1].fill_(2);
    // The first module's routers: nobody chooses the last expert.
    routed[0][2] = 0;
    const std::vector<LiveModule> live = estimateLive(*adapter, view, routed);
    CHECK_EQ(live.size(), 14u);
    const LiveModule& module = live[0];
    const GroupLayout& group = adapter->layout().groups[0];
    const ModuleLayout& place = group.modules[0];
    CHECK_NEAR(module.entropy, 1, 1e-9);
    CHECK_NEAR(module.experts[0].load, 1.5, 1e-9);
    CHECK_NEAR(module.experts[2].load, 0, 1e-9);
    const auto block = [&](const Tensor& flat) {
        return flat.narrow(0, place.offsetB, place.out * place.ranks).view({place.out, place.ranks});
    };
    const Tensor m = block(first) / (1 - std::pow(0.9, 50));
    const Tensor v = block(second) / (1 - std::pow(0.999, 50));
    const Tensor b = block(adapter->parameters().detach());
    double mean = 0;
    for (std::size_t expert = 0; expert < 3; ++expert) {
        const std::int64_t begin = place.expertBegin[expert];
        const int rank = mixed.ranks[expert];
        double slope = 0;
        for (std::int64_t column = begin; column < begin + rank; ++column) {
            const double now = (b.select(1, column).abs() * v.select(1, column).sqrt()).sum().item<double>();
            const double squares =
                (m.select(1, column).square() - v.select(1, column) * (0.1 / 1.9)).sum().item<double>();
            const double own =
                std::sqrt(std::max(0.0, squares)) * std::sqrt(2 / std::numbers::pi * static_cast<double>(place.out));
            const double worth = now + 0.2 * own;
            CHECK_NEAR(module.experts[expert].worth[static_cast<std::size_t>(column - begin)], worth, 1e-4 * worth);
            slope += own / rank;
        }
        const Tensor a = adapter->parameters()
                             .detach()
                             .narrow(0, group.offset + begin * group.in, rank * group.in)
                             .view({rank, group.in});
        const Tensor singular = torch::linalg_svdvals(torch::mm(b.narrow(1, begin, rank), a).to(torch::kFloat64))
                                    .narrow(0, 0, rank)
                                    .square();
        const double spectrum = singular[rank - 1].item<double>() / singular.mean().item<double>();
        CHECK_NEAR(module.experts[expert].spectrum, spectrum, 1e-6);
        // The scale is alpha over rank.
        const double gain = 0.2 * slope * spectrum * rank / (rank + 1);
        CHECK_NEAR(module.experts[expert].rankGain, gain, 1e-4 * gain);
        mean += gain / 3;
    }
    CHECK_NEAR(module.expertGain, 2 * mean * 3 / 4, 1e-4 * module.expertGain);
}

HILO_TEST(whatAMovingMapNeedsAtMostIsBounded)
{
    const ModelConfig model = tinyStepsModel();
    const AllocationMap map = uniformMap(model, mixed);
    const auto ranks = [](const AllocationMap& one) {
        std::int64_t all = 0;
        for (const auto& layer : one.layers)
            for (const auto& [name, module] : layer)
                all += module.totalRank();
        return all;
    };
    CHECK(reallocationBound({}, map, model, 30).map == map);
    const ReallocationBound shrinking = reallocationBound({"adalora", 0.1, 0.7, 5, 1000}, map, model, 30);
    CHECK(shrinking.map == map);
    CHECK_EQ(shrinking.stateBytes, 16 * trainable(map));
    for (const char* method : {"balanced-live", "elalora"}) {
        const ReallocationBound bound = reallocationBound({method, 0.1, 0.8, 3, 0}, map, model, 30);
        CHECK(ranks(bound.map) > ranks(map));
        CHECK(trainable(bound.map) <= trainable(map));
        REQUIRE_OK(validateAllocationMap(bound.map, model, "bound"));
        Training training(moving(method, 30), map);
        for (int step = 1; step <= 30; ++step) {
            training.trainer.step();
            training.trainer.reallocate();
            CHECK(ranks(training.adapter->map()) <= ranks(bound.map));
        }
    }
    CHECK_EQ(reallocationBound({"elalora", 0.1, 0.8, 3, 0}, map, model, 30).stateBytes, 16 * trainable(map));
}

HILO_TEST(budgetsThatAMethodCannotKeepAreRefused)
{
    const ModelConfig model = tinyStepsModel();
    RunSpec spec;
    spec.map = uniformMap(model, mixed);
    spec.training.reallocation = {"adalora", 0.1, 0.7, 5, trainable(spec.map)};
    const Error large = REQUIRE_ERROR(checkReallocation(spec, model, "run.json"));
    CHECK_EQ(large.place, "training.reallocation.budget");
    spec.training.reallocation.budget = 10;
    CHECK_EQ(REQUIRE_ERROR(checkReallocation(spec, model, "run.json")).place, "training.reallocation.budget");
    spec.training.reallocation.budget = finalBudget(spec.map);
    REQUIRE_OK(checkReallocation(spec, model, "run.json"));
}
