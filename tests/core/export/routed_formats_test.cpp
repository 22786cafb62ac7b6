// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/moe_peft.h"
#include "export/moe_peft_check.h"
#include "export/mola.h"
#include "export/mola_reader.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

AdapterContent mixture()
{
    AdapterContent content;
    content.model = fixtureConfig("llama");
    content.modules = {moduleContent(content.model, 0, "q_proj", {2, 3}, 4, 1),
                       moduleContent(content.model, 0, "v_proj", {1, 2}, 2, 1),
                       moduleContent(content.model, 1, "q_proj", {2, 2, 2, 2}, 1, 2)};
    return content;
}

} // namespace

HILO_TEST(molaKeepsCountsByLayerAndFillsWhatIsMissing)
{
    const TemporaryFolder folder;
    const AdapterContent content = mixture();
    const MolaCounts counts = REQUIRE_OK(writeMola(content, {"base", ""}, folder.path()));
    CHECK(counts.experts == (std::vector<int>{2, 4, 1}));
    CHECK(counts.topK == (std::vector<int>{1, 2, 1}));
    CHECK(counts.ranks == (std::vector<int>{3, 2, 1}));
    CHECK_EQ(REQUIRE_OK(readJsonFile(folder / "adapter_config.json"))["r"].dump(), "[3,2,1]");
    CHECK(REQUIRE_OK(isMola(folder.path())));
    const AdapterContent back = REQUIRE_OK(readMola(folder.path(), content.model, counts.topK));
    CHECK_EQ(back.modules.size(), 6u);
    for (const ModuleContent& module : content.modules) {
        const ModuleContent& read = *findModule(back, module.layer, module.shape.name);
        CHECK(read.router == module.router);
        CHECK_EQ(read.topK, module.topK);
        for (std::size_t i = 0; i < module.experts.size(); ++i)
            CHECK(greatestDifference(read.experts[i], module.experts[i], module.shape) < 1e-6);
    }
    const ModuleContent& filled = *findModule(back, 1, "v_proj");
    CHECK_EQ(filled.experts.size(), 4u);
    for (const double value : productOf(filled.experts[3], filled.shape))
        CHECK_EQ(value, 0.0);
}

HILO_TEST(molaNeedsToBeToldHowManyAreChosen)
{
    const TemporaryFolder folder;
    const AdapterContent content = mixture();
    REQUIRE_OK(writeMola(content, {"base", ""}, folder.path()));
    // The papers' number where nothing is said, never more than there are.
    const AdapterContent usual = REQUIRE_OK(readMola(folder.path(), content.model, {}));
    CHECK_EQ(findModule(usual, 0, "q_proj")->topK, 2);
    CHECK_EQ(findModule(usual, 2, "q_proj")->topK, 1);
    const AdapterContent three = REQUIRE_OK(readMola(folder.path(), content.model, {3}));
    CHECK_EQ(findModule(three, 1, "q_proj")->topK, 3);
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readMola(folder.path(), content.model, {1, 2}))), "--top-k has 2 numbers");
}

HILO_TEST(molaFilesThatAreNotWholeAreRefused)
{
    const TemporaryFolder folder;
    const AdapterContent content = mixture();
    REQUIRE_OK(writeMola(content, {"base", ""}, folder.path()));
    ModelConfig deep = content.model;
    deep.layers = 5;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readMola(folder.path(), deep, {}))), "3 ranks");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readMola(folder.path(), fixtureConfig("gpt2"), {}))), "transformer.h.0");
    Json config = REQUIRE_OK(readJsonFile(folder / "adapter_config.json"));
    config["r"] = {3, 2, 0};
    REQUIRE_OK(writeJsonFile(folder / "adapter_config.json", config));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readMola(folder.path(), content.model, {}))), "at least 1");
}

HILO_TEST(moePeftRepeatsExpertsUntilCountsAreTheSame)
{
    const TemporaryFolder folder;
    const AdapterContent content = mixture();
    REQUIRE_OK(writeMoePeft(content, {"base", ""}, folder.path()));
    const Json config = REQUIRE_OK(readJsonFile(folder / "adapter_config.json"));
    CHECK_EQ(config["peft_type"].get<std::string>(), "MOLA");
    CHECK_EQ(config["num_experts"].get<int>(), 4);
    CHECK_EQ(config["top_k"].get<int>(), 2);
    CHECK_EQ(config["r"].get<int>(), 3);
    // Its loader's assertions: whole numbers, and a dropout above 0. It is active in evaluation too, so it must be one
    // that drops nothing.
    CHECK(config["lora_alpha"].is_number_integer());
    CHECK(config["lora_dropout"].get<double>() > 0);
    CHECK_EQ(1 - config["lora_dropout"].get<double>(), 1.0);
    const AdapterContent back = REQUIRE_OK(readBackMoePeft(folder.path(), content.model));
    CHECK_EQ(back.modules.size(), 6u);
    const ModuleContent& module = content.modules[0];
    const ModuleContent& read = *findModule(back, 0, "q_proj");
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(greatestDifference(read.experts[i], module.experts[i / 2], module.shape) < 1e-6);
        CHECK(std::equal(module.router.begin() + static_cast<std::ptrdiff_t>(i / 2 * 32),
                         module.router.begin() + static_cast<std::ptrdiff_t>(i / 2 * 32 + 32),
                         read.router.begin() + static_cast<std::ptrdiff_t>(i * 32)));
    }
}

HILO_TEST(moePeftWithoutRoutersIsItsPlainType)
{
    const TemporaryFolder folder;
    AdapterContent content;
    content.model = fixtureConfig("qwen2");
    content.modules = {moduleContent(content.model, 0, "q_proj", {2}, 4),
                       moduleContent(content.model, 2, "q_proj", {3}, 1)};
    REQUIRE_OK(writeMoePeft(content, {"base", ""}, folder.path()));
    const Json config = REQUIRE_OK(readJsonFile(folder / "adapter_config.json"));
    CHECK_EQ(config["peft_type"].get<std::string>(), "LORA");
    CHECK(!config.contains("num_experts"));
    const AdapterContent back = REQUIRE_OK(readBackMoePeft(folder.path(), content.model));
    CHECK_EQ(back.modules.size(), 3u);
    CHECK(greatestDifference(back.modules[2].experts[0], content.modules[1].experts[0], content.modules[1].shape) <
          1e-6);
}
