// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/adapter_content.h"
#include "export/readme.h"

#include <string>

namespace hilo {

/// What servers ask of a plain adapter, from its experts.
ServedRanks servedRanks(const AdapterContent& content);

/// The value of vLLM's --max-lora-rank for this rank; 0: it takes none so high. Source: vllm/config/lora.py,
/// MaxLoRARanks.
std::int64_t vllmRank(std::int64_t rank);

/// What becomes of a mixture's experts in a format that has one a module.
enum class CollapsedRanks {
    None,   ///< there is but one
    Sum,    ///< all of them behind one another
    Active, ///< as many ranks as one token uses (export/active_rank.h)
};
/// A sentence, with a space before it, where servers need to be told of a rank or do not take it; else empty.
std::string rankNote(const ExportSubject& subject, CollapsedRanks collapsed);

/// Markdown: what vLLM, SGLang, TGI, Ollama, llama.cpp, LM Studio and transformers need to run what the format holds,
/// or that they cannot.
std::string servingText(const ReadmeFacts& facts);

/// Ollama's Modelfile for a format that holds a GGUF file; empty for the others.
std::string modelfileText(const ReadmeFacts& facts);

} // namespace hilo
