// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "support/testing.h"

#include "engine/export/export_adapter.h"

#include <functional>

namespace hilo::testing {

/// What the module of a layer gets; no ranks: nothing.
using Choose = std::function<ModuleAllocation(std::int64_t layer, const std::string& module)>;

/// One expert, ranks and alphas that differ, some modules without an adapter.
ModuleAllocation variedPlain(std::int64_t layer, const std::string& module);
/// Experts and ranks that differ by layer only, so that layouts with one count a layer can hold it.
ModuleAllocation levelMixture(std::int64_t layer, const std::string& module);
/// Experts, ranks and top-k that differ by layer and module.
ModuleAllocation freeMixture(std::int64_t layer, const std::string& module);

AllocationMap mapBy(const ModelConfig& model, const Choose& choose);

/// A name of tests/data/models, or a folder's whole path.
std::filesystem::path modelPlace(const std::string& model);

/// An adapter of such a model with normal weights that are not small, written to folder.
std::shared_ptr<MixtureAdapter> writeRandomAdapter(const std::filesystem::path& folder, const std::string& model,
                                                   const Choose& choose, const AdapterSettings& settings = {});

/// A request for an adapter of such a model.
ExportRequest requestFor(const std::filesystem::path& adapter, const std::string& model, const std::string& format,
                         const std::filesystem::path& out);

} // namespace hilo::testing
