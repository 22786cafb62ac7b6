// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <cmath>
#include <cstdint>

/// A model to measure; by itself of SmolLM2-135M's shape.
struct BenchShape
{
    std::int64_t layers = 30, hidden = 576, heads = 9, keyValueHeads = 3, intermediate = 1536, vocabulary = 49152;
    std::int64_t length = 128; ///< tokens of a sequence
};

inline hilo::ModelConfig configOf(const BenchShape& shape)
{
    hilo::ModelConfig config;
    config.architecture = "llama";
    config.layers = shape.layers;
    config.hidden = shape.hidden;
    config.heads = shape.heads;
    config.keyValueHeads = shape.keyValueHeads;
    config.headDimension = shape.hidden / shape.heads;
    config.intermediate = shape.intermediate;
    config.vocabulary = shape.vocabulary;
    config.maximumPositions = shape.length;
    config.normEpsilon = 1e-5;
    config.tiedEmbeddings = true;
    config.attentionScale = 1 / std::sqrt(static_cast<double>(config.headDimension));
    config.windows.assign(static_cast<std::size_t>(shape.layers), 0);
    return config;
}
