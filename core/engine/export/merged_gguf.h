// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/export/export_job.h"

namespace hilo {

/// A GGUF model with job.content in its weights. From a GGUF file it keeps all metadata and, as q8_0, every quantised
/// tensor that the adapter leaves alone. Lets job.decoder go.
Status writeMergedGguf(ExportJob& job, const std::filesystem::path& folder);

/// Opens what was written as any other model and runs it without an adapter.
Result<torch::Tensor> readMergedGguf(ExportJob& job, const std::filesystem::path& folder);

} // namespace hilo
