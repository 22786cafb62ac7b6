// SPDX-License-Identifier: GPL-3.0-or-later
// An adapter that takes another map: what stays of its function, of its parameters and of the optimiser's moments.
#include "reference.h"

#include "allocation/parameters.h"
#include "support/testing.h"

#include <numeric>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

const ModuleAllocation mixed{{2, 3, 4}, 2, 8, 0};

std::shared_ptr<MixtureAdapter> randomAdapter(const AdapterSettings& settings = {})
{
    const ModelConfig model = smallModel();
    auto adapter = MixtureAdapter::create(model, uniformMap(model, mixed), settings, torch::kCPU);
    randomiseParameters(*adapter, 5);
    return adapter;
}

/// What the adapter adds to the outputs of one input group's modules in layer 1.
std::vector<Tensor> outputsOf(MixtureAdapter& adapter, const std::vector<int>& modules)
{
    const torch::NoGradGuard noGradients;
    torch::manual_seed(3);
    const AdapterLayout& layout = adapter.layout();
    adapter.startEvaluation();
    const ModuleShape* shape = layout.modules.find(1, static_cast<std::size_t>(modules.front()));
    const Tensor input = torch::randn({19, shape->in});
    std::vector<Tensor> outputs;
    for (const int module : modules)
        outputs.push_back(torch::zeros({19, layout.modules.find(1, static_cast<std::size_t>(module))->out}));
    adapter.addTo(1, modules, input, outputs);
    return outputs;
}

ModuleChange keepAll(const ModuleAllocation& module, std::int64_t layer, const std::string& name)
{
    ModuleChange change{layer, name, {}};
    for (int expert = 0; expert < module.experts(); ++expert) {
        ExpertOrigin origin;
        origin.expert = expert;
        origin.columns.resize(static_cast<std::size_t>(module.ranks[static_cast<std::size_t>(expert)]));
        std::iota(origin.columns.begin(), origin.columns.end(), 0);
        change.experts.push_back(std::move(origin));
    }
    return change;
}

double difference(const std::vector<Tensor>& a, const std::vector<Tensor>& b)
{
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        most = std::max(most, (a[i] - b[i]).abs().max().item<double>());
    return most;
}

std::map<std::string, Tensor> named(const MixtureAdapter& adapter)
{
    std::map<std::string, Tensor> all;
    for (const auto& [name, value] : adapter.namedTensors())
        all[name] = value.clone();
    return all;
}

} // namespace

HILO_TEST(newRanksLeaveTheFunctionAsItIs)
{
    for (const ScalingMode scaling :
         {ScalingMode::AlphaOverRank, ScalingMode::AlphaOverSqrtRank, ScalingMode::Constant}) {
        AdapterSettings settings;
        settings.scaling = scaling;
        const auto adapter = randomAdapter(settings);
        const std::vector<int> modules{0, 1, 2};
        const std::vector<Tensor> before = outputsOf(*adapter, modules);
        CHECK(before[0].abs().max().item<double>() > 0.1);
        MapChange change{adapter->map(), {}};
        change.map.layers[1]["q_proj"].ranks = {2, 5, 4};
        change.modules.push_back(keepAll(mixed, 1, "q_proj"));
        change.modules[0].experts[1].columns = {0, 1, 2, -1, -1};
        adapter->change(smallModel(), change, 7);
        CHECK_EQ(adapter->parameters().numel(), countParameters(change.map, smallModel()).trainable());
        CHECK(adapter->parameters().requires_grad());
        CHECK_EQ(adapter->parameters().mutable_grad().abs().sum().item<double>(), 0);
        CHECK_NEAR(difference(outputsOf(*adapter, modules), before), 0, 1e-5);
        // The new ranks: A as a fresh adapter's, B zero.
        const auto after = named(*adapter);
        const Tensor a = after.at("layers.1.q_proj.experts.1.lora_A").narrow(0, 3, 2);
        CHECK(a.abs().max().item<double>() <= 1 / std::sqrt(24.0));
        CHECK(a.abs().mean().item<double>() > 0.3 / std::sqrt(24.0));
        CHECK(!torch::equal(a[0], a[1]));
        CHECK_EQ(after.at("layers.1.q_proj.experts.1.lora_B").narrow(1, 3, 2).abs().sum().item<double>(), 0);
    }
}

HILO_TEST(ranksThatAreZeroAndExpertsThatNobodyChoosesGoWithoutATrace)
{
    const auto adapter = randomAdapter();
    {
        const torch::NoGradGuard noGradients;
        auto tensors = adapter->namedTensors();
        for (auto& [name, value] : tensors) {
            if (name == "layers.1.up_proj.experts.2.lora_B")
                value.select(1, 1).zero_();
            if (name == "layers.1.gate_proj.experts.0.lora_A")
                value.select(0, 0).zero_();
        }
    }
    const int gate = adapter->layout().modules.find(1, "gate_proj")->column;
    const int up = adapter->layout().modules.find(1, "up_proj")->column;
    const std::vector<int> modules{gate, up};
    const std::vector<Tensor> before = outputsOf(*adapter, modules);
    const auto tensors = named(*adapter);
    MapChange change{adapter->map(), {}};
    change.map.layers[1]["up_proj"].ranks = {2, 3, 3};
    change.map.layers[1]["gate_proj"].ranks = {1, 3, 4};
    change.modules = {keepAll(mixed, 1, "up_proj"), keepAll(mixed, 1, "gate_proj")};
    change.modules[0].experts[2].columns = {0, 2, 3};
    change.modules[1].experts[0].columns = {1};
    adapter->change(smallModel(), change, 1);
    CHECK_NEAR(difference(outputsOf(*adapter, modules), before), 0, 1e-5);
    // Every other module is what it was, to the bit.
    const auto after = named(*adapter);
    for (const auto& [name, value] : tensors)
        if (name.find("layers.1.up_proj.experts.2") == name.npos &&
            name.find("layers.1.gate_proj.experts.0") == name.npos)
            CHECK(torch::equal(after.at(name), value));
}

HILO_TEST(routersFollowTheirExperts)
{
    const auto adapter = randomAdapter();
    const auto before = named(*adapter);
    MapChange change{adapter->map(), {}};
    change.map.layers[0]["v_proj"].ranks = {4, 2, 2};
    change.modules.push_back(keepAll(mixed, 0, "v_proj"));
    // The second goes, a new one comes that begins where the third's router row is.
    change.modules[0].experts = {{2, {0, 1, 2, 3}, -1}, {0, {0, 1}, -1}, {-1, {-1, -1}, 2}};
    adapter->change(smallModel(), change, 4);
    const auto after = named(*adapter);
    const Tensor from = before.at("layers.0.v_proj.router.weight");
    CHECK(torch::equal(after.at("layers.0.v_proj.router.weight"), torch::stack({from[2], from[0], from[2]})));
    CHECK(torch::equal(after.at("layers.0.v_proj.experts.0.lora_B"), before.at("layers.0.v_proj.experts.2.lora_B")));
    CHECK(torch::equal(after.at("layers.0.v_proj.experts.1.lora_A"), before.at("layers.0.v_proj.experts.0.lora_A")));
    CHECK_EQ(after.at("layers.0.v_proj.experts.2.lora_B").abs().sum().item<double>(), 0);
}

HILO_TEST(momentsMoveWithTheirRanks)
{
    const auto adapter = randomAdapter();
    const ModelConfig model = smallModel();
    // Every number says where it was.
    const Tensor old = torch::arange(1, adapter->parameters().numel() + 1, torch::kFloat32) / 1000;
    const auto viewsOf = [](const AdapterLayout& layout, const Tensor& flat) {
        std::map<std::string, Tensor> all;
        for (const TensorPlace& place : tensorPlaces(layout))
            all[place.name] =
                flat.as_strided({place.rows, place.rowLength}, {place.rowStride, 1}, place.offset).clone();
        return all;
    };
    const auto before = viewsOf(adapter->layout(), old);
    MapChange change{adapter->map(), {}};
    change.map.layers[0]["k_proj"].ranks = {2, 4, 4, 2};
    change.modules.push_back(keepAll(mixed, 0, "k_proj"));
    change.modules[0].experts[1].columns = {2, 0, -1, 1};
    change.modules[0].experts.push_back({-1, {-1, -1}, 0});
    const Repacking repacking = adapter->change(model, change, 9);
    const auto first = viewsOf(adapter->layout(), repacking.firstMoment(old));
    const auto second = viewsOf(adapter->layout(), repacking.secondMoment(old));
    const auto plain = viewsOf(adapter->layout(), repacking.unscaled(old));
    for (const auto& [name, value] : before)
        if (name.find("layers.0.k_proj") == name.npos) {
            CHECK(torch::equal(first.at(name), value));
            CHECK(torch::equal(second.at(name), value));
            CHECK(torch::equal(plain.at(name), value));
        }
    const std::string name = "layers.0.k_proj.experts.1.";
    const Tensor oldA = before.at(name + "lora_A");
    const Tensor oldB = before.at(name + "lora_B");
    // The scale goes from 8/3 to 8/4: gradients by B with it, those by A not.
    const double ratio = 3.0 / 4;
    CHECK(
        torch::equal(first.at(name + "lora_A"), torch::stack({oldA[2], oldA[0], torch::zeros_like(oldA[0]), oldA[1]})));
    CHECK(torch::allclose(first.at(name + "lora_B").select(1, 0), oldB.select(1, 2) * ratio));
    CHECK_EQ(first.at(name + "lora_B").select(1, 2).abs().sum().item<double>(), 0);
    CHECK(torch::allclose(second.at(name + "lora_B").select(1, 3), oldB.select(1, 1) * (ratio * ratio)));
    CHECK(torch::equal(plain.at(name + "lora_B").select(1, 3), oldB.select(1, 1)));
    // A new rank's second moment is the mean over its module's.
    std::vector<Tensor> rows;
    for (int expert = 0; expert < 3; ++expert)
        rows.push_back(before.at("layers.0.k_proj.experts." + std::to_string(expert) + ".lora_A"));
    const Tensor meanA = torch::cat(rows).mean(0);
    CHECK(torch::allclose(second.at(name + "lora_A")[2], meanA));
    CHECK(torch::allclose(second.at("layers.0.k_proj.experts.3.lora_A")[0], meanA));
    CHECK(second.at(name + "lora_B").select(1, 2).min().item<double>() > 0);
    // The router row of the new expert begins as the first one's, its first moment at zero.
    const Tensor router = before.at("layers.0.k_proj.router.weight");
    CHECK(torch::equal(second.at("layers.0.k_proj.router.weight")[3], router[0]));
    CHECK_EQ(first.at("layers.0.k_proj.router.weight")[3].abs().sum().item<double>(), 0);
    CHECK(torch::equal(first.at("layers.0.k_proj.router.weight").narrow(0, 0, 3), router));
    // One number a rank.
    const Tensor ranks = torch::arange(1, 1 + 2 * 7 * 9, torch::kFloat32);
    const Tensor moved = repacking.perRank(ranks);
    CHECK_EQ(moved.numel(), ranks.numel() + 3);
    CHECK_EQ((moved == 0).sum().item<std::int64_t>(), 3);
}

HILO_TEST(gradientsAfterAChangeAreThoseOfAFreshAdapterOfThatMap)
{
    const auto adapter = randomAdapter();
    const ModelConfig model = smallModel();
    MapChange change{adapter->map(), {}};
    change.map.layers[1]["q_proj"].ranks = {2, 4, 3};
    change.modules.push_back(keepAll(mixed, 1, "q_proj"));
    change.modules[0].experts[1].columns = {0, 1, 2, -1};
    change.modules[0].experts[2].columns = {0, 1, 3};
    adapter->change(model, change, 2);
    const auto fresh = MixtureAdapter::create(model, change.map, adapter->settings(), torch::kCPU);
    fresh->parameters().detach().copy_(adapter->parameters().detach());
    const auto gradients = [&](MixtureAdapter& one) {
        torch::manual_seed(8);
        one.startTraining(0, 0);
        const Tensor input = torch::randn({11, model.hidden});
        std::vector<Tensor> outputs;
        for (std::size_t i = 0; i < 3; ++i)
            outputs.push_back(torch::zeros({11, one.layout().modules.find(1, i)->out}));
        const std::vector<int> modules{0, 1, 2};
        one.addTo(1, modules, input, outputs);
        (outputs[0].square().sum() + outputs[2].sin().sum()).backward();
        return one.parameters().mutable_grad().clone();
    };
    const Tensor expected = gradients(*fresh);
    CHECK(expected.abs().max().item<double>() > 0.1);
    CHECK(torch::equal(gradients(*adapter), expected));
}
