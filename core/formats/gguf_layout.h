// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// How llama.cpp's converter reorders a tensor.
enum class GgufOrder {
    Same,
    InterleavedHalves, ///< rows of each head: the first of one half, the first of the other, the second …
    PartsOfHeads,      ///< gpt_neox: all heads' queries, then all keys, then all values, instead of head by head
    Transposed,        ///< gpt2: a weight is [out, in], as everywhere but in its own Conv1D
    ValueHeads,        ///< gated delta nets: the first value head of every key head, then the second of every one …
    ValueNumbers,      ///< … where each has one row
    LastValueHeads,    ///< … behind the rows of queries and keys, which stay
    ValueColumns,      ///< … in the columns
};

/// One tensor of a file under its two names, both without ".weight" and ".bias".
struct GgufPlace
{
    std::string stem; ///< "output_norm"; of a layer without its number: "attn_q"
    std::string path; ///< "model.norm"; of a layer what follows its number: "self_attn.q_proj"
    GgufOrder order = GgufOrder::Same;
    bool isNorm = false;
    int part = 0;                       ///< which of the parts of path's rows the file has under this stem …
    int parts = 1;                      ///< … and of how many: gate and up of one weight are two tensors of a file
    bool isRouter = false;              ///< stays float32 in whatever type a model is written
    bool isBare = false;                ///< the Hugging Face name is path alone
    std::string bareEnding = ".weight"; ///< what then follows stem in the file
    bool isKernel = false;              ///< [channels, 1, taps] without the 1; stays float32
    bool isDecay = false;               ///< the file has -exp of it
};

/// The tensors in front of and behind the layers, and those of a layer, but for its experts (gguf_experts.h).
std::vector<GgufPlace> ggufModelPlaces(const ModelConfig& config);
std::vector<GgufPlace> ggufLayerPlaces(const ModelConfig& config, std::int64_t layer);

/// A tensor of a file, found by its name.
struct GgufName
{
    GgufPlace place;
    std::string huggingFace; ///< the whole name
    bool isBias = false;
};

/// Nothing for a tensor that the architecture has no place for.
std::optional<GgufName> findGgufName(const std::string& ggufName, const ModelConfig& config);

/// The row of the Hugging Face tensor that is stored as row of the file's. Transposed is no order of rows: the same.
std::int64_t rowOfStored(GgufOrder order, std::int64_t stored, const ModelConfig& config);
/// The same of columns, which only ValueColumns moves.
std::int64_t columnOfStored(GgufOrder order, std::int64_t stored, const ModelConfig& config);

} // namespace hilo
