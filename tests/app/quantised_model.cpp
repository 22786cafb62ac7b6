// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantised_model.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "engine/base/tensor_file.h"
#include "formats/half.h"
#include "gguf_builder.h"
#include "support/testing.h"

#include <algorithm>
#include <limits>
#include <random>

namespace hilo::testing {
namespace {

namespace fs = std::filesystem;
using torch::Tensor;

constexpr std::int64_t groupSize = 128;

/// A weight [out, in] as packed words of eight codes, a zero point and a scale for each group of inputs.
void addPacked(std::vector<NamedTensor>& tensors, const std::string& module, std::int64_t out, std::int64_t in,
               bool isAwq)
{
    const auto words = [](std::int64_t rows, std::int64_t columns) {
        return torch::randint(std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max(),
                              {rows, columns}, torch::kInt64)
            .to(torch::kInt32);
    };
    tensors.push_back({module + ".qweight", isAwq ? words(in, out / 8) : words(in / 8, out)});
    tensors.push_back(
        {module + ".qzeros", torch::full({in / groupSize, out / 8}, isAwq ? -0x77777778 : 0x77777777, torch::kInt32)});
    tensors.push_back({module + ".scales", torch::full({in / groupSize, out}, 0.003).to(torch::kFloat16)});
    if (!isAwq)
        tensors.push_back({module + ".g_idx", torch::arange(in, torch::kInt32).floor_divide(groupSize)});
}

/// As bitsandbytes stores it: codes, coded scales of 64 values, scales of 256 of those.
void addNormalFloat(std::vector<NamedTensor>& tensors, const std::string& name, std::int64_t out, std::int64_t in)
{
    const std::int64_t blocks = out * in / 64;
    const Json state = {{"quant_type", "nf4"},  {"blocksize", 64},         {"dtype", "float32"},
                        {"shape", {out, in}},   {"nested_blocksize", 256}, {"nested_dtype", "float32"},
                        {"nested_offset", 0.03}};
    const std::string text = state.dump();
    Tensor bytes = torch::empty({static_cast<std::int64_t>(text.size())}, torch::kUInt8);
    std::copy(text.begin(), text.end(), bytes.data_ptr<std::uint8_t>());
    // The quantiles of the normal distribution that the codes stand for (2305.14314).
    const std::vector<float> table{-1.0f,       -0.6961928f, -0.5250731f, -0.3949175f, -0.2844414f, -0.1847734f,
                                   -0.0910500f, 0.0f,        0.0795803f,  0.1609302f,  0.2461123f,  0.3379152f,
                                   0.4407098f,  0.5626170f,  0.7229568f,  1.0f};
    tensors.push_back({name, torch::randint(256, {out * in / 2, 1}, torch::kUInt8)});
    tensors.push_back({name + ".absmax", torch::randint(256, {blocks}, torch::kUInt8)});
    tensors.push_back({name + ".nested_absmax", torch::full({(blocks + 255) / 256}, 0.02f)});
    tensors.push_back({name + ".nested_quant_map", torch::linspace(-1, 1, 256)});
    tensors.push_back({name + ".quant_map", torch::tensor(table)});
    tensors.push_back({name + ".quant_state.bitsandbytes__nf4", bytes});
}

Json settingsOf(const std::string& kind)
{
    if (kind == "nf4")
        return {{"quant_method", "bitsandbytes"},
                {"load_in_4bit", true},
                {"bnb_4bit_quant_type", "nf4"},
                {"bnb_4bit_use_double_quant", true}};
    Json settings = {{"quant_method", kind}, {"bits", 4}, {"group_size", groupSize}};
    if (kind == "awq")
        settings.update({{"zero_point", true}, {"version", "gemm"}});
    else
        settings.update({{"desc_act", false}, {"sym", true}, {"checkpoint_format", "gptq"}});
    return settings;
}

void addVocabulary(GgufBuilder& builder, const fs::path& folder)
{
    const Json model = REQUIRE_OK(readJsonFile(folder / "tokenizer.json"))["model"];
    std::vector<std::string> tokens(model["vocab"].size());
    for (const auto& [token, id] : model["vocab"].items())
        tokens[id.get<std::size_t>()] = token;
    std::vector<float> scores;
    std::vector<std::int32_t> types;
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        scores.push_back(-static_cast<float>(id));
        types.push_back(id == 0 ? 2 : id < 3 ? 3 : tokens[id].starts_with("<0x") ? 6 : 1);
    }
    builder.words("tokenizer.ggml.model", "llama").texts("tokenizer.ggml.tokens", tokens);
    builder.numbers("tokenizer.ggml.scores", 6, scores).numbers("tokenizer.ggml.token_type", 5, types);
    builder.number("tokenizer.ggml.unknown_token_id", 0);
    builder.number("tokenizer.ggml.bos_token_id", 1).number("tokenizer.ggml.eos_token_id", 2);
}

/// Blocks of 256 values in 144 bytes: a scale and a minimum in float16, twelve bytes of their parts, the codes.
std::string superBlocks(std::int64_t values, std::mt19937& random)
{
    std::string bytes(static_cast<std::size_t>(values / 256 * 144), '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random());
    for (std::size_t block = 0; block < bytes.size(); block += 144) {
        bytes.replace(block, 2, GgufBuilder::raw(floatToHalf(0.0001f)));
        bytes.replace(block + 2, 2, GgufBuilder::raw(floatToHalf(0.0008f)));
    }
    return bytes;
}

std::string ggufName(const std::string& name)
{
    static const std::vector<std::pair<std::string, std::string>> names = {
        {"model.embed_tokens", "token_embd"},
        {"lm_head", "output"},
        {"model.norm", "output_norm"},
        {"model.layers", "blk"},
        {"self_attn.q_proj", "attn_q"},
        {"self_attn.k_proj", "attn_k"},
        {"self_attn.v_proj", "attn_v"},
        {"self_attn.o_proj", "attn_output"},
        {"mlp.gate_proj", "ffn_gate"},
        {"mlp.up_proj", "ffn_up"},
        {"mlp.down_proj", "ffn_down"},
        {"input_layernorm", "attn_norm"},
        {"post_attention_layernorm", "ffn_norm"},
    };
    std::string changed = name;
    for (const auto& [ours, theirs] : names)
        if (const auto at = changed.find(ours + "."); at != std::string::npos)
            changed.replace(at, ours.size(), theirs);
    return changed;
}

fs::path writeSuperBlocks(const fs::path& folder, const Json& config, const TensorFile& file)
{
    GgufBuilder builder;
    builder.words("general.architecture", "llama");
    for (const auto& [theirs, ours] :
         std::vector<std::pair<std::string, std::string>>{{"embedding_length", "hidden_size"},
                                                          {"block_count", "num_hidden_layers"},
                                                          {"feed_forward_length", "intermediate_size"},
                                                          {"attention.head_count", "num_attention_heads"},
                                                          {"attention.head_count_kv", "num_key_value_heads"},
                                                          {"attention.key_length", "head_dim"},
                                                          {"attention.value_length", "head_dim"},
                                                          {"rope.dimension_count", "head_dim"},
                                                          {"context_length", "max_position_embeddings"}})
        builder.number("llama." + theirs, config[ours].get<std::uint32_t>());
    builder.real("llama.attention.layer_norm_rms_epsilon", 1e-5f).real("llama.rope.freq_base", 10000.0f);
    addVocabulary(builder, folder);
    std::mt19937 random(1);
    for (const auto& [name, value] : file.tensors) {
        if (value.dim() == 1) {
            const Tensor wide = value.to(torch::kFloat32).contiguous();
            builder.floats(ggufName(name), {value.size(0)},
                           {wide.data_ptr<float>(), wide.data_ptr<float>() + wide.numel()});
        } else {
            builder.tensor(ggufName(name), {value.size(1), value.size(0)}, 12, superBlocks(value.numel(), random));
        }
    }
    writeText(folder / "model.gguf", builder.bytes());
    for (const char* name : {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"})
        fs::remove(folder / name);
    return folder / "model.gguf";
}

} // namespace

fs::path quantiseModel(const fs::path& folder, const std::string& kind)
{
    Json config = REQUIRE_OK(readJsonFile(folder / "config.json"));
    const TensorFile file = REQUIRE_OK(readTensorFile(folder / "model.safetensors"));
    if (kind == "k-quant")
        return writeSuperBlocks(folder, config, file);
    torch::manual_seed(1);
    std::vector<NamedTensor> tensors;
    for (const auto& [name, value] : file.tensors) {
        if (name.find("_proj") == std::string::npos) {
            tensors.push_back({name, value.to(torch::kFloat16)});
            continue;
        }
        if (kind == "nf4")
            addNormalFloat(tensors, name, value.size(0), value.size(1));
        else
            addPacked(tensors, name.substr(0, name.rfind('.')), value.size(0), value.size(1), kind == "awq");
    }
    REQUIRE_OK(writeTensorFile(folder / "model.safetensors", tensors));
    config["quantization_config"] = settingsOf(kind);
    REQUIRE_OK(writeJsonFile(folder / "config.json", config));
    return folder;
}

} // namespace hilo::testing
