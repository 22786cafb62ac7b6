// SPDX-License-Identifier: GPL-3.0-or-later
// Every kernel gives the same bytes in whatever order its blocks and threads run: nothing reads what another thread is
// about to write, and sums have a fixed order (same seed, same numbers).
#include "tests/gpu/device_under_test.h"
#include "threads.h"

#include "gpu/operators/adamw.h"
#include "gpu/operators/operators.h"
#include "gpu/operators/quantised.h"

using namespace hilo;
using namespace hilo::testing;
using emulated::Order;
using torch::Tensor;

namespace {

const std::vector<torch::Dtype> types{torch::kFloat32, torch::kFloat16, torch::kBFloat16};

/// What results() gives in every order is what it gives first.
void checkOrders(const std::function<std::vector<Tensor>()>& results)
{
    const torch::NoGradGuard noGradient;
    emulated::useOrder(Order::Forward);
    const std::int64_t before = emulated::launches();
    const std::vector<Tensor> expected = results();
    CHECK(emulated::launches() > before);
    for (const Order order : {Order::Backward, Order::Shuffled}) {
        emulated::useOrder(order);
        const std::vector<Tensor> found = results();
        CHECK_EQ(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            CHECK(torch::equal(found[i], expected[i]));
    }
    emulated::useOrder(Order::Forward);
}

/// Two modules with routers, one of them with null experts, and one expert that is always on.
gpu::RoutingPlan smallPlan()
{
    gpu::RoutingPlan plan;
    const auto add = [&](const std::vector<std::int64_t>& ranks, std::int64_t nullExperts, std::int64_t topK) {
        gpu::ModuleRouting module;
        module.firstExpert = static_cast<std::int64_t>(plan.experts.size());
        module.experts = static_cast<std::int64_t>(ranks.size());
        module.nullExperts = nullExperts;
        module.topK = topK;
        for (const std::int64_t rank : ranks) {
            plan.experts.push_back({plan.ranks, plan.ranks + rank, 0.5f});
            plan.ranks += rank;
        }
        if (ranks.size() > 1) {
            module.firstLogit = plan.logits;
            plan.logits += module.choices();
        }
        plan.modules.push_back(module);
    };
    add({1, 2, 3, 4}, 0, 2);
    add({8}, 0, 1);
    add({2, 6}, 2, 2);
    return plan;
}

} // namespace

HILO_TEST(rowsInAnyOrder)
{
    torch::manual_seed(1);
    for (const torch::Dtype type : types)
        for (const std::int64_t width : {33, 64, 1032}) {
            const Tensor x = torch::randn({20, width}).to(type);
            const Tensor weight = torch::randn({width}).to(type);
            const Tensor slope = torch::randn({20, width}).to(type);
            const Tensor labels = torch::randint(width, {20}, torch::kInt64);
            checkOrders([&] {
                std::vector<Tensor> results{gpu::rmsNorm(x, weight, 1e-5, false)};
                {
                    const torch::AutoGradMode recording(true);
                    const Tensor input = x.clone().set_requires_grad(true);
                    gpu::rmsNorm(input, weight, 1e-5, true).backward(slope);
                    results.push_back(input.grad());
                }
                const Tensor logits = x.clone();
                results.push_back(gpu::crossEntropyInPlace(logits, labels, 4.0));
                results.push_back(logits);
                const gpu::RowSoftmaxes softmaxes = gpu::RowSoftmaxes::of(20, torch::kCPU);
                gpu::crossEntropyChunk(x, labels, 0, 4.0, softmaxes);
                gpu::crossEntropyChunk(x, labels, width, 4.0, softmaxes);
                const Tensor chunk = x.clone();
                gpu::crossEntropyChunkGradientInPlace(chunk, labels, 0, 4.0, softmaxes.logSum());
                results.insert(results.end(), {softmaxes.maximum, softmaxes.sum, softmaxes.ofLabel, chunk});
                return results;
            });
        }
}

HILO_TEST(valuesInAnyOrder)
{
    torch::manual_seed(2);
    for (const torch::Dtype type : types) {
        const Tensor x = torch::randn({9, 3, 16}).to(type);
        const Tensor up = torch::randn({9, 3, 16}).to(type);
        const Tensor angles = torch::randn({9, 8});
        checkOrders([&] {
            const torch::AutoGradMode recording(true);
            const Tensor gate = x.clone().set_requires_grad(true);
            const Tensor gated = gpu::gatedActivation(gate, up, 1);
            gated.backward(up);
            return std::vector<Tensor>{gated.detach(), gate.grad(),
                                       gpu::rotate(x, angles.cos().to(type), angles.sin().to(type)),
                                       gpu::dropout(x, 0.3, 5)};
        });
    }
}

HILO_TEST(routingInAnyOrder)
{
    torch::manual_seed(3);
    const gpu::RoutingPlan plan = smallPlan();
    const gpu::RoutingTables tables = gpu::RoutingTables::of(plan, torch::kCPU);
    const Tensor records = torch::tensor({1, 2, 2, 0, 4, 4, 4, 4, 2}, torch::kInt32);
    for (const torch::Dtype type : types)
        for (const std::int64_t tokens : {1, 17, 130}) {
            const Tensor product = torch::randn({tokens, plan.ranks + plan.logits});
            const Tensor slope = torch::randn({tokens, plan.ranks}).to(type);
            const Tensor counted = torch::full({}, tokens / 2, torch::kInt64);
            checkOrders([&] {
                const Tensor counts = torch::zeros({2, plan.logits}, torch::kFloat64);
                const gpu::Routed routed = gpu::route(product, tables, type, counts, counted);
                const gpu::Balance balanced = gpu::balance(counts, records, 1, tokens, counted);
                const gpu::RoutedGradients gradients =
                    gpu::routeBackward(product, routed.gates, tables, slope, balanced.slopes, type, counted);
                return std::vector<Tensor>{routed.gates,      routed.weighted,    counts,         balanced.loss,
                                           gradients.product, gradients.weighted, balanced.slopes};
            });
        }
}

HILO_TEST(productsInAnyOrder)
{
    torch::manual_seed(4);
    for (const torch::Dtype type : {torch::kFloat16, torch::kBFloat16}) {
        const Tensor x = torch::randn({70, 96}).to(type);
        const Tensor back = torch::randn({70, 80}).to(type);
        const Tensor weight = torch::randn({80, 96});
        for (const gpu::WeightFormat format :
             {gpu::WeightFormat::Nf4, gpu::WeightFormat::Int8, gpu::WeightFormat::E4m3}) {
            const gpu::QuantisedWeight small = gpu::quantise(weight, format);
            checkOrders([&] {
                const torch::AutoGradMode recording(true);
                const Tensor input = x.clone().set_requires_grad(true);
                const Tensor y = gpu::quantisedLinear(input, small);
                y.backward(back);
                return std::vector<Tensor>{y.detach(), input.grad(), gpu::dequantise(small, type)};
            });
        }
        checkOrders([&] { return std::vector<Tensor>{gpu::droppedProduct(x, weight.to(type), 0.2, 9)}; });
    }
}

HILO_TEST(theOptimiserInAnyOrder)
{
    torch::manual_seed(5);
    for (const std::int64_t count : {1003, 4096}) {
        const Tensor start = torch::randn({count});
        const Tensor slopes = torch::randn({count});
        checkOrders([&] {
            const Tensor parameters = start.clone();
            const Tensor gradient = slopes.clone();
            const Tensor first = torch::zeros({count});
            const Tensor second = torch::zeros({count});
            const Tensor norm = gpu::gradientNorm(gradient);
            gpu::AdamwSettings settings;
            settings.learningRate = 0.01;
            settings.step = 1;
            gpu::adamwStep(parameters, gradient, first, second, settings, norm, 0.5);
            return std::vector<Tensor>{norm, parameters, first, second};
        });
    }
}
