// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "engine/export/export_adapter.h"
#include "engine/export/merged_model.h"
#include "engine/export/probe.h"
#include "export/adapter_content.h"
#include "formats/model_source.h"

#include <memory>

namespace hilo {

/// Everything that the writers and readers of the formats work on.
struct ExportJob
{
    ExportRequest request;
    ExportSource source;
    ModelSource model;
    BaseReference base;
    std::shared_ptr<MixtureAdapter> adapter; ///< the run's own
    std::shared_ptr<Decoder> decoder;        ///< float32; let go by whole models before they are read back
    AdapterContent content;                  ///< what is written: the run's, or its static approximation
    PackedBatch probe;
    std::string weightType;        ///< of whole models
    StoredTypes stored;            ///< of whole models: what the writer made of each tensor
    Json details = Json::object(); ///< for the README
    std::string modelFile;         ///< for the README
    Progress progress;
};

/// How a format is written and read back. Found by the name that exportFormats() lists.
struct FormatFiles
{
    std::string_view name;
    Status (*write)(ExportJob& job, const std::filesystem::path& folder);
    /// Logits of the probe batch by what the folder holds.
    Result<torch::Tensor> (*readBack)(ExportJob& job, const std::filesystem::path& folder);
    double tolerance = 1e-4; ///< greatest difference of logits
    bool wholeModel = false; ///< its weights may be rounded, as job.stored says
};

/// Null when there is none of this name.
const FormatFiles* findFormatFiles(std::string_view name);

} // namespace hilo
