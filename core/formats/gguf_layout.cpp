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
    {"linear_attn.in_proj_qkv", "attn_qkv"},
    {"linear_attn.in_proj_z", "attn_gate"},
    {"linear_attn.in_proj_b", "ssm_beta"},
    {"linear_attn.in_proj_a", "ssm_alpha"},
    {"linear_attn.out_proj", "ssm_out"},
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

/// llama.cpp repeats key heads as a whole, where the model repeats each of them.
GgufOrder orderOfDeltaNet(const ModelConfig& config, GgufOrder order)
{
    return config.linearAttention.keyHeads == config.linearAttention.valueHeads ? GgufOrder::Same : order;
}

GgufOrder orderOfModule(const ModelConfig& config, const GgufFamily& family, const ModuleShape& module)
{
    constexpr auto ofDeltaNet = std::to_array<std::pair<std::string_view, GgufOrder>>({
        {"linear_attn.in_proj_qkv", GgufOrder::LastValueHeads},
        {"linear_attn.in_proj_z", GgufOrder::ValueHeads},
        {"linear_attn.in_proj_b", GgufOrder::ValueNumbers},
        {"linear_attn.in_proj_a", GgufOrder::ValueNumbers},
        {"linear_attn.out_proj", GgufOrder::ValueColumns},
    });
    for (const auto& [path, order] : ofDeltaNet)
        if (module.path == path)
            return orderOfDeltaNet(config, order);
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

void addBare(std::vector<GgufPlace>& places, std::string stem, const std::string& path, std::string ending = ".weight")
{
    if (path.empty())
        return;
    GgufPlace place{std::move(stem), path};
    place.isBare = true;
    place.bareEnding = std::move(ending);
    places.push_back(std::move(place));
}

/// What a gated delta net has beside its modules.
void addDeltaNet(std::vector<GgufPlace>& places, const ModelConfig& config, const std::string& path)
{
    GgufPlace kernel{"ssm_conv1d", path + ".conv1d", orderOfDeltaNet(config, GgufOrder::LastValueHeads)};
    kernel.isKernel = true;
    places.push_back(std::move(kernel));
    addBare(places, "ssm_a", path + ".A_log", "");
    places.back().isDecay = true;
    places.back().order = orderOfDeltaNet(config, GgufOrder::ValueNumbers);
    addBare(places, "ssm_dt", path + ".dt_bias", ".bias");
    places.back().order = orderOfDeltaNet(config, GgufOrder::ValueNumbers);
    // A norm that multiplies by its weight alone, in every family.
    places.push_back({"ssm_norm", path + ".norm"});
}

/// The norms of queries and keys, where the layer has them.
void addAttentionNorms(std::vector<GgufPlace>& places, const ModelConfig& config, std::int64_t layer,
                       const TensorLayout& names)
{
    if (config.linearAttention.at(layer)) {
        addDeltaNet(places, config, names.deltaNet);
        return;
    }
    addNorm(places, "attn_q_norm", names.queryNorm);
    if (config.keyValueLayerOf(layer) == layer)
        addNorm(places, "attn_k_norm", names.keyNorm);
}

/// Where the file's n-th row of value heads of size rows each stands in the model.
std::int64_t rowOfValueHead(std::int64_t stored, std::int64_t size, const LinearAttention& net)
{
    const std::int64_t each = net.valueHeads / net.keyHeads;
    const std::int64_t head = stored / size, turn = head / net.keyHeads, keyHead = head % net.keyHeads;
    return (keyHead * each + turn) * size + stored % size;
}

} // namespace

std::vector<GgufPlace> ggufModelPlaces(const ModelConfig& config)
{
    const TensorLayout names = tensorLayout(config);
    std::vector<GgufPlace> places = {{"token_embd", names.embedding}};
    if (!names.positions.empty())
        places.push_back({"position_embd", names.positions});
    if (config.perLayerWidth > 0) {
        places.push_back({"per_layer_token_embd", names.perLayerEmbedding});
        places.push_back({"per_layer_model_proj", names.perLayerProjection});
        addNorm(places, "per_layer_proj_norm", names.perLayerNorm);
    }
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
    addAttentionNorms(places, config, layer, names);
    addNorm(places, "post_attention_norm", names.postAttentionNorm);
    addNorm(places, family->mlpNorm, names.preMlpNorm);
    addNorm(places, "post_ffw_norm", names.postMlpNorm);
    addBare(places, "attn_sinks", names.sinks);
    if (config.perLayerWidth > 0) {
        places.push_back({"inp_gate", names.perLayerGate});
        places.push_back({"proj", names.perLayerOutput});
        addNorm(places, "post_norm", names.perLayerOutputNorm);
    }
    addBare(places, "layer_output_scale", names.scalar);
    return places;
}

std::optional<GgufName> findGgufName(const std::string& ggufName, const ModelConfig& config)
{
    std::string rest = ggufName;
    std::string prefix;
    std::vector<GgufPlace> places;
    if (rest.starts_with("blk.")) {
        std::int64_t layer = -1;
        const auto [end, code] = std::from_chars(rest.data() + 4, rest.data() + rest.size(), layer);
        const std::string start = "blk." + std::to_string(layer) + ".";
        // A number that is written otherwise ("03") would give two tensors one name.
        if (code != std::errc() || layer < 0 || !rest.starts_with(start))
            return std::nullopt;
        rest.erase(0, start.size());
        prefix = layerPrefix(config, layer);
        // Whoever asks tells by itself that the model has no such layer.
        places = ggufLayerPlaces(config, std::min(layer, config.layers - 1));
    } else {
        places = ggufModelPlaces(config);
    }
    for (GgufPlace& place : places) {
        if (place.isBare) {
            if (rest != place.stem + place.bareEnding)
                continue;
            std::string name = prefix + place.path;
            return GgufName{std::move(place), std::move(name), false};
        }
        for (const char* kind : {".weight", ".bias"})
            if (rest == place.stem + kind) {
                std::string name = prefix + place.path + kind;
                return GgufName{std::move(place), std::move(name), kind == std::string_view(".bias")};
            }
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
    const LinearAttention& net = config.linearAttention;
    if (order == GgufOrder::ValueHeads)
        return rowOfValueHead(stored, net.valueDimension, net);
    if (order == GgufOrder::ValueNumbers)
        return rowOfValueHead(stored, 1, net);
    const std::int64_t front = 2 * net.keyWidth();
    if (order == GgufOrder::LastValueHeads && stored >= front)
        return front + rowOfValueHead(stored - front, net.valueDimension, net);
    return stored;
}

std::int64_t columnOfStored(GgufOrder order, std::int64_t stored, const ModelConfig& config)
{
    const LinearAttention& net = config.linearAttention;
    return order == GgufOrder::ValueColumns ? rowOfValueHead(stored, net.valueDimension, net) : stored;
}

} // namespace hilo
