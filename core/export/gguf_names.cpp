// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_names.h"

#include <array>
#include <utility>

namespace hilo {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 11> ggufStems{{
    {"q_proj", "attn_q"},
    {"k_proj", "attn_k"},
    {"v_proj", "attn_v"},
    {"o_proj", "attn_output"},
    {"gate_proj", "ffn_gate"},
    {"up_proj", "ffn_up"},
    {"down_proj", "ffn_down"},
    {"c_attn", "attn_qkv"},
    {"attn.c_proj", "attn_output"},
    {"c_fc", "ffn_up"},
    {"mlp.c_proj", "ffn_down"},
}};

} // namespace

bool ggufKnows(const ModelConfig& model)
{
    switch (model.family) {
    case Family::Llama:
    case Family::Mistral:
    case Family::Qwen2:
    case Family::Qwen3:
    case Family::Gemma:
    case Family::Gemma2:
    case Family::Gpt2:
        return true;
    default:
        return false;
    }
}

std::string ggufArchitecture(const ModelConfig& model)
{
    return model.family == Family::Mistral ? "llama" : model.architecture;
}

std::string ggufModuleName(const ModuleShape& module, std::int64_t layer)
{
    for (const auto& [name, gguf] : ggufStems)
        if (module.name == name)
            return "blk." + std::to_string(layer) + "." + gguf + ".weight";
    return {};
}

bool ggufInterleaves(const ModelConfig& model, const std::string& module)
{
    return ggufArchitecture(model) == "llama" && (module == "q_proj" || module == "k_proj");
}

std::int64_t ggufRow(std::int64_t row, std::int64_t headDimension)
{
    const std::int64_t within = row % headDimension, half = headDimension / 2;
    return row - within + within % half * 2 + within / half;
}

} // namespace hilo
