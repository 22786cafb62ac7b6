// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "engine/compute.h"
#include "engine/model/decoder.h"
#include "tokenizer/tokenizer.h"

#include <memory>

namespace hilo {

/// A model with its tokenizer, and an adapter when one was asked for, ready to be used.
struct LoadedModel
{
    std::shared_ptr<const Tokenizer> tokenizer;
    std::shared_ptr<Decoder> decoder;
    std::shared_ptr<MixtureAdapter> adapter; ///< null without one
    Compute compute;
};

/// adapter: a folder with adapter.json, or a run folder with adapter/ in it; empty: none. An adapter that was trained
/// on another base model is an error.
Result<LoadedModel> loadModel(const std::filesystem::path& model, const std::filesystem::path& adapter,
                              const std::string& device, const std::string& dtype, int threads,
                              const Progress& progress);

} // namespace hilo
