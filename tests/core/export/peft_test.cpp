// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/peft.h"
#include "export/peft_reader.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"

#include <functional>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

AdapterContent plainContent(const ModelConfig& model)
{
    AdapterContent content;
    content.model = model;
    content.modules = {moduleContent(model, 0, "q_proj", {2}, 4), moduleContent(model, 0, "up_proj", {5}, 0.5),
                       moduleContent(model, 2, "q_proj", {3}, 1)};
    return content;
}

Json written(const TemporaryFolder& folder, PeftRanks ranks)
{
    REQUIRE_OK(writePeft(plainContent(fixtureConfig("llama")), ranks, {"base/model", ""}, folder.path()));
    return REQUIRE_OK(readJsonFile(folder / "adapter_config.json"));
}

/// Writes an adapter, lets edit change its configuration, and reads it.
Result<AdapterContent> readAfter(const std::function<void(Json&)>& edit)
{
    const TemporaryFolder folder;
    Json config = written(folder, PeftRanks::Exact);
    edit(config);
    REQUIRE_OK(writeJsonFile(folder / "adapter_config.json", config));
    return readPeft(folder.path(), fixtureConfig("llama"));
}

} // namespace

HILO_TEST(exactRanksAreToldByFullNames)
{
    const TemporaryFolder folder;
    const Json config = written(folder, PeftRanks::Exact);
    CHECK_EQ(config["r"].get<int>(), 5);
    CHECK_EQ(config["lora_alpha"].get<int>(), 5);
    CHECK_EQ(config["rank_pattern"].dump(),
             R"({"model.layers.0.self_attn.q_proj":2,"model.layers.2.self_attn.q_proj":3})");
    CHECK_EQ(config["alpha_pattern"].dump(), config["rank_pattern"].dump());
    CHECK_EQ(config["target_modules"].size(), 3u);
    // Later keys make peft up to 0.13 fail, so that the file has those of 0.6 only.
    for (const char* key : {"use_rslora", "use_dora", "exclude_modules", "peft_version"})
        CHECK(!config.contains(key));
}

HILO_TEST(paddedRanksHaveNoPatternsAndTheSameProducts)
{
    const TemporaryFolder folder;
    const Json config = written(folder, PeftRanks::Padded);
    CHECK(config["rank_pattern"].empty() && config["alpha_pattern"].empty());
    const ModelConfig model = fixtureConfig("llama");
    const AdapterContent content = REQUIRE_OK(readPeft(folder.path(), model));
    const AdapterContent expected = plainContent(model);
    CHECK_EQ(content.modules.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK_EQ(content.modules[i].experts[0].rank, 5);
        CHECK_EQ(greatestDifference(content.modules[i].experts[0], expected.modules[i].experts[0],
                                    expected.modules[i].shape),
                 0.0);
    }
}

HILO_TEST(patternsMatchAsPeftMatchesThem)
{
    const auto scaleOf = [](const std::function<void(Json&)>& edit, std::size_t module) {
        return REQUIRE_OK(readAfter(edit)).modules[module].experts[0].scale;
    };
    // A suffix, a regular expression with an anchor, and the first key that matches.
    CHECK_NEAR(scaleOf([](Json& config) { config["alpha_pattern"] = {{"q_proj", 6}}; }, 0), 3, 1e-12);
    CHECK_NEAR(scaleOf([](Json& config) { config["alpha_pattern"] = {{"q_proj", 6}}; }, 1), 1, 1e-12);
    CHECK_NEAR(scaleOf(
                   [](Json& config) {
                       config["alpha_pattern"] = {{"^model.layers.[01].*q_proj", 8}, {"q_proj", 6}};
                   },
                   0),
               4, 1e-12);
    CHECK_NEAR(scaleOf([](Json& config) { config["alpha_pattern"] = {{"proj", 8}}; }, 0), 2.5, 1e-12);
    CHECK_NEAR(scaleOf(
                   [](Json& config) {
                       config["alpha_pattern"] = Json::object();
                       config["lora_alpha"] = 6;
                       config["use_rslora"] = true;
                   },
                   0),
               6 / std::sqrt(2.0), 1e-12);
}

HILO_TEST(variantsThatMeanMoreAreRefusedByName)
{
    const auto refused = [](const std::function<void(Json&)>& edit, const std::string& part) {
        const Error error = REQUIRE_ERROR(readAfter(edit));
        CHECK_EQ(static_cast<int>(error.code), 3);
        CHECK_CONTAINS(describe(error), part);
        CHECK_CONTAINS(describe(error), "adapter_");
    };
    refused([](Json& config) { config["use_dora"] = true; }, "use_dora");
    refused([](Json& config) { config["bias"] = "all"; }, "bias");
    refused([](Json& config) { config["modules_to_save"] = {"lm_head"}; }, "modules_to_save");
    refused([](Json& config) { config["peft_type"] = "IA3"; }, "IA3");
    refused([](Json& config) { config["rank_pattern"] = Json::object(); }, "rank 5");
    refused([](Json& config) { config["rank_pattern"] = {{"q_proj(", 2}}; }, "rank_pattern");
    refused([](Json& config) { config["r"] = 0; }, "r");
}

HILO_TEST(filesThatAreNotWholeAreRefused)
{
    const ModelConfig model = fixtureConfig("llama");
    const TemporaryFolder folder;
    written(folder, PeftRanks::Exact);
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readPeft(folder.path(), fixtureConfig("gpt2")))), "transformer.h.0");
    fs::rename(folder / "adapter_model.safetensors", folder / "adapter_model.bin");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readPeft(folder.path(), model))), "Pickle");
    const std::vector<float> values(64);
    REQUIRE_OK(writeSafetensors(folder / "adapter_model.safetensors",
                                {{"base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
                                  {2, 32},
                                  DataType::F32,
                                  std::as_bytes(std::span(values))}}));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readPeft(folder.path(), model))), "lora_B is missing");
}
