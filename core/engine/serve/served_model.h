// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/adapter/adapter.h"
#include "engine/load/model_choice.h"
#include "engine/model/decoder.h"
#include "tokenizer/tokenizer.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace hilo {

/// A base model with any number of adapters, each under a name.
struct ServedModel
{
    std::shared_ptr<const Tokenizer> tokenizer;
    std::shared_ptr<Decoder> decoder;
    std::vector<std::shared_ptr<MixtureAdapter>> adapters;
    std::vector<std::string> names; ///< of the base, then of the adapters
    std::vector<std::int32_t> endTokens;
    std::string quantisation;
};

struct NamedAdapter
{
    std::string name;
    std::filesystem::path place; ///< adapter or run folder
};

/// base.adapter is not used. Without base.quantisation the base is quantised as the adapters' runs were. Errors: as of
/// loadModel(); two of one name; adapters of differently quantised bases.
Result<ServedModel> loadServedModel(const ModelChoice& base, const std::string& name,
                                    const std::vector<NamedAdapter>& adapters, const Progress& progress);

/// What a base model is called where nobody says otherwise: its folder's or file's name, of a model of the Hugging Face
/// cache org/name.
std::string servedName(const std::filesystem::path& given);

} // namespace hilo
