// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"
#include "export/export_format.h"

#include <filesystem>

namespace hilo {

Verdict judgeGgufLora(const ExportSubject& subject);

/// A GGUF LoRA adapter in float32 (llama.cpp's llama-adapter.cpp). Scales are multiplied into B; alpha is the rank
/// where all are the same, otherwise 0, which llama.cpp takes as a scale of 1. content must not be routed.
Status writeGgufLora(const AdapterContent& content, const std::string& name, const std::filesystem::path& path);

} // namespace hilo
