// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_metadata.h"
#include "formats/model_config.h"

#include <string>
#include <vector>

namespace hilo {

/// More than any model has; what keeps a damaged number from being counted to.
inline constexpr std::int64_t mostGgufLayers = 1 << 14;

/// Which layers of a GGUF file's model slide.
enum class GgufWindows {
    None,   ///< the architecture has no key for it
    Every,  ///< all, where attention.sliding_window is above 0
    Period, ///< those of attention.sliding_window_pattern, or all but each n-th
};

/// What llama.cpp's files say of one family, and how its converter changes the family's tensors. A family is an entry.
struct GgufFamily
{
    const char* architecture = ""; ///< general.architecture
    Family family = Family::Llama;
    const char* modelType = "";     ///< config.json's model_type of the same models
    const char* markedBy = nullptr; ///< of an architecture of several families: the key that tells this one
    bool interleavesHalves = false; ///< rows of q and k: the halves of each head interleaved
    const char* epsilonKey = "attention.layer_norm_rms_epsilon";
    const char* mlpNorm = "ffn_norm"; ///< the norm in front of the MLP
    GgufWindows windows = GgufWindows::None;
    std::int64_t period = 0;                ///< Period: n
    std::int64_t layersOf27B = 0;           ///< the one size whose attention scale is that of hidden / heads
    std::int64_t windowsOnlyWithLayers = 0; ///< llama.cpp slides in models of this depth alone; 0: in all
    double logitCapWithoutKey = 0; ///< what llama.cpp caps logits at where the file does not say; 0: by the entry
    bool isMixture = false;        ///< of experts
    bool weightsSumToOne = false;  ///< of a token's experts; no key says it
    bool guessesAhead = false;     ///< block_count counts layers that guess further tokens (nextn_predict_layers)
};

const std::vector<GgufFamily>& ggufFamilies();
/// "llama, qwen2, …": the architectures, each once.
std::string knownGgufArchitectures();
/// Of the families that share an architecture the one that the file's keys mark; null for an unknown architecture.
const GgufFamily* findGgufFamily(const GgufMetadata& file, const std::string& architecture);
/// The entry that files of this model are written by; null where llama.cpp has no architecture for it.
const GgufFamily* ggufFamilyOf(const ModelConfig& model);

} // namespace hilo
