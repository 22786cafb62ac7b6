// SPDX-License-Identifier: GPL-3.0-or-later
#include "reference.h"
#include "support/testing.h"

#include <cmath>
#include <numeric>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

/// One layer of a toy model: the first group's three outputs joined, then o_proj.
Tensor toyLayer(MixtureAdapter& adapter, std::int64_t layer, const Tensor& x, const Tensor& weight)
{
    std::vector<Tensor> outputs{torch::linear(x, weight), torch::linear(x, weight.narrow(0, 0, 12)),
                                torch::linear(x, weight.narrow(0, 12, 12))};
    const std::vector<int> first{0, 1, 2};
    adapter.addTo(layer, first, x, outputs);
    const Tensor joined = (outputs[0] + torch::cat({outputs[1], outputs[2]}, 1)).tanh();
    std::vector<Tensor> last{torch::linear(joined, weight)};
    const std::vector<int> second{3};
    adapter.addTo(layer, second, joined, last);
    return x + last[0].tanh();
}

/// Activation checkpointing in its plainest form. anchor only makes the result need gradients.
class Recompute : public torch::autograd::Function<Recompute>
{
  public:
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& anchor, const Tensor& weight,
                          MixtureAdapter* adapter, std::int64_t layer)
    {
        (void)anchor;
        context->save_for_backward({x, weight});
        context->saved_data["adapter"] = static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(adapter));
        context->saved_data["layer"] = layer;
        return toyLayer(*adapter, layer, x, weight);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        torch::AutoGradMode gradients_on(true);
        const Tensor x = saved[0].detach().set_requires_grad(true);
        auto* const adapter =
            reinterpret_cast<MixtureAdapter*>(static_cast<std::intptr_t>(context->saved_data["adapter"].toInt()));
        const Tensor y = toyLayer(*adapter, context->saved_data["layer"].toInt(), x, saved[1]);
        torch::autograd::backward({y}, {gradients[0]});
        return {x.grad(), Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

/// Everything a training pass of the toy model leaves behind.
struct Trained
{
    Tensor loss;
    Tensor gradient;
    double auxiliary = 0;
    std::vector<ExpertLoad> loads;
    std::vector<std::vector<ExpertLoad>> ofTasks;
};

Trained trainToy(MixtureAdapter& adapter, bool recompute, std::int64_t microBatches = 1, const TokenTasks& tasks = {})
{
    adapter.parameters().mutable_grad().zero_();
    torch::manual_seed(21);
    const Tensor weight = torch::randn({24, 24}) * 0.2;
    const Tensor anchor = torch::zeros({}).set_requires_grad(true);
    Trained trained;
    for (std::int64_t microBatch = 0; microBatch < microBatches; ++microBatch) {
        Tensor x = torch::randn({11, 24});
        adapter.startTraining(3, microBatch, {}, {}, tasks);
        for (std::int64_t layer = 0; layer < 2; ++layer)
            x = recompute ? Recompute::apply(x, anchor, weight, &adapter, layer) : toyLayer(adapter, layer, x, weight);
        trained.loss = x.sin().sum();
        const Tensor auxiliary = adapter.takeAuxiliaryLoss();
        if (auxiliary.defined()) {
            trained.auxiliary += auxiliary.item<double>();
            trained.loss = trained.loss + auxiliary;
        }
        trained.loss = trained.loss / microBatches;
        trained.loss.backward();
    }
    trained.gradient = adapter.parameters().grad().clone();
    trained.loads = adapter.takeExpertLoads();
    if (tasks.count > 0)
        trained.ofTasks = adapter.takeTaskLoads(tasks.count);
    return trained;
}

std::shared_ptr<MixtureAdapter> toyAdapter(double dropout, double auxiliaryLoss, const ModuleAllocation& module)
{
    const ModelConfig model = smallModel();
    AdapterSettings settings;
    settings.dropout = dropout;
    settings.auxiliaryLoss = auxiliaryLoss;
    AllocationMap map = uniformMap(model, module);
    map.layers[1]["k_proj"].ranks = {2, 2, 3};
    map.layers[1]["k_proj"].nullExperts = 0;
    const auto adapter = MixtureAdapter::create(model, map, settings, torch::kCPU);
    randomiseParameters(*adapter, 9);
    return adapter;
}

} // namespace

HILO_TEST(recomputedActivationsGiveTheSameGradientsLossAndLoads)
{
    for (const double dropout : {0.0, 0.3})
        for (const double auxiliaryLoss : {0.0, 0.5}) {
            const auto adapter = toyAdapter(dropout, auxiliaryLoss, {{1, 2, 3, 4}, 2, 16, 0});
            const Trained kept = trainToy(*adapter, false, 2);
            const Trained recomputed = trainToy(*adapter, true, 2);
            CHECK(torch::equal(kept.loss.detach(), recomputed.loss.detach()));
            CHECK(torch::equal(kept.gradient, recomputed.gradient));
            CHECK_EQ(kept.auxiliary, recomputed.auxiliary);
            CHECK_EQ(kept.loads.size(), recomputed.loads.size());
            for (std::size_t i = 0; i < kept.loads.size(); ++i)
                CHECK_EQ(kept.loads[i].load, recomputed.loads[i].load);
        }
}

HILO_TEST(dropoutDependsOnStepAndMicroBatchAlone)
{
    const auto adapter = toyAdapter(0.5, 0, {{4, 4}, 1, 16, 0});
    const Tensor x = torch::randn({6, 24});
    const std::vector<int> modules{3};
    const auto run = [&](std::int64_t step, std::int64_t microBatch) {
        adapter->startTraining(step, microBatch);
        std::vector<Tensor> outputs{torch::zeros({6, 24})};
        adapter->addTo(0, modules, x, outputs);
        return outputs[0].detach();
    };
    const Tensor first = run(1, 0);
    CHECK(!torch::equal(first, run(1, 1)));
    CHECK(!torch::equal(first, run(2, 0)));
    CHECK(torch::equal(first, run(1, 0)));
    adapter->startEvaluation();
    std::vector<Tensor> outputs{torch::zeros({6, 24})};
    adapter->addTo(0, modules, x, outputs);
    CHECK(!torch::equal(first, outputs[0].detach()));
}

HILO_TEST(loadsSumToOneAndAreTakenOnce)
{
    for (const int nullExperts : {0, 2}) {
        const auto adapter = toyAdapter(0, 0, {{1, 2, 3}, 2, 16, nullExperts});
        const Trained trained = trainToy(*adapter, false, 3);
        CHECK_EQ(trained.loads.size(), 8u);
        for (const ExpertLoad& load : trained.loads) {
            CHECK_EQ(load.load.size(),
                     static_cast<std::size_t>(3 + (load.layer == 1 && load.module == 1 ? 0 : nullExperts)));
            CHECK_NEAR(std::accumulate(load.load.begin(), load.load.end(), 0.0), 1, 1e-9);
            CHECK_NEAR(std::accumulate(load.weight.begin(), load.weight.end(), 0.0), 1, 1e-5);
        }
        CHECK(adapter->takeExpertLoads().empty());
        adapter->startTraining(9, 0);
        CHECK(adapter->takeExpertLoads().empty());
    }
}

HILO_TEST(loadsByTaskSumToTheWhole)
{
    // 11 tokens a pass: four of task 0, five of task 2 and two of task 1, in turns.
    const TokenTasks tasks{torch::tensor({0, 2, 2, 0, 1, 2, 0, 2, 1, 0, 2}, torch::kInt64), 4};
    const std::vector<double> shares{4.0 / 11, 2.0 / 11, 5.0 / 11};
    for (const bool recompute : {false, true})
        for (const bool equalLogits : {false, true})
            for (const ModuleAllocation& module :
                 {ModuleAllocation{{1, 2, 3}, 2, 16, 0}, ModuleAllocation{{1, 2, 3}, 2, 16, 2},
                  ModuleAllocation{{1, 2, 3}, 3, 16, 0}, ModuleAllocation{{2, 2}, 1, 16, 0}}) {
                const auto adapter = toyAdapter(0, 0, module);
                // All choices are then as good as one another, and the first ones are taken.
                if (equalLogits)
                    adapter->parameters().detach().zero_();
                const Trained trained = trainToy(*adapter, recompute, 3, tasks);
                CHECK_EQ(trained.ofTasks.size(), 4u);
                CHECK(trained.ofTasks[3].empty());
                for (std::size_t i = 0; i < trained.loads.size(); ++i) {
                    const ExpertLoad& whole = trained.loads[i];
                    for (std::size_t choice = 0; choice < whole.load.size(); ++choice) {
                        double load = 0, weight = 0;
                        for (std::size_t task = 0; task < 3; ++task) {
                            const ExpertLoad& own = trained.ofTasks[task].at(i);
                            CHECK(own.layer == whole.layer && own.module == whole.module);
                            load += shares[task] * own.load.at(choice);
                            weight += shares[task] * own.weight.at(choice);
                        }
                        CHECK_NEAR(load, whole.load[choice], 1e-12);
                        CHECK_NEAR(weight, whole.weight[choice], 1e-5);
                    }
                }
                // They are taken once, and a pass without tasks adds nothing.
                trainToy(*adapter, recompute);
                for (const auto& ofTask : adapter->takeTaskLoads(4))
                    CHECK(ofTask.empty());
            }
    // Padding is no task's.
    const auto adapter = toyAdapter(0, 0, {{1, 2}, 1, 16, 0});
    const Trained padded =
        trainToy(*adapter, false, 1, {torch::tensor({0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9}, torch::kInt64), 1});
    for (const ExpertLoad& load : padded.ofTasks.at(0))
        CHECK_NEAR(std::remainder(load.load[0], 0.5), 0, 1e-12);
    // Dense routers choose all.
    const ModelConfig model = smallModel();
    AdapterSettings settings;
    settings.router = RouterKind::Dense;
    const auto dense = MixtureAdapter::create(model, uniformMap(model, {{1, 2, 3}, 1, 16, 0}), settings, torch::kCPU);
    const Trained ofDense = trainToy(*dense, false, 1, tasks);
    for (const ExpertLoad& load : ofDense.ofTasks.at(0))
        for (const double share : load.load)
            CHECK_NEAR(share, 1.0 / 3, 1e-12);
}

HILO_TEST(evaluationGathersNothing)
{
    const auto adapter = toyAdapter(0, 0.1, {{1, 2}, 1, 16, 0});
    adapter->startEvaluation();
    toyLayer(*adapter, 0, torch::randn({4, 24}), torch::randn({24, 24}));
    CHECK(adapter->takeExpertLoads().empty());
    CHECK_EQ(adapter->takeAuxiliaryLoss().item<double>(), 0.0);
}

HILO_TEST(theAuxiliaryLossIsOffByDefault)
{
    const auto adapter = toyAdapter(0, 0, {{1, 2}, 1, 16, 0});
    adapter->startTraining(1, 0);
    toyLayer(*adapter, 0, torch::randn({4, 24}), torch::randn({24, 24}));
    CHECK(!adapter->takeAuxiliaryLoss().defined());
}

/// Layer 1 has three routed modules of one size in two groups and k_proj of another: value and router gradients against
/// N·Σ f·P written out with autograd.
HILO_TEST(theAuxiliaryLossAndItsGradientFollowTheFormula)
{
    for (const int nullExperts : {0, 2}) {
        const ModuleAllocation module{{1, 2, 3, 4}, 2, 16, nullExperts};
        const double coefficient = 0.7;
        const auto adapter = toyAdapter(0, coefficient, module);
        Leaves leaves = leavesOf(*adapter);
        const Tensor x = torch::randn({13, 24});
        const Tensor weight = torch::randn({24, 24}) * 0.2;

        // The joined input of o_proj must not pull gradients into the reference: both sides cut it.
        const std::vector<int> first{0, 1, 2}, second{3};
        std::vector<Tensor> outputs{torch::zeros({13, 24}), torch::zeros({13, 12}), torch::zeros({13, 12})};
        const Tensor other = torch::randn({13, 24});
        std::vector<Tensor> last{torch::zeros({13, 24})};
        adapter->startTraining(1, 0);
        adapter->addTo(1, first, x, outputs);
        adapter->addTo(1, second, other, last);
        const Tensor auxiliary = adapter->takeAuxiliaryLoss();
        const Tensor loss = torch::cat({outputs[0], outputs[1], outputs[2], last[0]}, 1).sum() * 0 + auxiliary * 3;
        loss.backward();

        Tensor expected = torch::zeros({});
        const auto balance = [&](const std::vector<std::pair<std::string, Tensor>>& modules,
                                 const ModuleAllocation& allocation) {
            std::vector<Tensor> logits;
            for (const auto& [name, input] : modules)
                logits.push_back(torch::mm(input, leaves.at("layers.1." + name + ".router.weight").t()));
            const auto routing = referenceRouting(torch::cat(logits), allocation, RouterKind::TopK);
            Tensor share = routing.chosen.sum(0) / routing.chosen.sum();
            if (allocation.nullExperts > 0) {
                const auto nulls = share.narrow(0, allocation.experts(), allocation.nullExperts);
                nulls.fill_(nulls.mean().item<float>());
            }
            const double choices = allocation.experts() + allocation.nullExperts;
            return choices * (share * routing.probabilities.mean(0)).sum();
        };
        expected = coefficient * (0.75 * balance({{"q_proj", x}, {"v_proj", x}, {"o_proj", other}}, module) +
                                  0.25 * balance({{"k_proj", x}}, {{2, 2, 3}, 2, 16, 0}));
        CHECK_NEAR(auxiliary.item<double>(), expected.item<double>(), 1e-6);
        (expected * 3).backward();
        const auto gradients = gradientsOf(*adapter);
        for (const std::string name : {"q_proj", "k_proj", "v_proj", "o_proj"}) {
            const std::string key = "layers.1." + name + ".router.weight";
            CHECK(leaves.at(key).grad().abs().max().item<double>() > 1e-3);
            CHECK_NEAR(relativeDifference(gradients.at(key), leaves.at(key).grad()), 0, 1e-6);
        }
    }
}

HILO_TEST(balancedChoicesCostOneALayer)
{
    const ModelConfig model = smallModel();
    AdapterSettings settings;
    settings.auxiliaryLoss = 1;
    AllocationMap map = uniformMap(model, {{2, 2}, 1, 16, 0});
    const auto adapter = MixtureAdapter::create(model, map, settings, torch::kCPU);
    for (auto& [name, tensor] : adapter->namedTensors())
        if (name == "layers.0.o_proj.router.weight") {
            tensor.narrow(0, 0, 1).fill_(1);
            tensor.narrow(0, 1, 1).fill_(-1);
        }
    Tensor x = torch::ones({8, 24});
    x.narrow(0, 0, 4).neg_();
    std::vector<Tensor> outputs{torch::zeros({8, 24})};
    const std::vector<int> modules{3};
    adapter->startTraining(1, 0);
    adapter->addTo(0, modules, x, outputs);
    CHECK_NEAR(adapter->takeAuxiliaryLoss().item<double>(), 1, 1e-6);
}
