// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/localised_balance.h"
#include "formats/layer_modules.h"
#include "reference.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

HILO_TEST(squaredSampleVariationOfAToyByHand)
{
    // Mean 3, squared distances 4 + 1 + 0 + 1 + 1 + 0 + 1 + 4 = 12 over 7.
    const Tensor z = torch::tensor({1.0, 2.0, 3.0, 4.0, 2.0, 3.0, 4.0, 5.0}).view({2, 4});
    CHECK_NEAR(squaredSampleVariation(z).item<double>(), 12.0 / 7.0 / 9.0, 1e-9);
    CHECK_NEAR(squaredSampleVariation(torch::full({2, 4}, 0.25)).item<double>(), 0, 1e-12);
    CHECK_EQ(squaredSampleVariation(torch::ones({1, 1})).item<double>(), 0.0);
}

/// Routers of dense modules against LibTorch's own differentiation, over two sequences, and once more when the layer is
/// computed twice, as activation checkpointing does.
HILO_TEST(gradientsOfDenseRoutersAreThoseOfThePlainLoss)
{
    const ModelConfig model = smallModel();
    AdapterSettings settings;
    settings.router = RouterKind::Dense;
    settings.auxiliaryLoss = 0.5;
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, {{1, 2, 3}, 3, 16, 0}), settings, torch::kCPU);
    randomiseParameters(*adapter, 3);
    Leaves leaves = leavesOf(*adapter);
    const auto shapes = layerModules(model, 0);
    std::vector<int> modules;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        if (shapes[i].inputGroup == 0)
            modules.push_back(static_cast<int>(i));

    const Tensor x = torch::randn({9, shapes[static_cast<std::size_t>(modules[0])].in});
    const std::vector<std::int64_t> starts{0, 4, 9};
    Tensor expected = torch::zeros({}, torch::kFloat64);
    for (const int index : modules) {
        const std::string router = "layers.1." + shapes[static_cast<std::size_t>(index)].name + ".router.weight";
        const Tensor gates = torch::softmax(torch::mm(x, leaves.at(router).t()), 1);
        expected =
            expected + squaredSampleVariation(torch::stack({gates.slice(0, 0, 4).sum(0), gates.slice(0, 4, 9).sum(0)}));
    }
    (expected * settings.auxiliaryLoss).backward();

    for (const int computed : {1, 2}) {
        adapter->parameters().mutable_grad().zero_();
        adapter->startTraining(1, 0, starts);
        std::vector<Tensor> outputs;
        for (int time = 0; time < computed; ++time) {
            outputs.clear();
            for (const int index : modules)
                outputs.push_back(torch::zeros({9, shapes[static_cast<std::size_t>(index)].out}));
            adapter->addTo(1, modules, x, outputs);
        }
        Tensor loss = adapter->takeAuxiliaryLoss();
        CHECK_NEAR(loss.item<double>(), expected.item<double>() * settings.auxiliaryLoss, 1e-6);
        for (const Tensor& output : outputs)
            loss = loss + 0 * output.sum();
        loss.backward();
        const auto gradients = gradientsOf(*adapter);
        for (const int index : modules) {
            const std::string router = "layers.1." + shapes[static_cast<std::size_t>(index)].name + ".router.weight";
            CHECK(leaves.at(router).grad().abs().max().item<double>() > 1e-4);
            CHECK(relativeDifference(gradients.at(router), leaves.at(router).grad()) < 1e-5);
        }
    }
}

HILO_TEST(evenGatesCostNothing)
{
    const ModelConfig model = smallModel();
    AdapterSettings settings;
    settings.router = RouterKind::Dense;
    settings.auxiliaryLoss = 1;
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, {{2, 2}, 2, 16, 0}), settings, torch::kCPU);
    adapter->parameters().detach().zero_();
    adapter->startTraining(0, 0, {0, 3, 6});
    const auto shapes = layerModules(model, 0);
    std::vector<int> modules;
    std::vector<Tensor> outputs;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        if (shapes[i].inputGroup == 0) {
            modules.push_back(static_cast<int>(i));
            outputs.push_back(torch::zeros({6, shapes[i].out}));
        }
    adapter->addTo(0, modules, torch::randn({6, shapes[static_cast<std::size_t>(modules[0])].in}), outputs);
    CHECK_NEAR(adapter->takeAuxiliaryLoss().item<double>(), 0, 1e-9);
}
