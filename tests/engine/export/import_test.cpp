// SPDX-License-Identifier: GPL-3.0-or-later
// What was exported is imported again: the same logits, and it trains on.
#include "random_adapter.h"

#include "engine/export/content.h"
#include "engine/export/import_adapter.h"
#include "engine/export/probe.h"
#include "engine/model/decoder.h"
#include "engine/train/tiny_run.h"
#include "engine/train/train_run.h"
#include "export/peft.h"
#include "formats/model_source.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

torch::Tensor logitsWith(const std::string& model, const fs::path& adapter)
{
    const ModelSource source = REQUIRE_OK(openModel(dataFile("models/" + model)));
    const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
    const auto loaded = REQUIRE_OK(MixtureAdapter::load(adapter, source.config, torch::kCPU));
    return probeLogits(*decoder, loaded.get(), probeBatch(source.config));
}

ImportReport imported(const fs::path& source, const std::string& model, const fs::path& out,
                      const std::vector<int>& topK = {})
{
    return REQUIRE_OK(importAdapter({source, dataFile("models/" + model), out, topK}, {}));
}

} // namespace

HILO_TEST(plainAdaptersComeBackFromEveryFormatThatIsRead)
{
    for (const char* model : {"llama", "gemma", "gpt2"}) {
        const TemporaryFolder folder;
        const auto adapter = writeRandomAdapter(folder / "own", model, variedPlain);
        const torch::Tensor expected = logitsWith(model, folder / "own");
        for (const std::string format : {"hilo", "peft", "peft-padded", "gguf-lora", "mola"}) {
            if (format == "mola" && model != std::string("llama"))
                continue;
            REQUIRE_OK(exportAdapter(requestFor(folder / "own", model, format, folder / format), {}));
            const fs::path source = format == "gguf-lora" ? folder / format / "adapter.gguf" : folder / format;
            const ImportReport report = imported(source, model, folder / (format + "-in"));
            CHECK_EQ(report.format, format == "peft-padded" ? "peft" : format);
            CHECK(compareLogits(logitsWith(model, folder / (format + "-in")), expected).greatest < 1e-4);
            const AllocationMap map = REQUIRE_OK(readAllocationMap(folder / (format + "-in") / "allocation.map.json"));
            CHECK(map == report.map);
            if (format == "peft" || format == "gguf-lora" || format == "hilo")
                for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
                    for (const auto& [name, module] : adapter->map().layers[layer])
                        CHECK(map.find(layer, name)->ranks == module.ranks);
        }
    }
}

HILO_TEST(aMixtureComesBackFromMola)
{
    const TemporaryFolder folder;
    writeRandomAdapter(folder / "own", "llama", levelMixture);
    REQUIRE_OK(exportAdapter(requestFor(folder / "own", "llama", "mola", folder / "mola"), {}));
    const torch::Tensor expected = logitsWith("llama", folder / "own");
    imported(folder / "mola", "llama", folder / "told", {2, 1, 1});
    CHECK(compareLogits(logitsWith("llama", folder / "told"), expected).greatest < 1e-4);
    // Told otherwise it is another function.
    CHECK(imported(folder / "mola", "llama", folder / "wrong", {1}).map.notes.empty());
    CHECK(compareLogits(logitsWith("llama", folder / "wrong"), expected).greatest > 1e-3);
}

HILO_TEST(whatTopKAsksForIsObeyedToldOrRefused)
{
    const TemporaryFolder folder;
    const fs::path llama = dataFile("models/llama");
    // Its layers have 3, 2 and 1 experts.
    writeRandomAdapter(folder / "own", "llama", levelMixture);
    REQUIRE_OK(exportAdapter(requestFor(folder / "own", "llama", "mola", folder / "mola"), {}));
    const ImportReport report = imported(folder / "mola", "llama", folder / "most", {3});
    CHECK_EQ(report.map.notes.size(), 1u);
    CHECK_CONTAINS(report.map.notes.front(), "all of them are active there instead");
    CHECK_EQ(toJson(report)["notes"].size(), 1u);
    CHECK_EQ(REQUIRE_OK(readAllocationMap(folder / "most/allocation.map.json")).notes, report.map.notes);

    const auto refused = [&](const fs::path& source, const std::vector<int>& topK, const std::string& part) {
        CHECK_CONTAINS(describe(REQUIRE_ERROR(importAdapter({source, llama, folder / "out", topK}, {}))), part);
        CHECK(!fs::exists(folder / "out"));
    };
    refused(folder / "mola", {4}, "no module has more than 3");
    refused(folder / "mola", {3, 2, 2}, "in layer 2, but no module there has more than 1");
    refused(folder / "mola", {1, 1, 1, 1}, "has 4 numbers, but the model has 3 layers");
    refused(folder / "mola", {1, 1}, "has 2 numbers");
    // Where the files tell it themselves, another number is not silently passed over.
    refused(folder / "own", {1}, "--top-k is for MoLA");
}

HILO_TEST(rankStabilisedScalesAndScalesThatNoAlphaGives)
{
    for (const ScalingMode scaling : {ScalingMode::AlphaOverSqrtRank, ScalingMode::Constant}) {
        const TemporaryFolder folder;
        AdapterSettings settings;
        settings.scaling = scaling;
        settings.constantScale = 0.3;
        writeRandomAdapter(folder / "own", "llama", freeMixture, settings);
        const ModelSource source = REQUIRE_OK(openModel(dataFile("models/llama")));
        const auto own = REQUIRE_OK(MixtureAdapter::load(folder / "own", source.config, torch::kCPU));
        const auto again = REQUIRE_OK(adapterOf(contentOf(*own, source.config), "again"));
        fs::create_directories(folder / "again");
        REQUIRE_OK(again->save(folder / "again"));
        CHECK(compareLogits(logitsWith("llama", folder / "again"), logitsWith("llama", folder / "own")).greatest <
              1e-4);
    }
}

HILO_TEST(trainingGoesOnFromWhatWasImported)
{
    const TinyRun tiny(Json{{"steps", 3}});
    const fs::path model = tiny.folder() / "model";
    {
        const ModelSource source = REQUIRE_OK(openModel(model));
        AllocationMap map;
        map.name = "plain";
        map.strategy = "manual";
        map.architecture = "llama";
        map.layers.assign(2, {{"q_proj", {{2}, 1, 4, 0}}, {"up_proj", {{3}, 1, 9, 0}}});
        const auto adapter = MixtureAdapter::create(source.config, map, {}, torch::kCPU);
        fs::create_directories(tiny.folder() / "foreign");
        REQUIRE_OK(
            writePeft(contentOf(*adapter, source.config), PeftRanks::Exact, {"model", ""}, tiny.folder() / "foreign"));
    }
    const ImportReport report =
        REQUIRE_OK(importAdapter({tiny.folder() / "foreign", model, tiny.folder() / "in", {}}, {}));
    RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    spec.map = REQUIRE_OK(readAllocationMap(tiny.folder() / "in/allocation.map.json"));
    spec.training.startFrom = tiny.folder() / "in";
    const RunOutcome outcome = REQUIRE_OK(startRun(spec, tiny.run("on"), {}));
    CHECK(outcome.finished);
    CHECK_EQ(outcome.parameters.trainable(), report.parameters);
    CHECK(adapterBytes(tiny.run("on")) != readText(tiny.folder() / "in/adapter.safetensors"));
}

HILO_TEST(whatIsNoAdapterIsRefusedAndLeavesNothing)
{
    const TemporaryFolder folder;
    const auto refused = [&](const ImportRequest& request, const std::string& part) {
        const Error error = REQUIRE_ERROR(importAdapter(request, {}));
        CHECK_EQ(static_cast<int>(error.code), 3);
        CHECK_CONTAINS(describe(error), part);
        CHECK(!fs::exists(folder / "out"));
    };
    const fs::path llama = dataFile("models/llama");
    refused({folder.path(), llama, folder / "out", {}}, "No adapter");
    refused({folder / "nowhere", llama, folder / "out", {}}, "nowhere");
    refused({dataFile("formats/tiny-llama.gguf"), llama, folder / "out", {}}, "not a LoRA adapter");
    writeRandomAdapter(folder / "own", "llama", variedPlain);
    REQUIRE_OK(exportAdapter(requestFor(folder / "own", "llama", "peft", folder / "peft"), {}));
    refused({folder / "peft", dataFile("models/gpt2"), folder / "out", {}}, "adapter_model.safetensors");
    fs::create_directories(folder / "full");
    writeText(folder / "full/mine", "x");
    const Error error = REQUIRE_ERROR(importAdapter({folder / "peft", llama, folder / "full", {}}, {}));
    CHECK_CONTAINS(describe(error), "Exists already");
    CHECK_EQ(readText(folder / "full/mine"), "x");
}
