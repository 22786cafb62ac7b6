// SPDX-License-Identifier: GPL-3.0-or-later
#include "reference.h"
#include "support/testing.h"

#include "formats/layer_modules.h"
#include "gpu/cpu/dropout.h"
#include "gpu/kernels/counter_random.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

struct GridPoint
{
    ModuleAllocation module;
    AdapterSettings settings;
    std::int64_t tokens = 7;
    int microBatches = 1;
};

std::string nameOf(const GridPoint& point)
{
    return "ranks " + printed(point.module.ranks) + ", top_k " + std::to_string(point.module.topK) + ", nulls " +
           std::to_string(point.module.nullExperts) + ", router " +
           std::to_string(static_cast<int>(point.settings.router)) + ", scaling " +
           std::to_string(static_cast<int>(point.settings.scaling)) + ", dropout " +
           std::to_string(point.settings.dropout) + ", tokens " + std::to_string(point.tokens);
}

Tensor droppedInput(const Tensor& x, const AdapterSettings& settings, std::int64_t step, std::int64_t microBatch,
                    std::int64_t layer, int inputGroup)
{
    if (settings.dropout == 0)
        return x;
    Tensor mask = torch::ones_like(x).detach();
    const auto key = gpu::randomKey(static_cast<std::uint64_t>(settings.seed), step, microBatch, layer, inputGroup);
    gpu::cpu::dropout(mask.data_ptr<float>(), mask.data_ptr<float>(), mask.numel(),
                      gpu::dropoutMask(settings.dropout, key));
    return x * mask;
}

/// One input group of layer 1, whose base is linear layers of its own: outputs, and gradients by the input, the base's
/// result and every tensor, against the plain loop. Only k_proj of the first group keeps other numbers than its peers.
void compare(const GridPoint& point, int inputGroup)
{
    const ModelConfig model = smallModel();
    AllocationMap map = uniformMap(model, point.module);
    map.layers[1]["k_proj"].ranks = {3};
    map.layers[1]["k_proj"].topK = 1;
    map.layers[1]["k_proj"].nullExperts = 0;
    map.layers[1].erase("v_proj");
    const auto adapter = MixtureAdapter::create(model, map, point.settings, torch::kCPU);
    randomiseParameters(*adapter, 3);
    Leaves leaves = leavesOf(*adapter);
    const auto shapes = layerModules(model, 0);
    std::vector<int> modules;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        if (shapes[i].inputGroup == inputGroup)
            modules.push_back(static_cast<int>(i));

    for (int microBatch = 0; microBatch < point.microBatches; ++microBatch) {
        const std::int64_t in = shapes[static_cast<std::size_t>(modules[0])].in;
        const Tensor x = torch::randn({point.tokens, in}).set_requires_grad(true);
        const Tensor expectedX = x.detach().clone().set_requires_grad(true);
        const Tensor dropped = droppedInput(expectedX, point.settings, 5, microBatch, 1, inputGroup);
        std::vector<Tensor> outputs;
        Tensor loss = torch::zeros({});
        Tensor expectedLoss = torch::zeros({});
        std::vector<Tensor> expected;
        for (const int index : modules) {
            const ModuleShape& shape = shapes[static_cast<std::size_t>(index)];
            const Tensor weight = torch::randn({shape.out, in}) * 0.2;
            outputs.push_back(torch::linear(x, weight));
            const Tensor base = torch::linear(expectedX, weight);
            const auto found = map.layers[1].find(shape.name);
            expected.push_back(
                found == map.layers[1].end()
                    ? base
                    : base + referenceDelta(leaves, 1, shape.name, found->second, point.settings, expectedX, dropped));
        }
        adapter->startTraining(5, microBatch);
        adapter->addTo(1, modules, x, outputs);
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            CHECK_NEAR(relativeDifference(outputs[i], expected[i]), 0, 1e-5);
            const Tensor factor = torch::randn_like(outputs[i]).detach();
            loss = loss + (outputs[i].sin() * factor).sum();
            expectedLoss = expectedLoss + (expected[i].sin() * factor).sum();
        }
        loss.backward();
        expectedLoss.backward();
        CHECK_NEAR(relativeDifference(x.grad(), expectedX.grad()), 0, 1e-5);
    }
    int compared = 0;
    for (const auto& [name, gradient] : gradientsOf(*adapter)) {
        const Tensor expected = leaves.at(name).grad();
        if (!expected.defined()) {
            CHECK_EQ(gradient.abs().max().item<double>(), 0.0);
            continue;
        }
        ++compared;
        const double difference = relativeDifference(gradient, expected);
        if (difference > 1e-5)
            fail("gradient of " + name + " differs by " + printed(difference) + " at " + nameOf(point), __FILE__,
                 __LINE__);
    }
    CHECK(compared > 0);
}

std::vector<int> mixedRanks(int experts)
{
    std::vector<int> ranks;
    for (int i = 0; i < experts; ++i)
        ranks.push_back(1 + (i * 3 + experts) % 8);
    return ranks;
}

} // namespace

HILO_TEST(equalsThePlainLoopOverExpertsForAllCountsAndTopK)
{
    for (int experts = 1; experts <= 8; ++experts)
        for (const int topK : {1, 2, 3, experts})
            if (topK <= experts)
                compare({{mixedRanks(experts), topK, 16, 0}, {}, 7, 1}, 0);
}

HILO_TEST(equalsThePlainLoopForEveryInputGroup)
{
    for (const int inputGroup : {0, 1, 2, 3})
        compare({{{2, 4, 6, 8}, 2, 16, 0}, {}, 7, 1}, inputGroup);
}

HILO_TEST(equalsThePlainLoopForRoutersScalingsTokensAndAccumulation)
{
    for (const RouterKind router : {RouterKind::TopK, RouterKind::Dense, RouterKind::TopKNull, RouterKind::TopP})
        for (const ScalingMode scaling :
             {ScalingMode::AlphaOverRank, ScalingMode::AlphaOverSqrtRank, ScalingMode::Constant})
            for (const std::int64_t tokens : {1, 7, 64})
                for (const int nullExperts : {0, 3}) {
                    AdapterSettings settings;
                    settings.router = router;
                    settings.scaling = scaling;
                    settings.constantScale = 1.5;
                    compare({{{2, 5, 1, 4}, 2, 8, nullExperts}, settings, tokens, tokens == 7 ? 3 : 1}, 0);
                }
}

HILO_TEST(equalsThePlainLoopWithTheSameDropoutMask)
{
    for (const double dropout : {0.05, 0.5})
        for (const int experts : {1, 4}) {
            AdapterSettings settings;
            settings.dropout = dropout;
            compare({{mixedRanks(experts), std::min(2, experts), 16, 0}, settings, 7, 2}, 0);
        }
}

HILO_TEST(aSingleExpertWithNullExpertsIsRouted)
{
    AdapterSettings settings;
    settings.router = RouterKind::TopKNull;
    compare({{{4}, 1, 16, 2}, settings, 64, 1}, 2);
}

HILO_TEST(oneExpertIsPlainLora)
{
    const ModelConfig model = smallModel();
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, {{8}, 1, 16, 0}), {}, torch::kCPU);
    randomiseParameters(*adapter, 4);
    const Leaves leaves = leavesOf(*adapter);
    CHECK(!leaves.contains("layers.0.o_proj.router.weight"));
    const Tensor x = torch::randn({9, 24});
    std::vector<Tensor> outputs{torch::zeros({9, 24})};
    const std::vector<int> modules{3};
    adapter->addTo(0, modules, x, outputs);
    const Tensor expected = 2 * torch::mm(torch::mm(x, leaves.at("layers.0.o_proj.experts.0.lora_A").t()),
                                          leaves.at("layers.0.o_proj.experts.0.lora_B").t());
    CHECK_NEAR(relativeDifference(outputs[0], expected), 0, 1e-6);
}

HILO_TEST(aTokenThatChoosesOnlyNullExpertsGetsExactlyZero)
{
    const ModelConfig model = smallModel();
    AdapterSettings settings;
    settings.router = RouterKind::TopKNull;
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, {{2, 3}, 2, 16, 2}), settings, torch::kCPU);
    randomiseParameters(*adapter, 5);
    for (auto& [name, tensor] : adapter->namedTensors())
        if (name == "layers.0.o_proj.router.weight") {
            tensor.zero_();
            tensor.narrow(0, 2, 2).fill_(1);
        }
    const Tensor x = torch::rand({5, 24}) + 0.1;
    const Tensor before = torch::randn({5, 24});
    std::vector<Tensor> outputs{before.clone().set_requires_grad(true) * 1};
    const std::vector<int> modules{3};
    adapter->addTo(0, modules, x, outputs);
    CHECK(torch::equal(outputs[0], before));
    outputs[0].sum().backward();
    CHECK_EQ(adapter->parameters().grad().abs().max().item<double>(), 0.0);
}

HILO_TEST(aFreshAdapterChangesNothing)
{
    const ModelConfig model = smallModel();
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, {{2, 4}, 1, 16, 0}), {}, torch::kCPU);
    const Tensor x = torch::randn({5, 24});
    const Tensor before = torch::randn({5, 24});
    std::vector<Tensor> outputs{before.clone()};
    const std::vector<int> modules{3};
    adapter->addTo(1, modules, x, outputs);
    CHECK(torch::equal(outputs[0], before));
}

HILO_TEST(aLayerWithoutExpertsIsLeftAlone)
{
    const ModelConfig model = smallModel();
    AllocationMap map = uniformMap(model, {{2}, 1, 16, 0});
    map.layers[0].clear();
    const auto adapter = MixtureAdapter::create(model, map, {}, torch::kCPU);
    randomiseParameters(*adapter, 6);
    const Tensor before = torch::randn({5, 24});
    std::vector<Tensor> outputs{before.clone()};
    const std::vector<int> modules{3};
    adapter->addTo(0, modules, torch::randn({5, 24}), outputs);
    CHECK(torch::equal(outputs[0], before));
}

HILO_TEST(outputsMayBeColumnsOfAJointProduct)
{
    const ModelConfig model = smallModel();
    const auto adapter = MixtureAdapter::create(model, uniformMap(model, {{2, 4}, 2, 16, 0}), {}, torch::kCPU);
    randomiseParameters(*adapter, 7);
    const std::vector<int> modules{0, 1, 2};
    const Tensor weight = torch::randn({48, 24}) * 0.2;
    std::vector<Tensor> gradients;
    std::vector<Tensor> results;
    for (const bool joint : {false, true}) {
        adapter->parameters().mutable_grad().zero_();
        torch::manual_seed(11);
        const Tensor x = torch::randn({6, 24}).set_requires_grad(true);
        std::vector<Tensor> outputs;
        const Tensor all = torch::linear(x, weight);
        for (const auto& [begin, size] : {std::pair{0, 24}, std::pair{24, 12}, std::pair{36, 12}})
            outputs.push_back(joint ? all.narrow(1, begin, size) : torch::linear(x, weight.narrow(0, begin, size)));
        adapter->addTo(0, modules, x, outputs);
        torch::cat(outputs, 1).sin().sum().backward();
        gradients.push_back(torch::cat({x.grad().flatten(), adapter->parameters().grad()}));
        results.push_back(torch::cat(outputs, 1).detach());
    }
    CHECK_NEAR(relativeDifference(results[1], results[0]), 0, 1e-6);
    CHECK_NEAR(relativeDifference(gradients[1], gradients[0]), 0, 1e-5);
}

HILO_TEST(aBfloat16BaseIsCloseToFloat32)
{
    const ModelConfig model = smallModel();
    AdapterSettings settings;
    for (const double dropout : {0.0, 0.2}) {
        settings.dropout = dropout;
        const auto adapter =
            MixtureAdapter::create(model, uniformMap(model, {{2, 4, 4}, 2, 16, 0}), settings, torch::kCPU);
        randomiseParameters(*adapter, 8);
        std::vector<Tensor> gradients;
        std::vector<Tensor> results;
        for (const auto type : {torch::kFloat32, torch::kBFloat16}) {
            adapter->parameters().mutable_grad().zero_();
            torch::manual_seed(12);
            // The routers must see the same numbers: a choice that flips is not a rounding error.
            const Tensor x = torch::randn({16, 24}).to(torch::kBFloat16).to(type).set_requires_grad(true);
            std::vector<Tensor> outputs{torch::zeros({16, 24}, type), torch::zeros({16, 12}, type),
                                        torch::zeros({16, 12}, type)};
            const std::vector<int> modules{0, 1, 2};
            adapter->startTraining(1, 0);
            adapter->addTo(1, modules, x, outputs);
            CHECK(outputs[0].scalar_type() == type);
            torch::cat(outputs, 1).to(torch::kFloat32).sum().backward();
            results.push_back(torch::cat(outputs, 1).detach().to(torch::kFloat32));
            gradients.push_back(torch::cat({x.grad().to(torch::kFloat32).flatten(), adapter->parameters().grad()}));
        }
        CHECK_NEAR(relativeDifference(results[1], results[0]), 0, 0.02);
        CHECK_NEAR(relativeDifference(gradients[1], gradients[0]), 0, 0.02);
    }
}
