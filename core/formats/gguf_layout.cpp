// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_layout.h"

#include "formats/gguf_families.h"
#include "formats/layer_modules.h"
#include "formats/mixture_layout.h"
#include "formats/tensor_layout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace hilo {
namespace {

constexpr auto stemsOfModules = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"self_attn.q_proj", "attn_q"},
    {"self_attn.k_proj", "attn_k"},
    {"self_attn.v_proj", "attn_v"},
    {"self_attn.o_proj", "attn_output"},
    {"self_attn.qkv_proj", "attn_qkv"},
    {"self_attn.dense", "attn_output"},
    {"attn.c_attn", "attn_qkv"},
    {"attn.c_proj", "attn_output"},
    {"attention.query_key_value", "attn_qkv"},
    {"attention.dense", "attn_output"},
    {"mlp.gate_proj", "ffn_gate"},
    {"mlp.up_proj", "ffn_up"},
    {"mlp.gate_up_proj", "ffn_up"},
    {"mlp.down_proj", "ffn_down"},
    {"mlp.c_fc", "ffn_up"},
    {"mlp.c_proj", "ffn_down"},
    {"mlp.fc1", "ffn_up"},
    {"mlp.fc2", "ffn_down"},
    {"mlp.dense_h_to_4h", "ffn_up"},
    {"mlp.dense_4h_to_h", "ffn_down"},
    {"shared_mlp.output_linear", "ffn_down"},
    {"mlp.shared_expert.gate_proj", "ffn_gate"},
    {"mlp.shared_expert.up_proj", "ffn_up"},
    {"mlp.shared_expert.down_proj", "ffn_down"},
});

std::string_view stemOfModule(std::string_view path)
{
    for (const auto& [name, stem] : stemsOfModules)
        if (name == path)
            return stem;
    return {};
}

void addNorm(std::vector<GgufPlace>& places, std::string stem, const std::string& path)
{
    if (path.empty())
        return;
    GgufPlace place{std::move(stem), path};
    place.isNorm = true;
    places.push_back(std::move(place));
}

GgufOrder orderOfModule(const ModelConfig& config, const GgufFamily& family, const ModuleShape& module)
{
    if (config.transposedWeights)
        return GgufOrder::Transposed;
    if (config.fusedQueryKeyValue == FusedQueryKeyValue::Heads && module.inputGroup == 0)
        return GgufOrder::PartsOfHeads;
    const bool rotated = module.name == "q_proj" || module.name == "k_proj";
    return family.interleavesHalves && rotated ? GgufOrder::InterleavedHalves : GgufOrder::Same;
}

void addRouter(std::vector<GgufPlace>& places, const ModelConfig& config, std::int64_t layer)
{
    const MixtureNames names = mixtureNames(config, layer);
    const std::size_t front = layerPrefix(config, layer).size();
    constexpr std::size_t ending = std::string_view(".weight").size();
    for (const auto& [stem, name] :
         {std::pair{"ffn_gate_inp", &names.router}, {"ffn_gate_inp_shexp", &names.sharedGate}})
        if (!name->empty()) {
            GgufPlace place{stem, name->substr(front, name->size() - front - ending)};
            place.isRouter = true;
            places.push_back(std::move(place));
        }
}

} // namespace

std::vector<GgufPlace> ggufModelPlaces(const ModelConfig& config)
{
    const TensorLayout names = tensorLayout(config);
    std::vector<GgufPlace> places = {{"token_embd", names.embedding}};
    if (!names.positions.empty())
        places.push_back({"position_embd", names.positions});
    addNorm(places, "output_norm", names.finalNorm);
    places.push_back({"output", names.head});
    return places;
}

std::vector<GgufPlace> ggufLayerPlaces(const ModelConfig& config, std::int64_t layer)
{
    const GgufFamily* family = ggufFamilyOf(config);
    if (!family)
        return {};
    const TensorLayout names = tensorLayout(config);
    std::vector<GgufPlace> places;
    addNorm(places, "attn_norm", names.inputNorm);
    for (const ModuleShape& module : layerModules(config, layer)) {
        // Beside experts the MLP of modules is the one that every token passes.
        const std::string ending = config.mixture.hasShared(layer) && module.inputGroup > 1 ? "_shexp" : "";
        if (module.path == "shared_mlp.input_linear") {
            places.push_back({"ffn_gate" + ending, module.path, GgufOrder::Same, false, 0, 2});
            places.push_back({"ffn_up" + ending, module.path, GgufOrder::Same, false, 1, 2});
        } else {
            places.push_back(
                {std::string(stemOfModule(module.path)) + ending, module.path, orderOfModule(config, *family, module)});
        }
    }
    addRouter(places, config, layer);
    addNorm(places, "attn_q_norm", names.queryNorm);
    addNorm(places, "attn_k_norm", names.keyNorm);
    addNorm(places, "post_attention_norm", names.postAttentionNorm);
    addNorm(places, family->mlpNorm, names.preMlpNorm);
    addNorm(places, "post_ffw_norm", names.postMlpNorm);
    if (!names.sinks.empty()) {
        GgufPlace sinks{"attn_sinks", names.sinks};
        sinks.isBare = true;
        places.push_back(std::move(sinks));
    }
    return places;
}

std::optional<GgufName> findGgufName(const std::string& ggufName, const ModelConfig& config)
{
    const std::size_t dot = ggufName.rfind('.');
    const std::string kind = dot == std::string::npos ? "" : ggufName.substr(dot);
    if (kind != ".weight" && kind != ".bias")
        return std::nullopt;
    std::string stem = ggufName.substr(0, dot);
    std::string prefix;
    std::vector<GgufPlace> places;
    if (stem.starts_with("blk.")) {
        std::int64_t layer = -1;
        const auto [end, code] = std::from_chars(stem.data() + 4, stem.data() + stem.size(), layer);
        const std::string start = "blk." + std::to_string(layer) + ".";
        // A number that is written otherwise ("03") would give two tensors one name.
        if (code != std::errc() || layer < 0 || !stem.starts_with(start))
            return std::nullopt;
        stem.erase(0, start.size());
        prefix = layerPrefix(config, layer);
        // Whoever asks tells by itself that the model has no such layer.
        places = ggufLayerPlaces(config, std::min(layer, config.layers - 1));
    } else {
        places = ggufModelPlaces(config);
    }
    for (GgufPlace& place : places)
        if (place.stem == stem) {
            if (place.isBare && kind == ".bias")
                return std::nullopt;
            std::string name = prefix + place.path + (place.isBare ? "" : kind);
            return GgufName{std::move(place), std::move(name), kind == ".bias"};
        }
    return std::nullopt;
}

std::int64_t rowOfStored(GgufOrder order, std::int64_t stored, const ModelConfig& config)
{
    const std::int64_t size = config.headDimension;
    if (order == GgufOrder::InterleavedHalves) {
        const std::int64_t within = stored % size;
        return stored - within + within % 2 * (size / 2) + within / 2;
    }
    if (order == GgufOrder::PartsOfHeads) {
        const std::int64_t ofAll = config.heads * size, part = stored / ofAll, within = stored % ofAll;
        return within / size * 3 * size + part * size + within % size;
    }
    return stored;
}

} // namespace hilo
