// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/progress.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>

namespace hilo {

/// Pre-training of a small base model from scratch: all weights, next-token loss on plain text.
struct PretrainSpec
{
    std::filesystem::path model;     ///< folder with config.json and tokenizer.json
    std::filesystem::path text;      ///< one paragraph a line
    std::filesystem::path heldOut;   ///< the same, for the loss that is reported; may be empty
    std::filesystem::path out;       ///< folder of the finished model; also holds the checkpoint while it runs
    std::filesystem::path startFrom; ///< model of the same shape whose weights are trained on; empty: random ones
    std::int64_t tokens = 10'000'000;
    std::int64_t context = 256; ///< tokens in a sequence
    std::int64_t batch = 8;     ///< sequences in a step
    double learningRate = 3e-3;
    std::int64_t warmupSteps = 100;
    double weightDecay = 0.1; ///< of matrices; not of norms
    double clipNorm = 1;
    std::int64_t seed = 1;
    int threads = 1;
    std::int64_t checkpointEvery = 200; ///< steps
    std::string dtype = "bfloat16";     ///< of the written weights
};

/// Trains, or goes on where the checkpoint in spec.out ends. Writes config.json, tokenizer files, model.safetensors and
/// pretraining.json (what it was made from: corpus hash, tokens, losses). Cancelled: a checkpoint is left.
/// Returns the content of pretraining.json.
Result<Json> pretrain(const PretrainSpec& spec, const Progress& progress);

} // namespace hilo
