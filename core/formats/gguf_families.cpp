// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_families.h"

#include <algorithm>

// Sources: llama.cpp's conversion/*.py (names, permutations, keys), src/models/*.cpp (defaults).
namespace hilo {
namespace {

constexpr const char* layerNormEpsilon = "attention.layer_norm_epsilon";

GgufFamily ggufFamily(const char* architecture, Family family, const char* modelType)
{
    GgufFamily one;
    one.architecture = architecture;
    one.family = family;
    one.modelType = modelType;
    return one;
}

GgufFamily interleavedFamily(const char* architecture, Family family, const char* modelType)
{
    GgufFamily one = ggufFamily(architecture, family, modelType);
    one.interleavesHalves = true;
    return one;
}

GgufFamily slidingFamily(const char* architecture, Family family, const char* modelType, std::int64_t period)
{
    GgufFamily one = ggufFamily(architecture, family, modelType);
    one.windows = period > 0 ? GgufWindows::Period : GgufWindows::Every;
    one.period = period;
    return one;
}

GgufFamily layerNormFamily(const char* architecture, Family family, const char* modelType)
{
    GgufFamily one = ggufFamily(architecture, family, modelType);
    one.epsilonKey = layerNormEpsilon;
    return one;
}

GgufFamily markedFamily(GgufFamily one, const char* key)
{
    one.markedBy = key;
    return one;
}

std::vector<GgufFamily> gemmaFamilies()
{
    GgufFamily gemma2 = slidingFamily("gemma2", Family::Gemma2, "gemma2", 2);
    gemma2.layersOf27B = 46;
    GgufFamily gemma3 = slidingFamily("gemma3", Family::Gemma3, "gemma3_text", 6);
    gemma3.layersOf27B = 62;
    GgufFamily gemma4 = slidingFamily("gemma4", Family::Gemma4, "gemma4_text", 6);
    gemma4.logitCapWithoutKey = 30; // llama.cpp: f_final_logit_softcapping of src/llama-hparams.h
    return {ggufFamily("gemma", Family::Gemma, "gemma"), gemma2, gemma3, gemma4};
}

/// Granite's dense hybrids are told by the key that their converter adds.
std::vector<GgufFamily> graniteFamilies()
{
    return {markedFamily(interleavedFamily("granite", Family::GraniteHybrid, "granitemoehybrid"),
                         "expert_shared_feed_forward_length"),
            interleavedFamily("granite", Family::Granite, "granite")};
}

GgufFamily mixtureFamily(GgufFamily one, bool weightsSumToOne)
{
    one.isMixture = true;
    one.weightsSumToOne = weightsSumToOne;
    return one;
}

/// One that every token passes is told by its width: read as granitemoehybrid, which computes the same.
std::vector<GgufFamily> mixtureFamilies()
{
    constexpr const char* shared = "expert_shared_feed_forward_length";
    GgufFamily gptOss = slidingFamily("gpt-oss", Family::GptOss, "gpt_oss", 2);
    gptOss.mlpNorm = "post_attention_norm";
    const auto granite = [](Family family, const char* type) {
        return mixtureFamily(interleavedFamily("granitemoe", family, type), true);
    };
    return {mixtureFamily(ggufFamily("qwen2moe", Family::Qwen2Moe, "qwen2_moe"), false),
            mixtureFamily(ggufFamily("qwen3moe", Family::Qwen3Moe, "qwen3_moe"), true),
            mixtureFamily(ggufFamily("olmoe", Family::Olmoe, "olmoe"), false),
            markedFamily(granite(Family::GraniteHybrid, "granitemoehybrid"), shared),
            granite(Family::GraniteMoe, "granitemoe"),
            granite(Family::GraniteMoeShared, "granitemoeshared"),
            mixtureFamily(gptOss, true)};
}

std::vector<GgufFamily> mistral3Families()
{
    return {
        markedFamily(interleavedFamily("mistral3", Family::Ministral3, "ministral3"), "attention.temperature_scale"),
        interleavedFamily("mistral3", Family::Mistral, "mistral")};
}

std::vector<GgufFamily> allGgufFamilies()
{
    std::vector<GgufFamily> all = {
        markedFamily(mixtureFamily(interleavedFamily("llama", Family::Mixtral, "mixtral"), true), "expert_count"),
        interleavedFamily("llama", Family::Llama, "llama"), ggufFamily("qwen2", Family::Qwen2, "qwen2"),
        ggufFamily("qwen3", Family::Qwen3, "qwen3")};
    const auto add = [&all](const std::vector<GgufFamily>& more) { all.insert(all.end(), more.begin(), more.end()); };
    add(gemmaFamilies());
    GgufFamily exaone4 = slidingFamily("exaone4", Family::Exaone4, "exaone4", 4);
    exaone4.windowsOnlyWithLayers = 64;
    GgufFamily cohere2 = slidingFamily("cohere2", Family::Cohere2, "cohere2", 4);
    cohere2.epsilonKey = layerNormEpsilon;
    GgufFamily seedOss = ggufFamily("seed_oss", Family::SeedOss, "seed_oss");
    seedOss.mlpNorm = "post_attention_norm";
    GgufFamily qwen35 = ggufFamily("qwen35", Family::Qwen35, "qwen3_5_text");
    qwen35.mlpNorm = "post_attention_norm";
    qwen35.guessesAhead = true;
    add({qwen35, layerNormFamily("gpt2", Family::Gpt2, "gpt2"), layerNormFamily("phi2", Family::Phi, "phi"),
         slidingFamily("phi3", Family::Phi3, "phi3", 0), interleavedFamily("smollm3", Family::SmolLm3, "smollm3"),
         markedFamily(slidingFamily("olmo2", Family::Olmo3, "olmo3", 4), "attention.sliding_window"),
         ggufFamily("olmo2", Family::Olmo2, "olmo2")});
    add(graniteFamilies());
    add({ggufFamily("glm4", Family::Glm4, "glm4")});
    add(mistral3Families());
    add({exaone4, cohere2, seedOss, ggufFamily("ernie4_5", Family::Ernie45, "ernie4_5"),
         ggufFamily("hunyuan-dense", Family::HunYuan, "hunyuan_v1_dense"),
         interleavedFamily("arcee", Family::Arcee, "arcee"), ggufFamily("apertus", Family::Apertus, "apertus"),
         layerNormFamily("starcoder2", Family::Starcoder2, "starcoder2"),
         layerNormFamily("stablelm", Family::StableLm, "stablelm"),
         layerNormFamily("gptneox", Family::GptNeox, "gpt_neox"),
         layerNormFamily("nemotron", Family::Nemotron, "nemotron")});
    add(mixtureFamilies());
    return all;
}

/// Whether the key is there and asks for something.
bool isMarked(const GgufMetadata& file, const GgufFamily& family)
{
    if (!family.markedBy)
        return true;
    const auto value = file.number(std::string(family.architecture) + "." + family.markedBy);
    // A value that is no number is refused where it is read.
    return !value || value->value_or(0) != 0;
}

} // namespace

const std::vector<GgufFamily>& ggufFamilies()
{
    static const std::vector<GgufFamily> table = allGgufFamilies();
    return table;
}

std::string knownGgufArchitectures()
{
    std::vector<std::string> names;
    for (const GgufFamily& one : ggufFamilies())
        if (std::find(names.begin(), names.end(), one.architecture) == names.end())
            names.emplace_back(one.architecture);
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

const GgufFamily* findGgufFamily(const GgufMetadata& file, const std::string& architecture)
{
    for (const GgufFamily& one : ggufFamilies())
        if (architecture == one.architecture && isMarked(file, one))
            return &one;
    return nullptr;
}

const GgufFamily* ggufFamilyOf(const ModelConfig& model)
{
    // Mistral's text models are written as llama, those around which its vision models are built as mistral3.
    const bool plainMistral = model.family == Family::Mistral && !model.insideWrapper;
    const Family family = plainMistral ? Family::Llama : model.family;
    for (const GgufFamily& one : ggufFamilies())
        if (one.family == family && one.isMixture == model.mixture.isMixture())
            return &one;
    return nullptr;
}

} // namespace hilo
