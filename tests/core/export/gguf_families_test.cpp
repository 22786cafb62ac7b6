// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/encode_floats.h"
#include "export/export_format.h"
#include "export/gguf_limits.h"
#include "export/gguf_lora.h"
#include "export/gguf_lora_reader.h"
#include "export/gguf_model_keys.h"
#include "export/gguf_names.h"
#include "formats/dequantise.h"
#include "formats/expected_tensors.h"
#include "formats/gguf_experts.h"
#include "formats/layer_modules.h"
#include "formats/model_source.h"
#include "small_content.h"

#include <cmath>
#include <cstring>

using namespace hilo;
using namespace hilo::testing;

// What is written for a model, beside the file that llama.cpp's own converter makes of it
// (tests/interop/make_gguf_fixtures.py).
namespace {

std::filesystem::path folderOf(const std::string& name)
{
    const std::filesystem::path own = dataFile("gguf/" + name);
    return std::filesystem::exists(own) ? own : dataFile("families/" + name);
}

std::vector<std::string> converted()
{
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(dataFile("gguf")))
        if (file.path().extension() == ".gguf")
            names.push_back(file.path().stem().string());
    return names;
}

void checkTensors(const std::string& name, const GgufFile& theirs)
{
    const ModelSource folder = REQUIRE_OK(openModel(folderOf(name)));
    std::set<std::string> left;
    for (const GgufTensor& tensor : theirs.tensors)
        left.insert(tensor.info.name);
    const auto compare = [&](const std::string& stored, const std::vector<std::int64_t>& shape,
                             const std::vector<float>& values, bool exact) {
        const GgufTensor* tensor = theirs.find(stored);
        const bool isBlocks = tensor && tensor->info.type == DataType::MXFP4;
        if (!tensor || tensor->info.shape != shape ||
            (!isBlocks && tensor->bytes.size() != values.size() * sizeof(float)))
            hilo::testing::fail(name + ": " + stored + " is not in llama.cpp's file like that", __FILE__, __LINE__);
        std::vector<float> expected(values.size());
        if (isBlocks)
            REQUIRE_OK(dequantise(tensor->info.type, tensor->bytes, expected));
        else
            std::memcpy(expected.data(), tensor->bytes.data(), tensor->bytes.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            if (exact ? values[i] != expected[i] : std::abs(values[i] - expected[i]) > 1e-6f * std::abs(expected[i]))
                hilo::testing::fail(name + ": " + stored + "[" + std::to_string(i) + "]", __FILE__, __LINE__);
        left.erase(stored);
    };
    const auto names = ggufTensorNames(folder.config);
    const auto valuesOf = [&](const std::string& tensor) -> Result<std::vector<float>> {
        std::vector<float> values(static_cast<std::size_t>(elementsOf(folder.weights->find(tensor).value())));
        HILO_CHECK(folder.weights->readFloat32(tensor, values));
        return values;
    };
    std::set<std::string> ofExperts;
    for (const GgufExpertTensor& tensor : ggufExpertTensors(folder.config)) {
        ofExperts.insert(tensor.sources.begin(), tensor.sources.end());
        compare(tensor.name, tensor.shape, REQUIRE_OK(tensor.make(valuesOf)), true);
    }
    for (const TensorInfo& tensor : expectedTensors(folder.config)) {
        if (ofExperts.contains(tensor.name))
            continue;
        const std::vector<float> values = REQUIRE_OK(valuesOf(tensor.name));
        const auto found = names.find(tensor.name);
        if (found == names.end()) {
            CHECK_CONTAINS(tensor.name, ".act_fn.");
            continue;
        }
        for (const GgufStored& stored : found->second)
            compare(stored.name, ggufShape(tensor, stored.place),
                    ggufValues(values, tensor, stored.place, folder.config), !stored.place.isDecay);
    }
    for (const auto& [stored, factors] : ropeFactors(folder.config))
        compare(stored, {static_cast<std::int64_t>(factors.size())}, factors, false);
    CHECK_EQ(left, std::set<std::string>());
}

/// Keys of the converter that are not written, and why.
bool isLeftOut(const std::string& key)
{
    for (const char* end : {".rope.scaling.yarn_attn_factor", // nothing reads it; attn_factor says the same
                            ".expert_count", ".expert_used_count", ".rope.scaling.type", ".rope.scaling.factor",
                            ".rope.scaling.original_context_length"}) // of no scaling
        if (key.ends_with(end))
            return true;
    return key.find(".ssm.") != std::string::npos || key.starts_with("general.") || key.starts_with("xielu.") ||
           key.starts_with("tokenizer.") || (key.starts_with("nemotron.") && key.ends_with("rms_epsilon")) ||
           (key.starts_with("hunyuan") && key.ends_with("context_length"));
}

void checkKeys(const std::string& name, const GgufFile& theirs)
{
    const TemporaryFolder out;
    GgufWriter writer;
    const ModelConfig model = REQUIRE_OK(openModel(folderOf(name))).config;
    addModelMetadata(writer, model, "tiny");
    REQUIRE_OK(writer.write(out / "ours.gguf"));
    const GgufFile ours = REQUIRE_OK(openGguf(out / "ours.gguf"));
    CHECK_EQ(REQUIRE_OK(ours.text("general.architecture")), REQUIRE_OK(theirs.text("general.architecture")));
    for (const auto& [key, value] : theirs.metadata) {
        // llama.cpp goes by recurrent_layers; older versions by the interval, which is then these layers' own.
        if ((isLeftOut(key) && !ours.metadata.contains(key)) || key.ends_with(".full_attention_interval"))
            continue;
        const auto found = ours.metadata.find(key);
        if (found == ours.metadata.end())
            hilo::testing::fail(name + ": " + key + " is not written", __FILE__, __LINE__);
        // One number for all layers, or one for each.
        if (std::holds_alternative<GgufArray>(value) && !std::holds_alternative<GgufArray>(found->second)) {
            CHECK_EQ(
                std::vector<double>(static_cast<std::size_t>(model.layers), REQUIRE_OK(ours.number(key)).value_or(-1)),
                REQUIRE_OK(theirs.numbers(key)));
            continue;
        }
        CHECK_EQ(found->second.index(), value.index());
        if (std::holds_alternative<GgufArray>(value))
            CHECK_EQ(REQUIRE_OK(ours.numbers(key)), REQUIRE_OK(theirs.numbers(key)));
        else if (std::holds_alternative<std::string_view>(value))
            CHECK_EQ(std::get<std::string_view>(found->second), std::get<std::string_view>(value));
        else if (std::holds_alternative<bool>(value))
            CHECK_EQ(std::get<bool>(found->second), std::get<bool>(value));
        else if (!(name == "hunyuan_v1_dense" && key.ends_with("context_length")))
            CHECK_NEAR(REQUIRE_OK(ours.number(key)).value_or(-1), REQUIRE_OK(theirs.number(key)).value_or(-2),
                       1e-6 * std::abs(REQUIRE_OK(theirs.number(key)).value_or(0)));
    }
}

} // namespace

HILO_TEST(tensorsAreThoseOfLlamaCppsConverter)
{
    for (const std::string& name : converted())
        checkTensors(name, REQUIRE_OK(openGguf(dataFile("gguf/" + name + ".gguf"))));
}

HILO_TEST(keysAreThoseOfLlamaCppsConverter)
{
    for (const std::string& name : converted())
        checkKeys(name, REQUIRE_OK(openGguf(dataFile("gguf/" + name + ".gguf"))));
}

HILO_TEST(loraOfEveryModuleComesBack)
{
    for (const std::string& name : converted()) {
        AdapterContent content;
        content.model = REQUIRE_OK(openModel(folderOf(name))).config;
        for (const std::int64_t layer : {0, 1})
            for (const ModuleShape& shape : layerModules(content.model, layer))
                content.modules.push_back(moduleContent(content.model, layer, shape.name, {2}, 1));
        const TemporaryFolder out;
        REQUIRE_OK(writeGgufLora(content, "name", out / "a.gguf"));
        const GgufFile base = REQUIRE_OK(openGguf(dataFile("gguf/" + name + ".gguf")));
        for (const GgufTensor& tensor : REQUIRE_OK(openGguf(out / "a.gguf")).tensors)
            CHECK(base.find(tensor.info.name.substr(0, tensor.info.name.size() - 7)) != nullptr);
        const AdapterContent back = REQUIRE_OK(readGgufLora(out / "a.gguf", content.model));
        CHECK_EQ(back.modules.size(), content.modules.size());
        for (std::size_t i = 0; i < back.modules.size(); ++i) {
            CHECK(back.modules[i].experts[0].a == content.modules[i].experts[0].a);
            CHECK(back.modules[i].experts[0].b == content.modules[i].experts[0].b);
        }
    }
}

HILO_TEST(whatLlamaCppDoesNotComputeIsNotWritten)
{
    const auto lost = [](const char* name) { return lostInGguf(REQUIRE_OK(openModel(dataFile(name))).config); };
    CHECK_CONTAINS(lost("families/ministral"), "ministral");
    CHECK_CONTAINS(lost("families/smollm3"), "sliding window");
    CHECK_CONTAINS(lost("families/starcoder2"), "sliding window");
    CHECK_CONTAINS(lost("families/exaone4"), "64 layers");
    CHECK_CONTAINS(lost("families/gemma3"), "query_pre_attn_scalar");
    CHECK_CONTAINS(lost("families/phi3"), "head_dim");
    CHECK_CONTAINS(lost("families/cohere2"), "bias of the attention's output");
    CHECK_CONTAINS(lost("families/arcee"), "bias");
    CHECK_CONTAINS(lost("families/nemotron"), "head_dim");
    CHECK_CONTAINS(lost("families/phi-normed"), "norms of queries and keys");
    for (const char* name : {"gguf/gemma3", "gguf/phi3", "gguf/cohere2", "gguf/nemotron", "gguf/gpt2", "gguf/gpt_neox",
                             "gguf/granitemoehybrid", "gguf/starcoder2", "gguf/phi", "families/phi3-longrope",
                             "families/olmo3", "families/ministral3", "families/granite", "families/glm4"})
        CHECK_EQ(lost(name), "");
    // Mixtures of experts.
    CHECK_CONTAINS(lost("families/qwen3_moe"), "experts in every layer, and layer 0");
    CHECK_CONTAINS(lost("families/mixtral"), "sliding window");
    for (const char* name : {"families/olmoe", "families/olmoe-fused"})
        CHECK_CONTAINS(lost(name), "a norm of 18 numbers for the keys, and the model has 6 (1 of 3 heads)");
    ModelConfig olmoe = REQUIRE_OK(openModel(dataFile("families/olmoe"))).config;
    olmoe.keyValueHeads = olmoe.heads;
    CHECK_CONTAINS(lostInGguf(olmoe), "clip_qkv");
    olmoe = REQUIRE_OK(openModel(dataFile("families/olmoe-fused"))).config;
    olmoe.keyValueHeads = olmoe.heads;
    CHECK_CONTAINS(lostInGguf(olmoe), "shares of all");
    CHECK_CONTAINS(lost("families/gpt_oss"), "limit of 7");
    CHECK(roundsYarn(REQUIRE_OK(openModel(dataFile("families/gpt_oss"))).config));
    CHECK(!roundsYarn(REQUIRE_OK(openModel(dataFile("gguf/gpt_oss"))).config));
    CHECK_CONTAINS(lost("families/granitemoehybrid-experts"), "not written here");
    for (const char* name : {"gguf/qwen2_moe", "gguf/qwen3_moe", "gguf/mixtral", "gguf/olmoe", "families/granitemoe",
                             "families/granitemoeshared", "families/mixtral-fused"})
        CHECK_EQ(lost(name), "");
    // Layers that differ, and gated delta nets.
    CHECK_CONTAINS(lost("families/gemma4-unified"), "bias of the attention's output");
    CHECK_CONTAINS(lost("families/gemma4-wrapped"), "layers that slide");
    CHECK_CONTAINS(lost("families/qwen3_5-full"), "linear_value_head_dim");
    for (const char* name : {"families/gemma4", "families/gemma4-shared", "gguf/qwen3_5"})
        CHECK_EQ(lost(name), "");
    ModelConfig shared = REQUIRE_OK(openModel(dataFile("families/gemma4-shared"))).config;
    shared.layerSizes[2].keyValueLayer = 1;
    CHECK_CONTAINS(lostInGguf(shared), "attend to the keys of layer 0");
    shared.layerSizes[2].keyValueLayer = 0;
    shared.perLayerVocabulary = 40;
    CHECK_CONTAINS(lostInGguf(shared), "40 for 31 tokens");
    ModelConfig capped = REQUIRE_OK(openModel(dataFile("models/gemma2"))).config;
    capped.attentionScale = 1 / std::sqrt(static_cast<double>(capped.headDimension));
    CHECK_EQ(lostInGguf(capped), "");
    capped.logitSoftcap = 0;
    CHECK_CONTAINS(lostInGguf(capped), "divide by the caps");
    ModelConfig nets = REQUIRE_OK(openModel(dataFile("gguf/qwen3_5"))).config;
    nets.normEpsilon = 1e-5;
    CHECK_CONTAINS(lostInGguf(nets), "1e-6");
    nets.normEpsilon = 1e-6;
    nets.linearAttention.kernel = 1;
    CHECK_CONTAINS(lostInGguf(nets), "more than one token");
    ModelConfig gptOss = REQUIRE_OK(openModel(dataFile("gguf/gpt_oss"))).config;
    CHECK_EQ(lostInGguf(gptOss), "");
    gptOss.rope.truncate = false;
    CHECK_EQ(lostInGguf(gptOss), "");
    gptOss.mixture.limit = 5;
    CHECK_CONTAINS(lostInGguf(gptOss), "limit of 7");
    ModelConfig shares = REQUIRE_OK(openModel(dataFile("gguf/qwen3_moe"))).config;
    shares.mixture.weightsSumToOne = false;
    CHECK_CONTAINS(lostInGguf(shares), "sum to one");
    ModelConfig model = REQUIRE_OK(openModel(dataFile("families/olmo3"))).config;
    model.tiedEmbeddings = true;
    CHECK_CONTAINS(lostInGguf(model), "output head of their own");
    model.tiedEmbeddings = false;
    model.rope.kind = RopeKind::Llama3;
    CHECK_CONTAINS(lostInGguf(model), "llama3");
}

/// llama.cpp's olmoe.cpp: the norm of the keys is as wide as the model.
HILO_TEST(anOlmoeWithFewerKeyHeadsIsNoModelOfLlamaCpp)
{
    ExportSubject subject{REQUIRE_OK(openModel(dataFile("families/olmoe"))).config, {}};
    subject.map.layers.resize(static_cast<std::size_t>(subject.model.layers));
    for (auto& layer : subject.map.layers)
        layer["q_proj"] = {{2}, 1, 2, 0};
    const auto judged = [&](const char* format) { return findExportFormat(format)->judge(subject); };
    for (const bool isGguf : {false, true})
        for (const char* format : {"merged-gguf", "gguf-lora"}) {
            subject.modelIsGguf = isGguf;
            const Verdict verdict = judged(format);
            CHECK(verdict.fit == Fit::Impossible);
            CHECK_CONTAINS(verdict.reason, "OLMoE with fewer key heads than heads");
            CHECK_CONTAINS(verdict.reason, "Use peft or merged");
        }
    for (const char* format : {"peft", "merged"})
        CHECK(judged(format).fit != Fit::Impossible);
    subject.model = REQUIRE_OK(openModel(dataFile("gguf/olmoe"))).config;
    CHECK(judged("merged-gguf").fit == Fit::Exact && judged("gguf-lora").fit == Fit::Exact);
}

/// llama.cpp caps the logits of a gemma4 without the key at 30 (llama-hparams.h), and its converter writes none.
HILO_TEST(aGemma4WithoutACapSaysSo)
{
    ExportSubject subject{REQUIRE_OK(openModel(dataFile("families/gemma4-shared"))).config, {}};
    const TemporaryFolder out;
    const auto written = [&] {
        GgufWriter writer;
        addModelMetadata(writer, subject.model, "tiny");
        REQUIRE_OK(writer.write(out / "keys.gguf"));
        const GgufFile file = REQUIRE_OK(openGguf(out / "keys.gguf"));
        return REQUIRE_OK(file.number("gemma4.final_logit_softcapping"));
    };
    CHECK_EQ(written().value_or(-1), 0);
    subject.map.layers.resize(static_cast<std::size_t>(subject.model.layers));
    for (auto& layer : subject.map.layers)
        layer["q_proj"] = {{2}, 1, 2, 0};
    CHECK_CONTAINS(findExportFormat("gguf-lora")->judge(subject).reason, "caps them at 30");
    subject.model = REQUIRE_OK(openModel(dataFile("families/gemma4"))).config;
    CHECK_EQ(written().value_or(-1), 4);
    CHECK(findExportFormat("gguf-lora")->judge(subject).reason.find("30") == std::string::npos);
}
