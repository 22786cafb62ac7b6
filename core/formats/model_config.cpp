// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/model_config.h"

#include "formats/config_keys.h"
#include "formats/family_reader.h"
#include "formats/tensor_layout.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::int64_t largestWidth = std::int64_t{1} << 22;

struct Wrapper
{
    const char* architecture;
    const char* text; ///< the text part's model_type where it says none
    bool ties;        ///< whether its class ties head and embedding where it says nothing, whatever the text part says
};

/// Models of images and text whose text part is one of the families.
constexpr Wrapper textWrappers[] = {{"gemma3", "gemma3_text", true},
                                    {"mistral3", "mistral", true},
                                    {"gemma4", "gemma4_text", true},
                                    {"gemma4_unified", "gemma4_unified_text", true},
                                    {"qwen3_5", "qwen3_5_text", false}};

bool hasTextPart(const Json& document)
{
    return document.is_object() && document.contains("text_config") && document["text_config"].is_object();
}

const Wrapper* wrapperNamed(const std::string& architecture)
{
    for (const Wrapper& wrapper : textWrappers)
        if (architecture == wrapper.architecture)
            return &wrapper;
    return nullptr;
}

const Wrapper* wrapperOf(const Json& document)
{
    if (!hasTextPart(document) || !document.contains("model_type") || !document["model_type"].is_string())
        return nullptr;
    return wrapperNamed(document["model_type"].get<std::string>());
}

Error unknownArchitecture(const JsonObject& config, const std::string& architecture)
{
    const Json* text = config.has("text_config") ? &config.json()["text_config"] : nullptr;
    const std::string inner = text && text->is_object() ? text->value("model_type", "") : std::string();
    if (const Wrapper* wrapper = wrapperNamed(architecture))
        return config.errorAt("text_config",
                              "Is missing or no object; a \"" + architecture +
                                  "\" model of images and text has its text model's sizes there.",
                              "If these are the sizes of the text model alone, its model_type is \"" +
                                  std::string(wrapper->text) + "\".");
    if (findFamily(inner))
        return config.errorAt("model_type",
                              "The model is a \"" + architecture + "\" around a " + inner +
                                  " model; only models of text alone are opened.",
                              "Save its language model on its own, with its text_config as config.json.");
    return config.errorAt("model_type", "The architecture \"" + architecture + "\" is not known.",
                          "Known are " + knownFamilies() + ".");
}

Status checkSizes(const JsonObject& config, const FamilyEntry& family, const ModelConfig& model)
{
    if (model.heads % model.keyValueHeads != 0)
        return failure(
            config.errorAt("num_key_value_heads", std::to_string(model.heads) + " heads cannot be shared evenly by " +
                                                      std::to_string(model.keyValueHeads) + " key/value heads."));
    // Where a part of each head is rotated, that part alone has to be even.
    const bool wholeHeads = !model.learnedPositions && model.rope.dimension == 0;
    if (model.headDimension < 1 || (wholeHeads && model.headDimension % 2 != 0))
        return failure(config.errorAt("head_dim", "An even head dimension was expected, not " +
                                                      std::to_string(model.headDimension) + "."));
    // Keeps every count of parameters inside 64 bits.
    if (model.heads * model.widestHead() > largestWidth)
        return failure(config.errorAt("head_dim", std::to_string(model.heads) + " heads of " +
                                                      std::to_string(model.widestHead()) + " are too wide."));
    if (!family.readsHeadDimension && model.hidden % model.heads != 0)
        return failure(config.errorAt("num_attention_heads", "hidden_size must be a multiple of it."));
    if (model.learnedPositions && model.hidden % model.heads != 0)
        return failure(config.errorAt("n_head", "n_embd must be a multiple of n_head."));
    return {};
}

} // namespace

bool ModelConfig::sharesKeysAndValues(std::int64_t layer) const
{
    return std::any_of(layerSizes.begin(), layerSizes.end(),
                       [layer](const LayerSizes& sizes) { return sizes.keyValueLayer == layer; });
}

std::int64_t ModelConfig::widestHead() const
{
    std::int64_t widest = headDimension;
    for (const LayerSizes& sizes : layerSizes)
        widest = std::max(widest, sizes.headDimension);
    return widest;
}

Json textConfig(const Json& document)
{
    const Wrapper* wrapper = wrapperOf(document);
    if (!wrapper)
        return document;
    Json text = document["text_config"];
    const auto lacks = [&text](const char* key) { return !text.contains(key) || text[key].is_null(); };
    if (lacks("model_type"))
        text["model_type"] = wrapper->text;
    // The wrapper's class ties, and its tokens are the ones that generation ends with.
    const bool saysTies = document.contains("tie_word_embeddings") && !document["tie_word_embeddings"].is_null();
    text["tie_word_embeddings"] = saysTies ? document["tie_word_embeddings"] : Json(wrapper->ties);
    for (const char* key : {"bos_token_id", "eos_token_id", "dtype", "torch_dtype", "quantization_config"})
        if (lacks(key) && document.contains(key))
            text[key] = document[key];
    return text;
}

Result<ModelConfig> parseModelConfig(const Json& whole, const std::string& file)
{
    const Json document = textConfig(whole);
    const bool wrapped = wrapperOf(whole) != nullptr;
    HILO_TRY(const JsonObject config, JsonObject::of(document, file, wrapped ? "text_config" : ""));
    HILO_TRY(const std::string architecture, config.text("model_type"));
    const FamilyEntry* family = findFamily(architecture);
    if (!family)
        return failure(unknownArchitecture(config, architecture));
    HILO_CHECK(refuseForeignKeys(config, *family));
    HILO_TRY(ModelConfig model, readFamily(config, *family));
    model.insideWrapper = wrapped;
    if (wrapped && model.family == Family::Gemma3)
        model.logitSoftcap = 0; // the class around images does not cap; see config_keys.h
    HILO_CHECK(checkSizes(config, *family, model));
    return model;
}

} // namespace hilo
