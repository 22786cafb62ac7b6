// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "engine/base/compute.h"
#include "engine/load/model_choice.h"
#include "engine/model/decoder.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <optional>

namespace hilo {

/// A model with its tokenizer, and an adapter when one was asked for, ready to be used.
struct LoadedModel
{
    std::shared_ptr<const Tokenizer> tokenizer;
    std::shared_ptr<Decoder> decoder;
    std::shared_ptr<MixtureAdapter> adapter; ///< null without one
    Compute compute;
    std::string quantisation = "none"; ///< of the base, as it was chosen
};

/// With choice.quantisation empty the base is quantised as the run was that the adapter lies in (runOfAdapter), because
/// the adapter has learned to correct that base. Errors: no weights; an adapter that was trained on another base model;
/// an unknown quantisation.
Result<LoadedModel> loadModel(const ModelChoice& choice, const Progress& progress);

/// An adapter or run folder's adapter for a model that was read from source, in evaluation. Errors: it cannot be read,
/// or was trained on another base model.
Result<std::shared_ptr<MixtureAdapter>> loadAdapter(const std::filesystem::path& adapter, const ModelSource& source,
                                                    torch::Device device, const Progress& progress);

/// choice.quantisation, or where it is empty what the adapter's run had, or none. Error: an unknown one.
Result<std::string> chooseQuantisation(const ModelChoice& choice);

/// The format of a run's "quantisation": nf4, int8 or fp8; nothing for "none".
std::optional<gpu::WeightFormat> weightFormat(const std::string& quantisation);

} // namespace hilo
