// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_source.h"

#include "gguf_builder.h"
#include "support/testing.h"

namespace hilo::testing {

inline constexpr std::int64_t hidden = 8;
inline constexpr std::int64_t vocabulary = 3;

/// Metadata and tensors of a one-layer model with two heads of four; change says what is different.
struct TinyModel
{
    std::string architecture = "llama";
    GgufBuilder builder;

    /// oneWidth: of the MLPs, where it is not left to the caller.
    explicit TinyModel(std::string name = "llama", std::uint32_t blocks = 1, bool oneWidth = true)
        : architecture(std::move(name))
    {
        builder.words("general.architecture", architecture).number(key("embedding_length"), hidden);
        builder.number(key("block_count"), blocks);
        if (oneWidth)
            builder.number(key("feed_forward_length"), 6);
        builder.number(key("attention.head_count"), 2).number(key("context_length"), 32);
        builder.real(key("attention.layer_norm_rms_epsilon"), 1e-5f);
    }

    std::string key(const std::string& part) const { return architecture + "." + part; }

    TinyModel& zeros(const std::string& name, std::int64_t in, std::int64_t out = 1)
    {
        const std::vector<float> values(static_cast<std::size_t>(in * out), 1.f);
        out == 1 ? builder.floats(name, {in}, values) : builder.floats(name, {in, out}, values);
        return *this;
    }

    TinyModel& tensors()
    {
        zeros("token_embd.weight", hidden, vocabulary).zeros("output_norm.weight", hidden);
        zeros("blk.0.attn_norm.weight", hidden).zeros("blk.0.ffn_norm.weight", hidden);
        for (const char* name : {"attn_k", "attn_v", "attn_output"})
            zeros("blk.0." + std::string(name) + ".weight", hidden, hidden);
        zeros("blk.0.ffn_gate.weight", hidden, 6).zeros("blk.0.ffn_up.weight", hidden, 6);
        return zeros("blk.0.ffn_down.weight", 6, hidden);
    }

    /// Every element holds the number of its stored row.
    TinyModel& numberedQueries()
    {
        std::vector<float> rows;
        for (int row = 0; row < hidden; ++row)
            rows.insert(rows.end(), hidden, static_cast<float>(row));
        builder.floats("blk.0.attn_q.weight", {hidden, hidden}, rows);
        return *this;
    }

    Result<ModelSource> open() const
    {
        const TemporaryFolder folder;
        writeText(folder / "model.gguf", builder.bytes());
        return openModel(folder / "model.gguf");
    }
};

} // namespace hilo::testing
