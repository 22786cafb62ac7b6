// SPDX-License-Identifier: GPL-3.0-or-later
// PEFT adapters as other tools leave them: what is harmless loads, what changes the meaning is refused by name.
#include "small_content.h"

#include "export/mola_reader.h"
#include "export/peft_reader.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"

#include <deque>
#include <functional>
#include <limits>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Every key of LoraConfig in peft 0.21, with the values of a plain adapter.
Json todaysConfig()
{
    return Json::parse(R"({"alora_invocation_tokens": null, "alpha_pattern": {}, "arrow_config": null,
        "auto_mapping": {"base_model_class": "LlamaForCausalLM", "unsloth_fixed": true},
        "base_model_name_or_path": "someone/tiny", "bias": "none", "corda_config": null, "ensure_weight_tying": false,
        "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true,
        "init_lora_weights": true, "kasa_config": null, "layer_replication": null, "layers_pattern": null,
        "layers_to_transform": null, "loftq_config": {}, "lora_alpha": 8, "lora_bias": false, "lora_dropout": 0.05,
        "lora_ga_config": null, "megatron_config": null, "megatron_core": "megatron.core", "modules_to_save": null,
        "monteclora_config": null, "peft_type": "LORA", "peft_version": "0.21.2", "qalora_group_size": 16, "r": 4,
        "rank_pattern": {}, "revision": null, "runtime_config": {"ephemeral_gpu_offload": false},
        "target_modules": ["q_proj", "v_proj"], "target_parameters": null, "task_type": "CAUSAL_LM",
        "trainable_token_indices": null, "use_bdlora": null, "use_dora": false, "use_qalora": false,
        "use_rslora": false, "velora_config": null})");
}

/// A folder with q_proj and v_proj of two layers under the prefix, of rank 4 everywhere.
class Folder
{
  public:
    explicit Folder(const std::string& prefix = "base_model.model.model.layers.")
    {
        for (int layer = 0; layer < 2; ++layer)
            for (const char* name : {"q_proj", "v_proj"})
                addPair(prefix + std::to_string(layer) + ".self_attn." + name, 4, layer);
    }

    void addPair(const std::string& module, std::int64_t rank, int start)
    {
        const bool value = module.ends_with("v_proj");
        add(module + ".lora_A.weight", {rank, model.hidden}, ramp(rank * model.hidden, start));
        const std::int64_t out = value ? model.keyValueHeads * model.headDimension : model.heads * model.headDimension;
        add(module + ".lora_B.weight", {out, rank}, ramp(out * rank, start + 1));
    }

    void add(const std::string& name, std::vector<std::int64_t> shape, std::vector<float> values)
    {
        values_.push_back(std::move(values));
        tensors.push_back({name, std::move(shape), DataType::F32, std::as_bytes(std::span(values_.back()))});
    }

    /// Tensors are written once unless some were added or taken away since.
    Result<AdapterContent> read()
    {
        if (written_ != tensors.size())
            REQUIRE_OK(writeSafetensors(folder_ / "adapter_model.safetensors", tensors));
        written_ = tensors.size();
        writeText(folder_ / "adapter_config.json", config.dump());
        return readPeft(folder_.path(), model);
    }

    ModelConfig model = fixtureConfig("llama");
    Json config = todaysConfig();
    std::vector<TensorToWrite> tensors;

  private:
    std::deque<std::vector<float>> values_;
    TemporaryFolder folder_;
    std::size_t written_ = 0;
};

Result<AdapterContent> readWith(const std::string& key, const Json& value)
{
    static Folder folder;
    folder.config = todaysConfig();
    folder.config[key] = value;
    return folder.read();
}

void refused(const Result<AdapterContent>& result, const std::string& part)
{
    const Error error = REQUIRE_ERROR(result);
    CHECK_EQ(static_cast<int>(error.code), 3);
    CHECK_CONTAINS(describe(error), part);
}

} // namespace

HILO_TEST(theConfigurationOfTodaysPeftLoads)
{
    const AdapterContent content = REQUIRE_OK(Folder().read());
    CHECK_EQ(content.modules.size(), 4u);
    CHECK_NEAR(content.modules[0].experts[0].scale, 2, 1e-12);
}

HILO_TEST(whatIsNullFalseOrEmptyIsNoObstacle)
{
    for (const char* key : {"modules_to_save", "target_parameters", "trainable_token_indices", "layer_replication",
                            "alora_invocation_tokens", "arrow_config", "use_dora", "a_key_of_tomorrow"})
        for (const Json& value : {Json(nullptr), Json(false), Json(""), Json::array(), Json::object()})
            REQUIRE_OK(readWith(key, value));
    REQUIRE_OK(readWith("target_modules", nullptr));
    REQUIRE_OK(readWith("target_modules", "all-linear"));
    REQUIRE_OK(readWith("rank_pattern", nullptr));
    REQUIRE_OK(readWith("lora_alpha", 16.0));
    REQUIRE_OK(readWith("eva_config", {{"rho", 2.0}}));
    REQUIRE_OK(readWith("fan_in_fan_out", true));
}

HILO_TEST(variantsAndUnknownKeysAreRefusedByName)
{
    refused(readWith("use_dora", true), "use_dora");
    refused(readWith("lora_bias", true), "lora_bias");
    refused(readWith("bias", "lora_only"), "bias");
    refused(readWith("modules_to_save", {"embed_tokens", "lm_head"}), "modules_to_save");
    refused(readWith("trainable_token_indices", {{"embed_tokens", {1, 2}}}), "trainable_token_indices");
    refused(readWith("layer_replication", {{0, 2}, {1, 3}}), "layer_replication");
    refused(readWith("alora_invocation_tokens", {5, 6}), "alora_invocation_tokens");
    refused(readWith("use_qalora", true), "use_qalora");
    refused(readWith("use_bdlora", {{"nblocks", 2}}), "use_bdlora");
    refused(readWith("arrow_config", {{"top_k", 3}}), "arrow_config");
    refused(readWith("kasa_config", {{"beta", 1e-4}}), "kasa_config");
    refused(readWith("monteclora_config", {{"num_samples", 8}}), "monteclora_config");
    refused(readWith("megatron_config", {{"x", 1}}), "megatron_config");
    refused(readWith("enable_lora", {true, false, true}), "enable_lora");
    refused(readWith("use_mora", true), "use_mora");
    refused(readWith("some_scale", 0.5), "some_scale");
    refused(readWith("peft_type", "ADALORA"), "ADALORA");
}

HILO_TEST(adaptersThatChangedTheirBaseAreRefused)
{
    for (const char* began : {"pissa", "pissa_niter_16", "olora", "corda", "lora_ga", "loftq", "of_tomorrow"}) {
        refused(readWith("init_lora_weights", began), "init_lora_weights");
        refused(readWith("init_lora_weights", began), began);
    }
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readWith("init_lora_weights", "pissa"))),
                   "path_initial_model_for_weight_conversion");
    for (const Json& plain : {Json(true), Json(false), Json("gaussian"), Json("eva"), Json("orthogonal"), Json("mica")})
        REQUIRE_OK(readWith("init_lora_weights", plain));
}

HILO_TEST(namesOfEveryWrapperLeadToTheTextModel)
{
    const AdapterContent expected = REQUIRE_OK(Folder().read());
    for (const char* prefix :
         {"base_model.model.model.language_model.layers.", "base_model.model.language_model.model.layers.",
          "base_model.model.model.language_model.model.layers.", "base_model.model.layers.", "model.layers.",
          "base_model.model.thinker.model.layers.", "base_model.model.model.text_model.layers.", "layers."}) {
        const AdapterContent found = REQUIRE_OK(Folder(prefix).read());
        CHECK_EQ(found.modules.size(), expected.modules.size());
        for (std::size_t i = 0; i < found.modules.size(); ++i) {
            CHECK_EQ(found.modules[i].layer, expected.modules[i].layer);
            CHECK_EQ(found.modules[i].shape.name, expected.modules[i].shape.name);
            CHECK(found.modules[i].experts[0].a == expected.modules[i].experts[0].a);
        }
    }
}

HILO_TEST(otherPartsOfAWrapperAreRefusedByName)
{
    refused(Folder("base_model.model.model.visual.blocks.").read(), "\"visual\"");
    refused(Folder("base_model.model.model.vision_tower.vision_model.encoder.layers.").read(), "vision_tower");
    refused(Folder("base_model.model.model.decoder.layers.").read(), "decoder");
    refused(Folder("base_model.model.base_model.model.model.layers.").read(), "stands twice");
    refused(Folder("base_model.model.model.layers.9").read(), "model.layers.90.self_attn.q_proj");
    // Beside the text model's own, whichever comes first.
    Folder both;
    both.addPair("base_model.model.model.audio_tower.layers.0.self_attn.q_proj", 4, 1);
    refused(both.read(), "audio_tower");
}

HILO_TEST(patternsSeeTheNamesOfTheFile)
{
    Folder folder("base_model.model.model.language_model.layers.");
    folder.config["alpha_pattern"] = {{"^model\\.language_model\\.layers\\.\\d+\\.self_attn\\.q_proj", 12}};
    const AdapterContent content = REQUIRE_OK(folder.read());
    CHECK_NEAR(content.modules[0].experts[0].scale, 3, 1e-12);
    CHECK_NEAR(content.modules[1].experts[0].scale, 2, 1e-12);
}

HILO_TEST(rankPatternsByRegularExpressionGiveTheRightScale)
{
    Folder folder;
    folder.config["r"] = 8;
    folder.config["rank_pattern"] = {{"layers\\.\\d+\\.self_attn\\.q_proj", 4}, {"(k|v)_proj", 4}};
    const AdapterContent content = REQUIRE_OK(folder.read());
    CHECK_EQ(content.modules[0].experts[0].rank, 4);
    CHECK_NEAR(content.modules[0].experts[0].scale, 2, 1e-12);
    folder.config["use_rslora"] = true;
    CHECK_NEAR(REQUIRE_OK(folder.read()).modules[0].experts[0].scale, 4, 1e-12);
    folder.config["rank_pattern"] = {{"q_proj", 4}};
    refused(folder.read(), "says rank 8");
    folder.config["rank_pattern"] = {{"q_proj", 4.5}};
    refused(folder.read(), "rank_pattern.q_proj");
    folder.config["rank_pattern"] = {{"q_proj(", 4}};
    refused(folder.read(), "rank_pattern");
}

HILO_TEST(tensorsThatPeftWouldNotLoadAreRefused)
{
    refused(readWith("target_modules", {"q_proj"}), "target_modules");
    refused(readWith("target_modules", ".*\\.q_proj"), "v_proj");
    refused(readWith("exclude_modules", {"v_proj"}), "exclude_modules");
    refused(readWith("layers_to_transform", {0}), "layers_to_transform");
    refused(readWith("layers_to_transform", 1), "model.layers.0");
    REQUIRE_OK(readWith("layers_to_transform", {0, 1}));
    REQUIRE_OK(readWith("target_modules", ".*\\.(q|v)_proj"));
    REQUIRE_OK(readWith("target_modules", {"self_attn.q_proj", "model.layers.0.self_attn.v_proj", "v_proj"}));
    // An ending is whole words.
    refused(readWith("target_modules", {"proj"}), "target_modules");
}

HILO_TEST(parametersWithoutTensorsAreTold)
{
    // The experts of another base than this one: peft passes over them with a warning.
    const AdapterContent content = REQUIRE_OK(readWith("target_parameters", {"mlp.experts.gate_up_proj"}));
    CHECK_EQ(content.modules.size(), 4u);
    CHECK_EQ(content.notes.size(), 1u);
    CHECK_CONTAINS(content.notes.at(0), "mlp.experts.gate_up_proj");
    // What this base has, peft would have written.
    refused(readWith("target_parameters", {"mlp.down_proj.weight"}), "has no tensors");
    // Linear modules that are listed by their weight, some of them also by name.
    const AdapterContent byWeight = REQUIRE_OK(readWith("target_parameters", {"self_attn.q_proj.weight"}));
    CHECK_EQ(byWeight.notes.size(), 0u);
}

HILO_TEST(parametersOfExpertsWithoutTensorsAreRefused)
{
    const std::filesystem::path fixture = dataFile("expert_loras/mixtral");
    const ModelConfig model =
        REQUIRE_OK(parseModelConfig(REQUIRE_OK(readJsonFile(dataFile("families/mixtral/config.json"))), "mixtral"));
    const TemporaryFolder folder;
    std::filesystem::copy_file(fixture / "adapter_model.safetensors", folder / "adapter_model.safetensors");
    Json config = REQUIRE_OK(readJsonFile(fixture / "adapter_config.json"));
    REQUIRE_OK(writeJsonFile(folder / "adapter_config.json", config));
    CHECK_EQ(REQUIRE_OK(readPeft(folder.path(), model)).notes.size(), 0u);
    config["target_parameters"].push_back("model.layers.2.mlp.experts.gate_up_proj");
    REQUIRE_OK(writeJsonFile(folder / "adapter_config.json", config));
    refused(readPeft(folder.path(), model), "model.layers.2.mlp.experts.gate_up_proj");
}

HILO_TEST(otherTensorsSayWhatTheyAre)
{
    const auto with = [](const std::string& name) {
        Folder folder;
        folder.add("base_model.model." + name, {4}, ramp(4, 1));
        return folder.read();
    };
    refused(with("model.layers.0.self_attn.q_proj.lora_magnitude_vector"), "DoRA");
    refused(with("model.embed_tokens.lora_embedding_A"), "embedding");
    refused(with("model.layers.0.self_attn.q_proj.lora_B.bias"), "lora_bias");
    refused(with("model.layers.0.self_attn.q_proj.bias"), "trained bias");
    refused(with("lm_head.weight"), "lm_head");
    refused(with("model.layers.0.self_attn.q_proj.lora_C.weight"), "not the A or B");
}

HILO_TEST(twoTensorsForOneModuleAreRefused)
{
    Folder folder;
    folder.addPair("base_model.model.model.language_model.layers.1.self_attn.q_proj", 4, 7);
    refused(folder.read(), "same half");
    Folder twice;
    twice.add("base_model.model.model.layers.0.self_attn.q_proj.lora_A.default.weight", {4, twice.model.hidden},
              ramp(4 * twice.model.hidden, 1));
    refused(twice.read(), "same half");
}

HILO_TEST(emptyAndDamagedTensorsAreNamed)
{
    const auto replaced = [](std::vector<std::int64_t> shape, std::vector<float> values) {
        Folder folder;
        const std::string name = folder.tensors[2].name;
        folder.tensors.erase(folder.tensors.begin() + 2);
        folder.add(name, std::move(shape), std::move(values));
        const Error error = REQUIRE_ERROR(folder.read());
        CHECK_CONTAINS(describe(error), name);
        return describe(error);
    };
    CHECK_CONTAINS(replaced({0}, {}), "ZeRO-3");
    CHECK_CONTAINS(replaced({4, 0}, {}), "ZeRO-3");
    const std::int64_t width = fixtureConfig("llama").hidden;
    std::vector<float> values = ramp(4 * width, 1);
    values[5] = std::numeric_limits<float>::quiet_NaN();
    CHECK_CONTAINS(replaced({4, width}, values), "NaN");
    values[5] = std::numeric_limits<float>::infinity();
    CHECK_CONTAINS(replaced({4, width}, values), "infinite");
}

HILO_TEST(molaRefusesTheSameKeys)
{
    const TemporaryFolder folder;
    Json config = {{"peft_type", "LORA"}, {"r", {2, 2, 2}}, {"lora_alpha", 4}, {"use_dora", true}};
    REQUIRE_OK(writeJsonFile(folder / "adapter_config.json", config));
    refused(readMola(folder.path(), fixtureConfig("llama"), {}), "use_dora");
    config["use_dora"] = false;
    config["use_rslora"] = true;
    REQUIRE_OK(writeJsonFile(folder / "adapter_config.json", config));
    refused(readMola(folder.path(), fixtureConfig("llama"), {}), "use_rslora");
}
