// SPDX-License-Identifier: GPL-3.0-or-later
#include "reference.h"
#include "support/testing.h"

#include "base/json.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

AllocationMap mixedMap(const ModelConfig& model)
{
    AllocationMap map = uniformMap(model, {{2, 4, 1}, 2, 16, 1});
    map.layers[0]["k_proj"] = {{5}, 1, 8, 0};
    map.layers[1].erase("up_proj");
    return map;
}

std::shared_ptr<MixtureAdapter> saved(const TemporaryFolder& folder)
{
    const ModelConfig model = smallModel();
    AdapterSettings settings;
    settings.scaling = ScalingMode::Constant;
    settings.constantScale = 0.1;
    settings.router = RouterKind::TopKNull;
    settings.dropout = 0.05;
    settings.auxiliaryLoss = 0.001;
    settings.seed = -3;
    const auto adapter = MixtureAdapter::create(model, mixedMap(model), settings, torch::kCPU);
    randomiseParameters(*adapter, 10);
    adapter->setBaseModel({"tiny", "00ff"});
    REQUIRE_OK(adapter->save(folder.path()));
    return adapter;
}

/// Rewrites the tensors of a saved adapter.
template <class Change>
void rewrite(const TemporaryFolder& folder, Change change)
{
    const std::filesystem::path path = folder / "adapter.safetensors";
    std::vector<TensorToWrite> tensors;
    std::vector<std::vector<std::byte>> kept;
    {
        const SafetensorsFile file = REQUIRE_OK(openSafetensors(path));
        for (const TensorView& tensor : file.tensors) {
            kept.emplace_back(tensor.bytes.begin(), tensor.bytes.end());
            tensors.push_back({tensor.info.name, tensor.info.shape, tensor.info.type, kept.back()});
        }
    }
    change(tensors);
    REQUIRE_OK(writeSafetensors(path, tensors));
}

Error loadError(const TemporaryFolder& folder, const ModelConfig& model = smallModel())
{
    return REQUIRE_ERROR(MixtureAdapter::load(folder.path(), model, torch::kCPU));
}

} // namespace

HILO_TEST(aSavedAdapterComesBackBitForBit)
{
    const TemporaryFolder folder;
    const auto adapter = saved(folder);
    const auto loaded = REQUIRE_OK(MixtureAdapter::load(folder.path(), smallModel(), torch::kCPU));
    CHECK(torch::equal(adapter->parameters().detach(), loaded->parameters().detach()));
    CHECK(adapter->map() == loaded->map());
    CHECK(adapter->settings() == loaded->settings());
    CHECK(adapter->baseModel() == loaded->baseModel());
    CHECK(loaded->parameters().requires_grad());
}

HILO_TEST(theFileHasTrueShapesUnderPlainNames)
{
    const TemporaryFolder folder;
    saved(folder);
    const SafetensorsFile file = REQUIRE_OK(openSafetensors(folder / "adapter.safetensors"));
    const auto shapeOf = [&](const std::string& name) {
        const TensorView* view = file.find(name);
        return view ? view->info.shape : std::vector<std::int64_t>{};
    };
    CHECK_EQ(shapeOf("layers.0.q_proj.experts.1.lora_A"), (std::vector<std::int64_t>{4, 24}));
    CHECK_EQ(shapeOf("layers.0.gate_proj.experts.2.lora_B"), (std::vector<std::int64_t>{40, 1}));
    CHECK_EQ(shapeOf("layers.1.down_proj.router.weight"), (std::vector<std::int64_t>{4, 40}));
    CHECK_EQ(shapeOf("layers.0.k_proj.router.weight").size(), 0u);
    CHECK_EQ(shapeOf("layers.1.up_proj.experts.0.lora_A").size(), 0u);
}

HILO_TEST(initialisationOfATensorDoesNotDependOnOthers)
{
    const ModelConfig model = smallModel();
    AllocationMap small = uniformMap(model, {{2, 4}, 1, 16, 0});
    AllocationMap large = uniformMap(model, {{2, 4, 8}, 1, 16, 0});
    large.layers[0].erase("q_proj");
    const Leaves first = leavesOf(*MixtureAdapter::create(model, small, {}, torch::kCPU));
    const Leaves second = leavesOf(*MixtureAdapter::create(model, large, {}, torch::kCPU));
    for (const std::string name : {"layers.0.v_proj.experts.1.lora_A", "layers.1.down_proj.experts.0.lora_A"}) {
        CHECK(torch::equal(first.at(name), second.at(name)));
        const double bound = 1 / std::sqrt(static_cast<double>(first.at(name).size(1)));
        CHECK(first.at(name).abs().max().item<double>() <= bound);
        CHECK(first.at(name).abs().max().item<double>() > bound / 2);
    }
    CHECK(torch::equal(first.at("layers.1.o_proj.router.weight"),
                       second.at("layers.1.o_proj.router.weight").narrow(0, 0, 2)));
    CHECK(!torch::equal(first.at("layers.1.q_proj.experts.0.lora_A"), first.at("layers.1.k_proj.experts.0.lora_A")));
    CHECK_EQ(first.at("layers.1.q_proj.experts.0.lora_B").abs().max().item<double>(), 0.0);
    AdapterSettings other;
    other.seed = 2;
    const Leaves third = leavesOf(*MixtureAdapter::create(model, small, other, torch::kCPU));
    CHECK(!torch::equal(first.at("layers.0.v_proj.experts.1.lora_A"), third.at("layers.0.v_proj.experts.1.lora_A")));
}

HILO_TEST(aMissingFileIsNamed)
{
    const TemporaryFolder folder;
    const Error error = loadError(folder);
    CHECK_CONTAINS(error.file, "adapter.json");
    saved(folder);
    std::filesystem::remove(folder / "adapter.safetensors");
    CHECK_CONTAINS(loadError(folder).file, "adapter.safetensors");
}

HILO_TEST(aMissingTensorIsNamed)
{
    const TemporaryFolder folder;
    saved(folder);
    rewrite(folder, [](auto& tensors) {
        std::erase_if(tensors, [](const auto& tensor) { return tensor.name == "layers.1.o_proj.router.weight"; });
    });
    const Error error = loadError(folder);
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.place, "layers.1.o_proj.router.weight");
    CHECK_CONTAINS(error.message, "missing");
}

HILO_TEST(aWrongShapeIsNamed)
{
    const TemporaryFolder folder;
    saved(folder);
    rewrite(folder, [](auto& tensors) {
        for (auto& tensor : tensors)
            if (tensor.name == "layers.0.q_proj.experts.0.lora_A")
                tensor.shape = {tensor.shape[1], tensor.shape[0]};
    });
    const Error error = loadError(folder);
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.place, "layers.0.q_proj.experts.0.lora_A");
    CHECK_CONTAINS(error.message, "[24, 2]");
}

HILO_TEST(aTensorWithoutAPlaceIsNamed)
{
    const TemporaryFolder folder;
    saved(folder);
    rewrite(folder, [](auto& tensors) { tensors[0].name = "layers.7.q_proj.experts.0.lora_A"; });
    const Error error = loadError(folder);
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.place, "layers.7.q_proj.experts.0.lora_A");
}

HILO_TEST(anotherModelIsRefused)
{
    const TemporaryFolder folder;
    saved(folder);
    ModelConfig model = smallModel();
    model.layers = 3;
    CHECK(loadError(folder, model).code == ErrorCode::BadInput);
    model = smallModel();
    model.intermediate = 48;
    const Error error = loadError(folder, model);
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(error.place, "layers.0.");
}

HILO_TEST(aBrokenDescriptionIsRefused)
{
    const TemporaryFolder folder;
    saved(folder);
    const Json good = REQUIRE_OK(readJsonFile(folder / "adapter.json"));
    const auto errorWith = [&](auto change) {
        Json broken = good;
        change(broken);
        REQUIRE_OK(writeJsonFile(folder / "adapter.json", broken));
        return loadError(folder);
    };
    CHECK_CONTAINS(describe(errorWith([](Json& json) { json["format"] = "hilo.adapter/9"; })), "hilo.adapter/1");
    CHECK_CONTAINS(describe(errorWith([](Json& json) { json["settings"]["router"] = "best"; })), "top_k_null");
    CHECK_CONTAINS(describe(errorWith([](Json& json) { json["settings"]["dropout"] = 2; })), "dropout");
    CHECK_CONTAINS(describe(errorWith([](Json& json) { json["extra"] = 1; })), "extra");
    CHECK_CONTAINS(describe(errorWith([](Json& json) { json.erase("map"); })), "map");
    testing::writeText(folder / "adapter.json", "{\"format\": ");
    CHECK(loadError(folder).code == ErrorCode::BadInput);
}
