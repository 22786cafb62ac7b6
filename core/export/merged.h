// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/export_format.h"
#include "formats/weights.h"

#include <array>

namespace hilo {

/// --type of whole models, the default first: a merged folder loses nothing unless asked to.
inline constexpr std::array<std::string_view, 3> mergedTypes{"float32", "float16", "bfloat16"};
inline constexpr std::array<std::string_view, 4> mergedGgufTypes{"float16", "q8_0", "bfloat16", "float32"};

/// The type that a name of these stands for; float32 for any other.
DataType mergedType(std::string_view name);

/// A whole Hugging Face folder; a mixture only as its static approximation.
Verdict judgeMerged(const ExportSubject& subject);
/// A whole GGUF file. Impossible where its architecture cannot say what the model needs (gpt2 is not read from GGUF
/// here, so it could not be checked; sliding windows of other families than gemma2; other activations).
Verdict judgeMergedGguf(const ExportSubject& subject);

} // namespace hilo
