// SPDX-License-Identifier: GPL-3.0-or-later
// An adapter of a whole model whose layers have modules of different sizes, or lack some, against the plain loop.
#include "engine/model/fixtures.h"
#include "reference.h"
#include "support/testing.h"

#include "formats/layer_modules.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

class PlainLoop : public ModuleAdapter
{
  public:
    PlainLoop(const ModelConfig& model, AllocationMap map, AdapterSettings settings, Leaves leaves)
        : modules_(moduleGrid(model)), map_(std::move(map)), settings_(std::move(settings)), leaves_(std::move(leaves))
    {
    }

    void addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
               std::span<Tensor> outputs) override
    {
        const auto row = static_cast<std::size_t>(layer);
        for (std::size_t i = 0; i < modules.size(); ++i) {
            const ModuleShape& shape = *modules_.find(row, static_cast<std::size_t>(modules[i]));
            outputs[i] = outputs[i] + referenceDelta(leaves_, layer, shape.name, map_.layers[row].at(shape.name),
                                                     settings_, input, input);
        }
    }

    const Leaves& leaves() const { return leaves_; }

  private:
    ModuleGrid modules_;
    AllocationMap map_;
    AdapterSettings settings_;
    Leaves leaves_;
};

AllocationMap mapOf(const ModelConfig& model)
{
    ModuleAllocation module;
    module.ranks = {2, 1};
    module.topK = 1;
    module.alpha = 3;
    AllocationMap map;
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& shape : layerModules(model, layer))
            map.layers[static_cast<std::size_t>(layer)][shape.name] = module;
    return map;
}

} // namespace

HILO_TEST(aWholeModelWhoseLayersDiffer)
{
    for (const std::string name : {"gemma4", "gemma4-shared"}) {
        const auto decoder = loadFixture(name);
        const AllocationMap map = mapOf(decoder->config());
        const auto adapter = MixtureAdapter::create(decoder->config(), map, {}, torch::kCPU);
        adapter->parameters().detach().normal_(0, 0.1);
        PlainLoop plain(decoder->config(), map, {}, leavesOf(*adapter));
        const PackedBatch batch = pack({{5, 17, 30, 3, 9, 11, 4, 22}, {8, 2, 13}});
        const Tensor expected = decoder->hidden(batch, {&plain});
        const Tensor weight = torch::linspace(-1, 1, expected.numel()).view(expected.sizes());
        (expected * weight).sum().backward();
        for (const bool recompute : {false, true}) {
            adapter->startEvaluation();
            if (adapter->parameters().grad().defined())
                adapter->parameters().mutable_grad().zero_();
            const Tensor hidden = decoder->hidden(batch, {.adapter = adapter.get(), .recomputeActivations = recompute});
            CHECK(relativeDifference(hidden, expected) < 1e-4);
            (hidden * weight).sum().backward();
            const auto gradients = gradientsOf(*adapter);
            CHECK_EQ(gradients.size(), plain.leaves().size());
            for (const auto& [tensor, gradient] : gradients)
                CHECK(relativeDifference(gradient, plain.leaves().at(tensor).grad()) < 1e-3);
        }
    }
}
