// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/export_format.h"
#include "export/peft.h"

#include <filesystem>
#include <optional>

namespace hilo {

/// What a finished run's final evaluation on its split told.
struct MeasuredAccuracy
{
    double accuracy = 0;
    double low = 0, high = 0; ///< 95 %
    std::int64_t correct = 0, total = 0;
    std::string split, protocol;
    std::int64_t step = 0;
};

/// What is exported: the adapter of a finished run, or an adapter folder with the name of its model.
struct ExportSource
{
    std::filesystem::path adapter; ///< folder with adapter.json and adapter.safetensors
    std::filesystem::path modelPath;
    ModelConfig model;
    bool modelIsGguf = false;
    AllocationMap map;
    RouterKind router = RouterKind::TopK;
    BaseReference base;         ///< as adapter.json has it
    std::optional<RunSpec> run; ///< nothing for an adapter folder
    std::optional<MeasuredAccuracy> accuracy;

    ExportSubject subject() const { return {model, map, router, modelIsGguf}; }
};

/// Reads descriptions only, no weights. folder: a run folder, or an adapter's; model: instead of the run's, and needed
/// for an adapter folder. Bad input: no adapter there yet, a map that is not valid for the model.
Result<ExportSource> readExportSource(const std::filesystem::path& folder, const std::filesystem::path& model);

} // namespace hilo
