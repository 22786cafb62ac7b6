// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/export/export_job.h"

namespace hilo {

/// A whole Hugging Face model with job.content in its weights: config.json, safetensors (sharded), and the tokenizer's
/// files, made from the vocabulary where the base model is a GGUF file. Lets job.decoder go.
Status writeMergedFolder(ExportJob& job, const std::filesystem::path& folder);

/// Opens what was written as any other model and runs it without an adapter.
Result<torch::Tensor> readMergedFolder(ExportJob& job, const std::filesystem::path& folder);

} // namespace hilo
