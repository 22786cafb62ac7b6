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

} // namespace hilo
