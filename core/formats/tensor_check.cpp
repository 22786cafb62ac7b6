// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/tensor_check.h"

#include "base/counted.h"
#include "base/mapped_file.h"
#include "formats/tensor_layout.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

namespace hilo {
namespace {

std::string outputHeadOf(const ModelConfig& config)
{
    return tensorLayout(config).head + ".weight";
}

std::string placeOfTensor(const std::string& name)
{
    return "tensor \"" + name + "\"";
}

/// A model saved without its head answers at random; transformers makes a new one and says so.
Error headMissing(const std::string& head, const std::string& file, const std::string& source)
{
    return badInput(file, placeOfTensor(head),
                    "The output head is missing, and " + source + " does not tie it to the embedding.",
                    "The model was saved without it, as its base model alone: save the whole one "
                    "(AutoModelForCausalLM). If it does use its embedding, set tie_word_embeddings to true.");
}

Status checkTensor(const TensorInfo& expected, const std::optional<TensorInfo>& found, const ModelConfig& config,
                   const std::string& file, const std::string& source)
{
    const std::string hint = "Check that " + source + " belongs to these weights.";
    if (!found)
        return failure(badInput(file, placeOfTensor(expected.name),
                                "The tensor is missing; a " + config.architecture + " model with " +
                                    counted(config.layers, "layer") + " needs it with shape " +
                                    shapeText(expected.shape) + ".",
                                hint));
    if (elementsOf(*found) == 0)
        return failure(
            badInput(found->file, placeOfTensor(expected.name),
                     "The tensor has no elements (shape " + shapeText(found->shape) + "); its values were not saved.",
                     "DeepSpeed ZeRO-3 leaves such tensors where it keeps the weights in parts: gather them "
                     "(stage3_gather_16bit_weights_on_model_save, or zero_to_fp32.py) and save again."));
    if (found->shape != expected.shape)
        return failure(badInput(found->file, placeOfTensor(expected.name),
                                "The shape is " + shapeText(found->shape) + "; " + source + " asks for " +
                                    shapeText(expected.shape) + ".",
                                hint));
    return {};
}

Result<bool> isZero(const WeightSource& weights, const TensorInfo& tensor)
{
    std::vector<float> values(static_cast<std::size_t>(elementsOf(tensor)));
    HILO_CHECK(weights.readFloat32(tensor.name, values));
    return std::all_of(values.begin(), values.end(), [](float value) { return value == 0; });
}

/// A bias that config.json does not know of would be left out of every sum.
Status checkBiases(const std::vector<TensorInfo>& expected, const WeightSource& weights, const std::string& source)
{
    constexpr std::string_view weightEnding = ".weight";
    std::unordered_map<std::string, bool> biases;
    for (const TensorInfo& tensor : expected) {
        if (!tensor.name.ends_with(weightEnding))
            continue;
        biases.try_emplace(tensor.name.substr(0, tensor.name.size() - weightEnding.size()) + ".bias", false);
    }
    for (const TensorInfo& tensor : expected)
        if (const auto found = biases.find(tensor.name); found != biases.end())
            found->second = true;
    for (const TensorInfo& tensor : weights.tensors()) {
        const auto found = biases.find(tensor.name);
        if (found == biases.end() || found->second)
            continue;
        HILO_TRY(const bool zero, isZero(weights, tensor));
        if (!zero)
            return failure(badInput(tensor.file, placeOfTensor(tensor.name),
                                    "The weights have a bias here that " + source + " says nothing of.",
                                    "Check attention_bias and mlp_bias in config.json, and its model_type."));
    }
    return {};
}

/// Both are read to the end only where they are equal.
Result<bool> sameValues(const WeightSource& weights, const std::string& one, const std::string& other)
{
    const auto first = weights.view(one);
    const auto second = weights.view(other);
    if (!first || !second || first->info.type != second->info.type)
        return false;
    const bool same =
        first->bytes.size() == second->bytes.size() &&
        (first->bytes.empty() || std::memcmp(first->bytes.data(), second->bytes.data(), first->bytes.size()) == 0);
    releaseMapped(first->bytes);
    releaseMapped(second->bytes);
    return same;
}

/// In transformers 5 a head that differs from the embedding is not tied to it, whatever config.json says.
Status useOwnHead(ModelConfig& config, const WeightSource& weights, std::vector<std::string>& notes)
{
    const std::string headName = outputHeadOf(config);
    const auto head = weights.find(headName);
    if (!config.tiedEmbeddings || !head)
        return {};
    const std::string embedding = expectedTensors(config).front().name;
    HILO_TRY(const bool same, sameValues(weights, headName, embedding));
    if (same)
        return {};
    config.tiedEmbeddings = false;
    notes.push_back("config.json ties the output head to the embedding (tie_word_embeddings), but the weights have a "
                    "head of their own (" +
                    headName + ") with other values; it is used.");
    return {};
}

/// Buffers that older versions of transformers saved, and GGUF's RoPE factors, which are part of the config.
bool isKnownRest(const std::string& name)
{
    constexpr std::array<std::string_view, 8> endings = {
        "rotary_emb.inv_freq",    ".attn.bias",        ".attn.masked_bias", ".attention.bias",
        ".attention.masked_bias", "rope_freqs.weight", "lm_head.weight",    "embed_out.weight"};
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view end) { return name.ends_with(end); });
}

/// Google's files hold keys and values also of the layers that attend to another one's; nothing reads them.
std::vector<std::string> unreadOfSharedLayers(const ModelConfig& config)
{
    std::vector<std::string> names;
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        for (const char* module : {"k_proj", "v_proj", "k_norm", "v_norm"})
            if (config.keyValueLayerOf(layer) != layer)
                names.push_back(layerPrefix(config, layer) + "self_attn." + module + ".weight");
    return names;
}

void noteUnusedTensors(const std::vector<TensorInfo>& expected, const WeightSource& weights, const ModelConfig& config,
                       std::vector<std::string>& notes)
{
    const std::vector<std::string> unread = unreadOfSharedLayers(config);
    std::unordered_map<std::string_view, bool> names;
    for (const TensorInfo& tensor : expected)
        names[tensor.name] = true;
    for (const std::string& name : unread)
        names[name] = true;
    constexpr std::int64_t named = 3;
    std::int64_t unused = 0;
    std::string list;
    for (const TensorInfo& tensor : weights.tensors()) {
        if (names.contains(tensor.name) || isKnownRest(tensor.name) || elementsOf(tensor) == 0)
            continue;
        if (unused++ < named)
            list += (unused > 1 ? ", " : "") + tensor.name;
    }
    const std::string what = config.insideWrapper ? "Only the text model is used, not its towers for images or sound: "
                                                  : "Tensors that the architecture has no place for are not used: ";
    if (unused > 0)
        notes.push_back(what + list + (unused > named ? " and " + std::to_string(unused - named) + " more." : "."));
}

} // namespace

Status checkTensors(ModelConfig& config, const WeightSource& weights, const std::string& file,
                    const std::string& source, std::vector<std::string>& notes)
{
    HILO_CHECK(useOwnHead(config, weights, notes));
    const std::string head = outputHeadOf(config);
    const std::vector<TensorInfo> expected = expectedTensors(config);
    for (const TensorInfo& tensor : expected) {
        const auto found = weights.find(tensor.name);
        if (!found && tensor.name == head)
            return failure(headMissing(head, file, source));
        HILO_CHECK(checkTensor(tensor, found, config, file, source));
    }
    HILO_CHECK(checkBiases(expected, weights, source));
    noteUnusedTensors(expected, weights, config, notes);
    return {};
}

} // namespace hilo
