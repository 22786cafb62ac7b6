// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/inspection.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

ModelInspection inspect(const std::filesystem::path& path)
{
    return REQUIRE_OK(inspectModel(REQUIRE_OK(openModel(path))));
}

} // namespace

HILO_TEST(partsAddUpForEveryFamily)
{
    std::vector<std::string> families{"llama", "llama3-rope", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gpt2"};
    for (const auto& folder : std::filesystem::directory_iterator(dataFile("families")))
        if (!folder.path().filename().string().ends_with("-wrapped"))
            families.push_back(folder.path().filename().string());
    for (const std::string& family : families) {
        const bool isFirst = std::filesystem::exists(dataFile("models/" + family));
        const ModelInspection model = inspect(dataFile((isFirst ? "models/" : "families/") + family));
        std::int64_t sum = model.embedding + model.positions + model.finalNorm + model.head;
        for (const InspectedLayer& layer : model.layers) {
            sum += layer.parameters;
            std::int64_t modules = 0;
            for (const InspectedModule& module : layer.modules) {
                modules += module.parameters;
                CHECK_EQ(module.parameters, module.shape.in * module.shape.out + (module.bias ? module.shape.out : 0));
            }
            CHECK(modules + layer.router + layer.experts < layer.parameters);
            const auto index = static_cast<std::int64_t>(&layer - model.layers.data());
            CHECK_EQ(layer.experts > 0, model.config.mixture.hasExperts(index));
        }
        CHECK_EQ(sum, model.parameters);
        CHECK_EQ(static_cast<std::int64_t>(model.layers.size()), model.config.layers);
        CHECK_EQ(model.head == 0, model.config.tiedEmbeddings);
        CHECK_EQ(model.positions > 0, family == "gpt2");
        // The fixtures store everything that the architecture needs, and nothing else.
        const bool packed = family.ends_with("-mxfp4");
        CHECK_EQ(model.stored.at("F32").elements + (packed ? model.stored.at("MXFP4").elements : 0), model.parameters);
        if (!packed)
            CHECK_EQ(model.stored.at("F32").bytes, model.memoryBytes(4));
        // config.json and the weights; qwen2 lies in three shards.
        CHECK_EQ(model.files.size(), family == "qwen2" ? 4u : 2u);
    }
}

HILO_TEST(ofAMixtureOfExpertsATokenPassesAFew)
{
    const ModelInspection model = inspect(dataFile("families/qwen3_moe"));
    // Two layers with 5 experts of 3 matrices of 5 x 21, of which a token passes 3; the first layer has one MLP.
    CHECK_EQ(model.layers[1].experts, 5 * 3 * 5 * 21);
    CHECK_EQ(model.layers[1].router, 5 * 21);
    CHECK_EQ(model.layers[0].experts, 0);
    CHECK_EQ(model.layers[0].modules.back().parameters, 18 * 21);
    CHECK_EQ(model.active, model.parameters - 2 * 2 * 3 * 5 * 21);
    const Json document = toJson(model, false);
    CHECK_EQ(document["mixture"].dump(), Json({{"experts", 5},
                                               {"experts_per_token", 3},
                                               {"intermediate_size", 5},
                                               {"active_parameters", model.active},
                                               {"layers", {1, 2}}})
                                             .dump());
    CHECK_EQ(document["per_layer"][2]["experts"].get<std::int64_t>(), model.layers[1].experts);
    CHECK(!toJson(inspect(dataFile("models/llama")), false).contains("mixture"));
    CHECK_EQ(inspect(dataFile("models/llama")).active, inspect(dataFile("models/llama")).parameters);
}

HILO_TEST(needsNoWeights)
{
    const TemporaryFolder folder;
    std::filesystem::copy_file(dataFile("models/llama/config.json"), folder / "config.json");
    const ModelInspection planned = inspect(folder.path());
    CHECK(!planned.hasWeights);
    CHECK_EQ(planned.parameters, inspect(dataFile("models/llama")).parameters);
    CHECK(planned.tensors.empty() && planned.stored.empty());
    CHECK_EQ(planned.files.size(), 1u);
}

HILO_TEST(describesAGgufFile)
{
    const ModelInspection model = inspect(dataFile("formats/tiny-llama.gguf"));
    CHECK_EQ(model.parameters, 107'776);
    CHECK_EQ(model.stored.at("Q4_K").tensors, 2);
    CHECK_EQ(model.stored.at("Q4_K").bytes, 2u * 32 * 144);
    CHECK_EQ(model.files.size(), 1u);
    CHECK_EQ(model.files[0].bytes, std::filesystem::file_size(model.path));
}

HILO_TEST(writesOneDocument)
{
    const ModelInspection model = inspect(dataFile("models/llama"));
    const Json brief = toJson(model, false);
    CHECK(!brief.contains("tensors"));
    CHECK_EQ(brief["parameters"].get<std::int64_t>(), model.parameters);
    CHECK_EQ(brief["layers"].get<int>(), 3);
    CHECK_EQ(brief["architecture"].get<std::string>(), "llama");
    CHECK_EQ(brief["memory_bytes"]["int8"].get<std::int64_t>(), model.parameters);
    CHECK_EQ(brief["per_layer"].size(), 3u);
    CHECK_EQ(brief["per_layer"][2]["modules"]["down_proj"]["in"].get<int>(), 48);
    std::int64_t parts = 0;
    for (const auto& [name, count] : brief["parameters_by_part"].items())
        parts += count.get<std::int64_t>();
    CHECK_EQ(parts, model.parameters);
    const Json whole = toJson(model, true);
    CHECK_EQ(whole["tensors"].size(), model.tensors.size());
    CHECK_EQ(whole["tensors"][0]["dtype"].get<std::string>(), "F32");
}
