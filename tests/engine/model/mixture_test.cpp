// SPDX-License-Identifier: GPL-3.0-or-later
// What models that are mixtures of experts themselves do beside agreeing with transformers (every_family_test.cpp).
#include "engine/model/mixture_mlp.h"

#include "fixtures.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

const std::vector<std::string> mixtures{
    "qwen3_moe",      "qwen3_moe-fused", "mixtral",          "mixtral-fused",    "olmoe",
    "olmoe-fused",    "granitemoe",      "granitemoe-fused", "gpt_oss",          "gpt_oss-mxfp4",
    "gemma4-experts", "qwen2_moe",       "qwen2_moe-fused",  "granitemoeshared", "granitemoehybrid-experts-fused"};

std::shared_ptr<Decoder::State> stateOf(const std::string& name)
{
    auto state = std::make_shared<Decoder::State>();
    const ModelSource source = REQUIRE_OK(openModel(fixtureFolder(name)));
    state->config = source.config;
    for (const auto& [path, tensor] : loadFixture(name)->tensors())
        state->tensors[path] = tensor;
    state->assemble();
    return state;
}

Tensor randomInput(const ModelConfig& config, std::int64_t tokens, std::uint64_t seed)
{
    torch::manual_seed(seed);
    return torch::randn({tokens, config.hidden});
}

Tensor plain(const FrozenLinear& layer, const Tensor& x)
{
    const Tensor product = torch::matmul(x, layer.weight.t());
    return layer.bias.defined() ? product + layer.bias : product;
}

/// Token by token and expert by expert, in float64.
Tensor oneByOne(const ModelConfig& config, const MixtureWeights& weights, const Tensor& input)
{
    const BaseMixture& mixture = config.mixture;
    const auto wide = [](const FrozenLinear& one) {
        return FrozenLinear{
            one.weight.to(torch::kFloat64), {}, one.bias.defined() ? one.bias.to(torch::kFloat64) : Tensor()};
    };
    std::vector<Tensor> rows;
    for (std::int64_t t = 0; t < input.size(0); ++t) {
        const Tensor x = input[t].to(torch::kFloat64);
        Tensor logits = torch::matmul(weights.router.to(torch::kFloat64), x);
        if (weights.routerBias.defined())
            logits = logits + weights.routerBias.to(torch::kFloat64);
        const Tensor shares = torch::softmax(logits, 0);
        const Tensor order = std::get<1>(shares.sort(0, true)).narrow(0, 0, mixture.active);
        Tensor chosen = shares.index_select(0, order);
        if (mixture.weightsSumToOne)
            chosen = chosen / chosen.sum();
        if (weights.expertScale.defined())
            chosen = chosen * weights.expertScale.to(torch::kFloat64).index_select(0, order);
        Tensor row = torch::zeros({config.hidden}, torch::kFloat64);
        for (std::int64_t k = 0; k < mixture.active; ++k) {
            const GatedMlpWeights& expert = weights.experts[static_cast<std::size_t>(order[k].item<std::int64_t>())];
            const Tensor first = plain(wide(expert.in), x);
            Tensor inner;
            if (mixture.gateSlope > 0) {
                const Tensor gate = first.slice(0, 0, first.size(0), 2).clamp_max(mixture.limit);
                const Tensor up = first.slice(0, 1, first.size(0), 2).clamp(-mixture.limit, mixture.limit);
                inner = gate * torch::sigmoid(mixture.gateSlope * gate) * (1 + up);
            } else if (expert.up.defined()) {
                inner = torch::silu(first) * plain(wide(expert.up), x);
            } else {
                const Tensor gate = first.narrow(0, 0, mixture.intermediate);
                inner = (config.activation == Activation::GeluTanh ? torch::gelu(gate, "tanh") : torch::silu(gate)) *
                        first.narrow(0, mixture.intermediate, mixture.intermediate);
            }
            row = row + chosen[k] * plain(wide(expert.down), inner);
        }
        rows.push_back(row);
    }
    return torch::stack(rows);
}

/// Without adapters.
Tensor expertsOf(const Decoder::State& state, const MixtureWeights& weights, const Tensor& input)
{
    ForwardContext context;
    context.state = &state;
    return mixtureMlp(context, 1, weights, input, input);
}

} // namespace

HILO_TEST(sortedByExpertIsTheSameAsTokenByToken)
{
    for (const std::string& name : mixtures) {
        const auto state = stateOf(name);
        const MixtureWeights& weights = state->layers[1].mixture;
        Tensor input = randomInput(state->config, 37, 4).requires_grad_(true);
        const Tensor output = expertsOf(*state, weights, input);
        const Tensor expected = oneByOne(state->config, weights, input);
        CHECK_NEAR(largestDifference(output, expected), 0, 1e-5);
        // Through the experts and through the router.
        const Tensor slope = randomInput(state->config, 37, 5);
        const Tensor own = torch::autograd::grad({(output * slope).sum()}, {input})[0];
        const Tensor theirs = torch::autograd::grad({(expected * slope.to(torch::kFloat64)).sum()}, {input})[0];
        CHECK_NEAR(largestDifference(own, theirs), 0, 1e-4);
    }
}

HILO_TEST(noTokenAndOneTokenArePassedToo)
{
    for (const std::string& name : mixtures) {
        const auto state = stateOf(name);
        const MixtureWeights& weights = state->layers[1].mixture;
        const Tensor none = expertsOf(*state, weights, torch::zeros({0, state->config.hidden}));
        CHECK_EQ(none.size(0), 0);
        CHECK_EQ(none.size(1), state->config.hidden);
        const Tensor input = randomInput(state->config, 5, 9);
        const Tensor all = expertsOf(*state, weights, input);
        for (std::int64_t t = 0; t < 5; ++t)
            CHECK_NEAR(largestDifference(expertsOf(*state, weights, input.narrow(0, t, 1)), all.narrow(0, t, 1)), 0,
                       1e-5);
    }
}

HILO_TEST(everyCallGivesTheSameBits)
{
    const auto state = stateOf("qwen3_moe");
    const auto once = [&] {
        Tensor input = randomInput(state->config, 301, 6).requires_grad_(true);
        const Tensor output = expertsOf(*state, state->layers[2].mixture, input);
        const Tensor gradient = torch::autograd::grad({output.square().sum()}, {input})[0];
        return torch::cat({output.detach(), gradient});
    };
    const Tensor first = once();
    for (int i = 0; i < 3; ++i)
        CHECK(torch::equal(once(), first));
}

HILO_TEST(aLayerWithoutExpertsHasItsMlp)
{
    const auto state = stateOf("qwen3_moe");
    const LayerWeights& layer = state->layers[0];
    CHECK(!layer.mixture.router.defined() && layer.mixture.experts.empty());
    const ModuleShape* gate = state->modules.find(0, "gate_proj");
    CHECK(gate && layer.weights[static_cast<std::size_t>(gate->column)].size(0) == 18);
    CHECK(!state->modules.find(1, "gate_proj"));
}

/// What the router of experts beside an MLP reads, by hand.
HILO_TEST(theRouterReadsTheNormedAndScaledStream)
{
    const auto state = stateOf("gemma4-experts");
    const MixtureWeights& weights = state->layers[2].mixture;
    const Tensor x = randomInput(state->config, 6, 8).to(torch::kFloat64);
    const Tensor rms = (x.square().mean(1, true) + state->config.normEpsilon).sqrt();
    const Tensor expected = x / rms * weights.routerScale.to(torch::kFloat64) / std::sqrt(14.0);
    CHECK_NEAR(largestDifference(routedInput(state->config, weights, x.to(torch::kFloat32)), expected), 0, 1e-6);
}

HILO_TEST(anExpertsWeightHasGateAndUpTogether)
{
    for (const char* name : {"qwen3_moe", "granitemoe", "gpt_oss", "gemma4-experts"}) {
        const auto state = stateOf(name);
        const BaseMixture& mixture = state->config.mixture;
        const MixtureWeights& weights = state->layers[1].mixture;
        const Tensor in = expertWeight(weights, BaseExpertWeight::In, 1);
        CHECK(in.size(0) == 2 * mixture.intermediate && in.size(1) == state->config.hidden);
        CHECK_EQ(expertWeight(weights, BaseExpertWeight::Down, 1).size(1), mixture.intermediate);
        if (weights.experts[1].up.defined())
            CHECK(torch::equal(in.narrow(0, mixture.intermediate, mixture.intermediate), weights.experts[1].up.weight));
    }
}

/// The experts' weights are used where the file has them.
HILO_TEST(weightsOfTheFileAreNotCopied)
{
    for (const char* name : {"qwen3_moe", "mixtral-fused", "granitemoe-fused", "gpt_oss", "gemma4-experts"}) {
        const ModelSource source = REQUIRE_OK(openModel(fixtureFolder(name)));
        const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
        std::size_t shared = 0;
        for (const auto& [path, tensor] : decoder->tensors()) {
            const auto view = source.weights->view(path);
            shared += path.find("moe") != std::string::npos || path.find("experts") != std::string::npos
                          ? static_cast<std::size_t>(tensor.data_ptr() == static_cast<const void*>(view->bytes.data()))
                          : 0;
        }
        CHECK(shared >= 4);
    }
}

HILO_TEST(expertsAreQuantisedWithTheBase)
{
    for (const std::string& name : mixtures) {
        const torch::NoGradGuard noGradient;
        const ModelSource source = REQUIRE_OK(openModel(fixtureFolder(name)));
        const auto whole = loadFixture(name);
        const auto quantised =
            REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU, {}, gpu::WeightFormat::Int8));
        for (const auto& [path, tensor] : quantised->tensors())
            CHECK(path.find("experts") == std::string::npos || path.ends_with("bias"));
        // Another expert may be chosen for a token where two were close: most logits stay.
        const PackedBatch batch = pack({expectedOf(name).tokens});
        const Tensor expected = whole->logits(whole->hidden(batch));
        const Tensor actual = quantised->logits(quantised->hidden(batch));
        const double scale = expected.abs().max().item<double>();
        CHECK_NEAR((actual - expected).abs().median().item<double>() / scale, 0, 0.03);
        CHECK(!torch::equal(actual, expected));
    }
}
