// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/load/model_choice.h"

#include <CLI/CLI.hpp>

namespace hilo::cli {

/// MODEL, --adapter, --dtype, --device, --quantisation and --threads, as every command has them that uses a model.
/// choice must outlive the command.
void addModelOptions(CLI::App& command, ModelChoice& choice);

/// --dtype, --device, --quantisation and --threads of them.
void addComputeOptions(CLI::App& command, ModelChoice& choice);

/// A model that was named as org/name becomes its place in the cache (hub/local_place.h).
Status findModel(std::filesystem::path& model);

} // namespace hilo::cli
