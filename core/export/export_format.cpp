// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_format.h"

#include "export/gguf_lora.h"
#include "export/merged.h"
#include "export/moe_peft.h"
#include "export/mola.h"
#include "export/peft.h"
#include "export/python_adapter.h"
#include "export/size_estimate.h"

#include <set>

namespace hilo {
namespace {

Verdict judgeHilo(const ExportSubject&)
{
    return {Fit::Exact, "Every map can be written in the project's own format.", {}};
}

} // namespace

std::string fitName(Fit fit)
{
    switch (fit) {
    case Fit::Exact:
        return "exact";
    case Fit::ExactAfterPadding:
        return "exact after padding";
    case Fit::StaticApproximation:
        return "static approximation";
    case Fit::Impossible:
        break;
    }
    return "impossible";
}

const std::vector<ExportFormat>& exportFormats()
{
    using Distilling = ExportFormat::Distilling;
    static const std::vector<ExportFormat> formats = {
        {"hilo", "HILO", "own format: safetensors and the allocation map; read by hilo and the workbench", judgeHilo,
         ownBytes},
        {"python", "Python module", "exact in PyTorch: the adapter with one module for models of transformers",
         judgePython, ownBytes},
        {"peft", "PEFT LoRA", "PEFT LoRA with the exact rank of every module (peft 0.6 and later)", judgePeft,
         plainBytes},
        {"peft-padded", "PEFT LoRA, one rank", "PEFT LoRA padded to one rank (any peft, vLLM, llama.cpp's converter)",
         judgePeftPadded, paddedBytes},
        {"peft-static", "PEFT LoRA, static", "PEFT LoRA; a mixture is collapsed by its mean routing weights",
         judgePeftStatic, plainBytes},
        {"peft-distilled",
         "PEFT LoRA, distilled",
         "PEFT LoRA that is trained to say what the mixture says",
         judgePeftDistilled,
         distilledBytes,
         {},
         Distilling::Always},
        {"mola", "MoLA, AlphaLoRA", "MoLA and AlphaLoRA: experts, rank and top-k by layer", judgeMola, molaBytes},
        {"moe-peft", "MoE-PEFT", "MoE-PEFT, types MOLA, LORAMOE and LORA", judgeMoePeft, moePeftBytes},
        {"gguf-lora",
         "GGUF LoRA",
         "GGUF LoRA adapter for llama.cpp",
         judgeGgufLora,
         plainBytes,
         {},
         Distilling::Optional},
        {"merged", "Merged model", "a whole Hugging Face model with the adapter in its weights", judgeMerged,
         mergedBytes, mergedTypes, Distilling::Optional},
        {"merged-gguf", "Merged GGUF model", "a whole GGUF model with the adapter in its weights", judgeMergedGguf,
         mergedGgufBytes, mergedGgufTypes, Distilling::Optional},
    };
    return formats;
}

const ExportFormat* findExportFormat(std::string_view name)
{
    for (const ExportFormat& format : exportFormats())
        if (format.name == name)
            return &format;
    return nullptr;
}

MapTraits traitsOf(const AllocationMap& map)
{
    MapTraits traits;
    std::set<int> ranks;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const auto& [name, module] : map.layers[layer]) {
            if (module.experts() == 0)
                continue;
            traits.empty = false;
            ranks.insert(module.ranks.begin(), module.ranks.end());
            const std::string place = "layer " + std::to_string(layer) + ", " + name + ": ";
            if (module.hasRouter() && !std::exchange(traits.routed, true))
                traits.firstRouted = place + std::to_string(module.experts()) + " experts";
            if (module.ofBase && traits.firstOfBase.empty())
                traits.firstOfBase = "layer " + std::to_string(layer) + ", " + name;
            if (module.nullExperts > 0 && !std::exchange(traits.nullExperts, true))
                traits.firstWithNull = place + std::to_string(module.nullExperts) + " null experts";
        }
    traits.oneRank = ranks.size() <= 1;
    return traits;
}

std::optional<Verdict> refusedForBaseExperts(const ExportSubject& subject)
{
    const std::string first = traitsOf(subject.map).firstOfBase;
    if (first.empty())
        return std::nullopt;
    return Verdict{Fit::Impossible,
                   "The format has no place for adapters on the base model's own experts (" + first +
                       "); peft and merged have one.",
                   {}};
}

Verdict judgePlainLora(const ExportSubject& subject, BaseExpertsIn baseExperts)
{
    const MapTraits traits = traitsOf(subject.map);
    if (const auto refused = refusedForBaseExperts(subject); refused && baseExperts == BaseExpertsIn::NoFormat)
        return *refused;
    if (traits.empty)
        return {Fit::Impossible, "The map has no experts, so there is nothing to write.", {}};
    if (traits.routed)
        return {Fit::Impossible,
                "The format has no router, and the adapter chooses among experts (" + traits.firstRouted + ").",
                {}};
    return {Fit::Exact, "Every module has at most one expert.", {}};
}

} // namespace hilo
