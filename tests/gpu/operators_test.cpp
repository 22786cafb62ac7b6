// SPDX-License-Identifier: GPL-3.0-or-later
// Every operator against plain LibTorch expressions in float64, over shapes, types and strides. The same program runs
// on the CPU and, with the label gpu, on a GPU.
#include "device_under_test.h"

#include "gpu/operators/adamw.h"
#include "gpu/operators/operators.h"

#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

const std::vector<torch::Dtype> types{torch::kFloat32, torch::kFloat16, torch::kBFloat16};

/// Where the values lie: dense, columns of something wider, or every second row.
enum class Strides { Dense, Columns, Rows };

/// The operand's values with other strides.
Tensor laid(const Tensor& dense, Strides strides)
{
    if (strides == Strides::Dense)
        return dense;
    if (strides == Strides::Rows) {
        const Tensor wide = torch::stack({dense, torch::zeros_like(dense)}, 1).flatten(0, 1);
        return wide.slice(0, 0, wide.size(0), 2);
    }
    return torch::cat({torch::ones_like(dense), dense}, -1).narrow(-1, dense.size(-1), dense.size(-1));
}

void checkGradient(const Operand& operand, torch::Dtype type)
{
    CHECK_NEAR(errorOf(operand.value.grad(), operand.reference.grad()), 0, 2 * toleranceOf(type));
}

Tensor referenceGate(const Tensor& x, std::int64_t activation)
{
    return activation == 0 ? x * torch::sigmoid(x) : torch::gelu(x, activation == 1 ? "tanh" : "none");
}

/// Modules of a group, with the ranks of each one's experts.
struct ModuleCase
{
    std::vector<std::int64_t> ranks;
    std::int64_t nullExperts = 0;
    std::int64_t topK = 1;
    bool dense = false;
    double topP = 0;
};

gpu::RoutingPlan planOf(const std::vector<ModuleCase>& modules)
{
    gpu::RoutingPlan plan;
    for (const ModuleCase& one : modules) {
        gpu::ModuleRouting module;
        module.firstExpert = static_cast<std::int64_t>(plan.experts.size());
        module.experts = static_cast<std::int64_t>(one.ranks.size());
        module.nullExperts = one.nullExperts;
        module.topK = one.topK;
        module.dense = one.dense;
        module.topP = one.topP;
        for (const std::int64_t rank : one.ranks) {
            plan.experts.push_back({plan.ranks, plan.ranks + rank, 0.5f + static_cast<float>(plan.experts.size()) / 4});
            plan.ranks += rank;
        }
        if (one.ranks.size() > 1) {
            module.firstLogit = plan.logits;
            plan.logits += module.choices();
        }
        plan.modules.push_back(module);
    }
    return plan;
}

struct ReferenceRouting
{
    Tensor weighted;
    Tensor chosen;      ///< [L]
    Tensor probability; ///< [L]
    Tensor slopeSum;    ///< Σ slopes · softmax
};

ReferenceRouting referenceRoute(const gpu::RoutingPlan& plan, const Tensor& product, const Tensor& slopes)
{
    const Tensor shrunk = product.narrow(1, 0, plan.ranks);
    std::vector<Tensor> columns(static_cast<std::size_t>(plan.experts.size()));
    ReferenceRouting result;
    result.chosen = torch::zeros({plan.logits}, torch::kFloat64);
    result.probability = torch::zeros({plan.logits}, torch::kFloat64);
    result.slopeSum = torch::zeros({}, torch::kFloat64);
    for (const gpu::ModuleRouting& module : plan.modules) {
        Tensor gates = torch::ones({product.size(0), 1}, torch::kFloat64);
        if (module.firstLogit >= 0) {
            const Tensor logits = product.narrow(1, plan.ranks + module.firstLogit, module.choices());
            const Tensor all = torch::softmax(logits, 1);
            result.slopeSum = result.slopeSum + (all * slopes.narrow(0, module.firstLogit, module.choices())).sum();
            const std::int64_t slots = module.dense ? module.choices() : std::min(module.topK, module.choices());
            Tensor mask = torch::zeros_like(logits).scatter(1, std::get<1>(logits.topk(slots, 1)), 1);
            if (module.topP > 0) {
                const auto [sorted, order] = all.detach().sort(1, true);
                mask = torch::zeros_like(logits).scatter(1, order,
                                                         (sorted.cumsum(1) - sorted < module.topP).to(torch::kFloat64));
            }
            Tensor kept = mask.clone();
            if (!module.dense)
                kept.narrow(1, module.experts, module.nullExperts).zero_();
            const Tensor weights = all * kept;
            gates = module.dense      ? all
                    : module.topP > 0 ? weights
                                      : weights / (weights.sum(1, true) + (kept.sum(1, true) == 0).to(torch::kFloat64));
            result.chosen.narrow(0, module.firstLogit, module.choices()).copy_(mask.detach().sum(0));
            result.probability.narrow(0, module.firstLogit, module.choices()).copy_(all.detach().sum(0));
        }
        for (std::int64_t i = 0; i < module.experts; ++i) {
            const auto number = static_cast<std::size_t>(module.firstExpert + i);
            const gpu::ExpertColumns& expert = plan.experts[number];
            columns[number] = shrunk.narrow(1, expert.begin, expert.end - expert.begin) * gates.narrow(1, i, 1) *
                              static_cast<double>(expert.scale);
        }
    }
    result.weighted = torch::cat(columns, 1);
    return result;
}

} // namespace

HILO_TEST(rmsNormOverShapesTypesAndStrides)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(1);
    for (const torch::Dtype type : types)
        for (const std::vector<std::int64_t>& shape :
             {std::vector<std::int64_t>{1, 8}, {7, 64}, {5, 33}, {3, 4, 16}, {2, 4096}})
            for (const Strides strides : {Strides::Dense, Strides::Columns, Strides::Rows})
                for (const bool addsOne : {false, true}) {
                    Operand x(shape, type, device, 2);
                    Operand weight({shape.back()}, type, device);
                    const Operand slope(shape, type, device);
                    const Tensor y = gpu::rmsNorm(laid(x.value, strides), weight.value, 1e-5, addsOne);
                    const Tensor wide = x.reference;
                    const Tensor normal = wide * torch::rsqrt(wide.square().mean(-1, true) + 1e-5);
                    const Tensor expected = normal * (addsOne ? weight.reference + 1 : weight.reference);
                    CHECK(y.scalar_type() == type);
                    CHECK_NEAR(errorOf(y, expected), 0, toleranceOf(type));
                    y.backward(slope.value);
                    expected.backward(slope.reference);
                    checkGradient(x, type);
                    checkGradient(weight, type);
                }
}

HILO_TEST(rotationOverShapesTypesAndStrides)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(2);
    for (const torch::Dtype type : types)
        for (const auto& [tokens, heads, half] :
             {std::tuple<std::int64_t, std::int64_t, std::int64_t>{1, 1, 1}, {5, 3, 8}, {9, 2, 64}})
            for (const Strides strides : {Strides::Dense, Strides::Columns, Strides::Rows}) {
                Operand x({tokens, heads, 2 * half}, type, device);
                const Operand slope({tokens, heads, 2 * half}, type, device);
                const Tensor angles = torch::rand({tokens, half}, torch::kFloat64) * 6;
                const Tensor cos = angles.cos().to(type);
                const Tensor sin = angles.sin().to(type);
                const Tensor y = gpu::rotate(laid(x.value, strides), cos.to(device), sin.to(device));
                const Tensor first = x.reference.narrow(2, 0, half);
                const Tensor second = x.reference.narrow(2, half, half);
                const Tensor c = cos.to(torch::kFloat64).unsqueeze(1);
                const Tensor s = sin.to(torch::kFloat64).unsqueeze(1);
                const Tensor expected = torch::cat({first * c - second * s, second * c + first * s}, 2);
                CHECK_NEAR(errorOf(y, expected), 0, toleranceOf(type));
                y.backward(slope.value);
                expected.backward(slope.reference);
                checkGradient(x, type);
            }
}

HILO_TEST(gatedActivationsOverShapesTypesAndStrides)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(3);
    for (const torch::Dtype type : types)
        for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{1, 1}, {7, 24}, {3, 131}})
            for (const Strides strides : {Strides::Dense, Strides::Columns, Strides::Rows})
                for (const std::int64_t activation : {0, 1, 2}) {
                    Operand gate(shape, type, device, 2);
                    Operand up(shape, type, device);
                    const Operand slope(shape, type, device);
                    const Tensor y =
                        gpu::gatedActivation(laid(gate.value, strides), laid(up.value, strides), activation);
                    const Tensor expected = referenceGate(gate.reference, activation) * up.reference;
                    CHECK_NEAR(errorOf(y, expected), 0, toleranceOf(type));
                    y.backward(slope.value);
                    expected.backward(slope.reference);
                    checkGradient(gate, type);
                    checkGradient(up, type);
                }
}

HILO_TEST(routingOverModulesRanksAndTypes)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(4);
    const std::vector<std::vector<ModuleCase>> groups{
        {{{4}, 0, 1, false}},
        {{{2, 2}, 0, 1, false}},
        {{{1, 2, 3, 4}, 0, 2, false}, {{8}, 0, 1, false}, {{2, 6}, 2, 2, false}},
        {{{3, 1, 2}, 0, 1, true}, {{5, 5, 5, 5, 5, 5, 5, 5}, 0, 3, false}},
        {{{2, 2}, 0, 8, false}},
        {{{3, 1, 2, 2, 4}, 0, 1, false, 0.8}, {{2, 6, 1}, 2, 2, false, 0.4}, {{2, 2}, 0, 1, false}},
        // More logits than a block of the usual number of tokens has room for.
        std::vector<ModuleCase>(6, {std::vector<std::int64_t>(64, 1), 0, 2, false}),
    };
    for (const torch::Dtype type : types)
        for (const std::vector<ModuleCase>& modules : groups)
            for (const std::int64_t tokens : {1, 17, 130}) {
                const gpu::RoutingPlan plan = planOf(modules);
                const gpu::RoutingTables tables = gpu::RoutingTables::of(plan, device);
                Operand product({tokens, plan.ranks + plan.logits}, torch::kFloat32, device, 2);
                const Operand slope({tokens, plan.ranks}, type, device);
                const Operand slopes({plan.logits}, torch::kFloat32, device);
                Tensor counts =
                    torch::ones({2, plan.logits}, torch::TensorOptions().dtype(torch::kFloat64).device(device));
                const torch::NoGradGuard noGradient;
                const gpu::Routed routed = gpu::route(product.value, tables, type, counts);
                const gpu::RoutedGradients gradients =
                    gpu::routeBackward(product.value, routed.gates, tables, slope.value, slopes.value.detach(), type);
                const torch::AutoGradMode recording(true);
                const ReferenceRouting expected = referenceRoute(plan, product.reference, slopes.reference.detach());
                ((expected.weighted * slope.reference.detach()).sum() + expected.slopeSum).backward();
                CHECK_NEAR(errorOf(routed.weighted, expected.weighted), 0, toleranceOf(type));
                CHECK_NEAR(errorOf(gradients.weighted, expected.weighted), 0, toleranceOf(type));
                CHECK_NEAR(errorOf(gradients.product, product.reference.grad()), 0, 2 * toleranceOf(type));
                CHECK_NEAR(errorOf(counts.select(0, 0), expected.chosen + 1), 0, 1e-12);
                CHECK_NEAR(errorOf(counts.select(0, 1), expected.probability + 1), 0, 1e-6);
            }
}

HILO_TEST(paddingIsNotCounted)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(11);
    const gpu::RoutingPlan plan = planOf({{{1, 2, 3, 4}, 0, 2, false}, {{8}, 0, 1, false}, {{2, 6}, 2, 2, false}});
    const gpu::RoutingTables tables = gpu::RoutingTables::of(plan, device);
    const auto options = torch::TensorOptions().dtype(torch::kFloat64).device(device);
    const torch::NoGradGuard noGradient;
    for (const torch::Dtype type : types)
        for (const auto& [tokens, real] :
             {std::pair<std::int64_t, std::int64_t>{1, 0}, {17, 16}, {130, 33}, {64, 64}}) {
            const Operand product({tokens, plan.ranks + plan.logits}, torch::kFloat32, device, 2);
            const Operand slope({tokens, plan.ranks}, type, device);
            const Tensor slopes = torch::randn({plan.logits}).to(device);
            const Tensor none = torch::zeros_like(slopes);
            const Tensor counted = torch::full({}, real, torch::TensorOptions().dtype(torch::kInt64).device(device));
            const Tensor counts = torch::zeros({2, plan.logits}, options);
            const gpu::Routed routed = gpu::route(product.value, tables, type, counts, counted);
            const Tensor expectedCounts = torch::zeros({2, plan.logits}, options);
            const gpu::Routed whole = gpu::route(product.value, tables, type, {});
            if (real > 0)
                gpu::route(product.value.narrow(0, 0, real).contiguous(), tables, type, expectedCounts);
            CHECK_NEAR(errorOf(counts, expectedCounts.to(torch::kCPU)), 0, 1e-6);
            CHECK(torch::equal(routed.weighted, whole.weighted));
            const auto gradient = [&](const Tensor& ofLoss, const Tensor& limit) {
                return gpu::routeBackward(product.value, routed.gates, tables, slope.value, ofLoss, type, limit)
                    .product;
            };
            const Tensor found = gradient(slopes, counted);
            CHECK(torch::equal(found.narrow(0, 0, real), gradient(slopes, {}).narrow(0, 0, real)));
            CHECK(
                torch::equal(found.narrow(0, real, tokens - real), gradient(none, {}).narrow(0, real, tokens - real)));
        }
}

HILO_TEST(theBalanceMayReadTheNumberOfTokensFromTheDevice)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(12);
    // One layer: two modules, of three choices and of two.
    const Tensor records = torch::tensor({1, 2, 2, 0, 3, 3, 3, 2, 2}, torch::kInt32).to(device);
    const Tensor counts = (torch::rand({2, 5}, torch::kFloat64) * 9).to(device);
    for (const std::int64_t tokens : {0, 1, 40}) {
        const Tensor counted = torch::full({}, tokens, torch::TensorOptions().dtype(torch::kInt64).device(device));
        const gpu::Balance expected = gpu::balance(counts, records, 1, std::max<std::int64_t>(1, tokens));
        const gpu::Balance found = gpu::balance(counts, records, 1, 7, counted);
        CHECK_EQ(found.loss.item<double>(), expected.loss.item<double>());
        CHECK(torch::equal(found.slopes, expected.slopes));
        CHECK(found.loss.item<double>() > 0);
    }
}

HILO_TEST(droppedProductsMultiplyWhatDropoutLeaves)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(5);
    const torch::NoGradGuard noGradient;
    for (const torch::Dtype type : types)
        for (const auto& [tokens, ranks, in] :
             {std::tuple<std::int64_t, std::int64_t, std::int64_t>{1, 2, 8}, {70, 96, 160}, {65, 5, 33}}) {
            const Operand x({tokens, in}, type, device);
            const Operand weight({ranks, in}, type, device, 0.3);
            const Tensor dropped = gpu::dropout(x.value, 0.4, 77);
            const Tensor mask = gpu::dropout(torch::ones({tokens, in}, torch::kFloat32), 0.4, 77).to(torch::kFloat64);
            const double kept = (mask > 0).to(torch::kFloat64).mean().item<double>();
            CHECK(in * tokens < 1000 || std::abs(kept - 0.6) < 0.03);
            CHECK_NEAR(errorOf(dropped, x.reference * mask), 0, toleranceOf(type));
            const Tensor product = gpu::droppedProduct(x.value, weight.value, 0.4, 77);
            CHECK(product.scalar_type() == torch::kFloat32);
            CHECK_NEAR(errorOf(product, torch::mm(x.reference * mask, weight.reference.t())), 0, toleranceOf(type));
        }
}

HILO_TEST(crossEntropyOfRows)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(6);
    for (const torch::Dtype type : types)
        for (const auto& [rows, vocabulary] : {std::pair<std::int64_t, std::int64_t>{1, 3}, {5, 1000}, {3, 4099}})
            for (const double softcap : {0.0, 5.0}) {
                const Operand logits({rows, vocabulary}, type, device, 3);
                const Tensor labels = torch::randint(vocabulary, {rows}, torch::kInt64);
                const Tensor bent =
                    softcap > 0 ? (logits.reference / softcap).tanh() * softcap : logits.reference * 1.0;
                const Tensor expected = -torch::log_softmax(bent, 1).gather(1, labels.unsqueeze(1)).squeeze(1);
                expected.sum().backward();
                const torch::NoGradGuard noGradient;
                const Tensor inPlace = logits.value.detach().clone();
                const Tensor losses = gpu::crossEntropyInPlace(inPlace, labels.to(device), softcap);
                CHECK_NEAR(errorOf(losses, expected), 0, 2e-5);
                CHECK_NEAR(errorOf(inPlace, logits.reference.grad()), 0, toleranceOf(type));
            }
}

HILO_TEST(crossEntropyThroughChunksOfTheVocabulary)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(9);
    for (const torch::Dtype type : types)
        for (const auto& [rows, vocabulary, columns] :
             {std::tuple<std::int64_t, std::int64_t, std::int64_t>{1, 3, 2}, {5, 1000, 256}, {3, 4099, 1000}})
            for (const double softcap : {0.0, 5.0}) {
                const Operand logits({rows, vocabulary}, type, device, 3);
                Tensor labels = torch::randint(vocabulary, {rows}, torch::kInt64);
                if (rows > 1)
                    labels[1] = -100;
                const Tensor bent =
                    softcap > 0 ? (logits.reference / softcap).tanh() * softcap : logits.reference * 1.0;
                const Tensor known = (labels >= 0).to(torch::kFloat64);
                const Tensor expected =
                    -torch::log_softmax(bent, 1).gather(1, labels.clamp_min(0).unsqueeze(1)).squeeze(1) * known;
                expected.sum().backward();
                const torch::NoGradGuard noGradient;
                const Tensor target = labels.to(device);
                const gpu::RowSoftmaxes softmaxes = gpu::RowSoftmaxes::of(rows, device);
                const auto eachChunk = [&](const auto& work) {
                    for (std::int64_t first = 0; first < vocabulary; first += columns)
                        work(first, logits.value.detach()
                                        .narrow(1, first, std::min(columns, vocabulary - first))
                                        .clone(torch::MemoryFormat::Contiguous));
                };
                eachChunk([&](std::int64_t first, const Tensor& chunk) {
                    const Tensor before = chunk.clone();
                    gpu::crossEntropyChunk(chunk, target, first, softcap, softmaxes);
                    CHECK(torch::equal(chunk, before));
                });
                const Tensor losses = (softmaxes.logSum() - softmaxes.ofLabel) * known.to(device, torch::kFloat32);
                CHECK_NEAR(errorOf(losses, expected), 0, 2e-5);
                std::vector<Tensor> gradients;
                eachChunk([&](std::int64_t first, const Tensor& chunk) {
                    gpu::crossEntropyChunkGradientInPlace(chunk, target, first, softcap, softmaxes.logSum());
                    gradients.push_back(chunk);
                });
                CHECK_NEAR(errorOf(torch::cat(gradients, 1), logits.reference.grad()), 0, toleranceOf(type));
            }
}

HILO_TEST(rowsWithoutALabelHaveNoLoss)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(10);
    for (const torch::Dtype type : types)
        for (const std::int64_t vocabulary : {7, 1000}) {
            const torch::NoGradGuard noGradient;
            const Tensor logits = torch::randn({3, vocabulary}).to(device, type);
            const Tensor labels = torch::tensor({std::int64_t{2}, std::int64_t{-100}, std::int64_t{1}}).to(device);
            const Tensor losses = gpu::crossEntropyInPlace(logits, labels, 0);
            CHECK_EQ(losses[1].item<float>(), 0.0f);
            CHECK(losses[0].item<float>() > 0.0f);
            CHECK_EQ(logits[1].to(torch::kFloat32).abs().max().item<float>(), 0.0f);
            CHECK(logits[2].to(torch::kFloat32).abs().max().item<float>() > 0.1f);
        }
}

HILO_TEST(theOptimiserClipsByANormThatStaysOnTheDevice)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(7);
    for (const std::int64_t count : {1, 1003, 70000})
        for (const double maximumNorm : {0.0, 0.5, 1e9}) {
            Tensor parameters = torch::randn({count}).to(device);
            Tensor expected = parameters.to(torch::kCPU, torch::kFloat64).set_requires_grad(true);
            Tensor first = torch::zeros_like(parameters);
            Tensor second = torch::zeros_like(parameters);
            torch::optim::AdamW reference(
                {expected}, torch::optim::AdamWOptions(0.02).betas({0.9, 0.99}).weight_decay(0.1).eps(1e-6));
            for (std::int64_t step = 1; step <= 3; ++step) {
                Tensor gradient = torch::randn({count}).to(device);
                expected.mutable_grad() = gradient.to(torch::kCPU, torch::kFloat64);
                const double norm = expected.grad().norm().item<double>();
                const Tensor found = gpu::gradientNorm(gradient);
                CHECK_NEAR(found.item<double>(), norm, 1e-6 * norm);
                if (maximumNorm > 0)
                    torch::nn::utils::clip_grad_norm_({expected}, maximumNorm);
                reference.step();
                gpu::AdamwSettings settings;
                settings.learningRate = 0.02;
                settings.beta2 = 0.99;
                settings.epsilon = 1e-6;
                settings.weightDecay = 0.1;
                settings.step = step;
                settings.clearGradients = true;
                gpu::adamwStep(parameters, gradient, first, second, settings, found, maximumNorm);
                CHECK_EQ(gradient.abs().max().item<double>(), 0.0);
            }
            CHECK_NEAR(errorOf(parameters, expected), 0, 5e-6);
        }
}
