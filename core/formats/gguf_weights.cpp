// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_weights.h"

#include "formats/dequantise.h"
#include "formats/half.h"

#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>

namespace hilo {
namespace {

struct NamePair
{
    std::string_view gguf;
    std::string_view huggingFace;
};

constexpr std::array modelNames = {
    NamePair{"token_embd", "model.embed_tokens"},
    NamePair{"output_norm", "model.norm"},
    NamePair{"output", "lm_head"},
};

constexpr std::array layerNames = {
    NamePair{"attn_norm", "input_layernorm"},
    NamePair{"attn_q", "self_attn.q_proj"},
    NamePair{"attn_k", "self_attn.k_proj"},
    NamePair{"attn_v", "self_attn.v_proj"},
    NamePair{"attn_output", "self_attn.o_proj"},
    NamePair{"attn_q_norm", "self_attn.q_norm"},
    NamePair{"attn_k_norm", "self_attn.k_norm"},
    NamePair{"ffn_gate", "mlp.gate_proj"},
    NamePair{"ffn_up", "mlp.up_proj"},
    NamePair{"ffn_down", "mlp.down_proj"},
    NamePair{"ffn_norm", "post_attention_layernorm"},
};

/// Gemma 2 has two norms more, and its ffn_norm is the one before the MLP.
constexpr std::array postNormNames = {
    NamePair{"ffn_norm", "pre_feedforward_layernorm"},
    NamePair{"post_attention_norm", "post_attention_layernorm"},
    NamePair{"post_ffw_norm", "post_feedforward_layernorm"},
};

template <std::size_t N>
std::string_view lookUp(const std::array<NamePair, N>& names, std::string_view gguf)
{
    for (const NamePair& pair : names)
        if (pair.gguf == gguf)
            return pair.huggingFace;
    return {};
}

/// Where a stored row belongs when the converter has interleaved the halves of each head (llama architecture):
/// stored row 2j+t of a head is row t·(size/2)+j.
std::size_t unpermutedRow(std::size_t row, std::size_t headSize)
{
    const std::size_t within = row % headSize;
    return row - within + (within % 2) * (headSize / 2) + within / 2;
}

class GgufWeights : public WeightSource
{
  public:
    Status add(const GgufFile& file, const ModelConfig& config)
    {
        owner_ = file.owner;
        for (const GgufTensor& tensor : file.tensors) {
            const auto name = huggingFaceName(tensor.info.name, config);
            if (name && tensor.info.type == DataType::Unsupported)
                return failure(badInput(tensor.info.file, "tensor \"" + tensor.info.name + "\"",
                                        "The type " + tensor.info.typeName() + " is not supported.",
                                        "Supported are F32, F16, BF16, F64, " + blockTypeNames() +
                                            "; fetch or make the model in one of them."));
            Entry entry{tensor.info, tensor.bytes};
            entry.info.name = name.value_or(tensor.info.name);
            const bool rotated = tensor.info.name.find(".attn_q.") != std::string::npos ||
                                 tensor.info.name.find(".attn_k.") != std::string::npos;
            if (config.family == Family::Llama && name && rotated)
                entry.headSize = static_cast<std::size_t>(config.headDimension);
            entry.minusOne = config.normAddsOne && name && tensor.info.name.ends_with("norm.weight");
            index_.emplace(entry.info.name, entries_.size());
            infos_.push_back(entry.info);
            entries_.push_back(std::move(entry));
        }
        return {};
    }

    const std::vector<TensorInfo>& tensors() const override { return infos_; }

    std::optional<TensorInfo> find(const std::string& name) const override
    {
        const Entry* entry = entryOf(name);
        return entry ? std::optional(entry->info) : std::nullopt;
    }

    std::optional<TensorView> view(const std::string& name) const override
    {
        const Entry* entry = entryOf(name);
        if (!entry || entry->headSize != 0 || entry->minusOne || entry->isQuantised())
            return std::nullopt;
        return TensorView{entry->info, entry->bytes, owner_};
    }

    Status readFloat32(const std::string& name, std::span<float> destination) const override
    {
        const Entry* entry = entryOf(name);
        if (!entry)
            return failure(badInput({}, "tensor \"" + name + "\"", "The tensor is missing."));
        if (entry->headSize == 0) {
            HILO_CHECK(decode(*entry, entry->bytes, destination));
        } else {
            HILO_CHECK(readUnpermuted(*entry, destination));
        }
        if (entry->minusOne)
            for (float& value : destination)
                value -= 1;
        return {};
    }

  private:
    struct Entry
    {
        TensorInfo info;
        std::span<const std::byte> bytes;
        std::size_t headSize = 0; ///< not 0: rows of each head of this size are interleaved
        bool minusOne = false;

        bool isQuantised() const
        {
            return info.type != DataType::F32 && info.type != DataType::F16 && info.type != DataType::BF16;
        }
    };

    Status decode(const Entry& entry, std::span<const std::byte> bytes, std::span<float> destination) const
    {
        if (entry.isQuantised() && entry.info.type != DataType::F64)
            return dequantise(entry.info.type, bytes, destination);
        return decodeToFloat32({entry.info, bytes, owner_}, destination);
    }

    Status readUnpermuted(const Entry& entry, std::span<float> destination) const
    {
        const auto rows = entry.info.shape.empty() ? 0 : static_cast<std::size_t>(entry.info.shape[0]);
        if (rows == 0 || rows % entry.headSize != 0 || destination.size() % rows != 0 || entry.bytes.size() % rows != 0)
            return failure(badInput(entry.info.file, "tensor \"" + entry.info.name + "\"",
                                    "The rows are not whole heads of " + std::to_string(entry.headSize) + "."));
        const std::size_t width = destination.size() / rows;
        const std::size_t rowBytes = entry.bytes.size() / rows;
        for (std::size_t row = 0; row < rows; ++row)
            HILO_CHECK(decode(entry, entry.bytes.subspan(row * rowBytes, rowBytes),
                              destination.subspan(unpermutedRow(row, entry.headSize) * width, width)));
        return {};
    }

    const Entry* entryOf(const std::string& name) const
    {
        const auto found = index_.find(name);
        return found == index_.end() ? nullptr : &entries_[found->second];
    }

    std::shared_ptr<const void> owner_;
    std::vector<Entry> entries_;
    std::vector<TensorInfo> infos_;
    std::unordered_map<std::string, std::size_t> index_;
};

} // namespace

std::optional<std::string> huggingFaceName(const std::string& ggufName, const ModelConfig& config)
{
    const std::size_t dot = ggufName.rfind('.');
    const std::string_view stem = std::string_view(ggufName).substr(0, dot);
    const std::string_view kind = dot == std::string::npos ? "" : std::string_view(ggufName).substr(dot);
    if (kind != ".weight" && kind != ".bias")
        return std::nullopt;
    if (!stem.starts_with("blk.")) {
        const std::string_view name = lookUp(modelNames, stem);
        return name.empty() ? std::nullopt : std::optional(std::string(name) + std::string(kind));
    }
    const std::string_view rest = stem.substr(4);
    std::int64_t layer = -1;
    const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), layer);
    const std::string number = std::to_string(layer);
    // A number that is written otherwise ("03") would give two tensors one name.
    if (code != std::errc() || layer < 0 || !rest.starts_with(number + "."))
        return std::nullopt;
    const std::string_view part = rest.substr(number.size() + 1);
    std::string_view name = config.postNorms ? lookUp(postNormNames, part) : std::string_view();
    if (name.empty())
        name = lookUp(layerNames, part);
    if (name.empty())
        return std::nullopt;
    return "model.layers." + number + "." + std::string(name) + std::string(kind);
}

Result<std::shared_ptr<const WeightSource>> ggufWeights(const GgufFile& file, const ModelConfig& config)
{
    auto weights = std::make_shared<GgufWeights>();
    HILO_CHECK(weights->add(file, config));
    return weights;
}

} // namespace hilo
