// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/peft_pair.h"

#include "export/adapter_tensors.h"

namespace hilo {
namespace {

/// What a tensor that is no half of a pair says about the adapter.
std::string whyNoPair(const std::string& name)
{
    if (name.find("lora_magnitude_vector") != std::string::npos)
        return "This is the magnitude of a DoRA, which is not supported.";
    if (name.find("lora_embedding_") != std::string::npos)
        return "This adapts an embedding; only linear modules of the layers can have adapters.";
    if (name.ends_with("lora_B.bias"))
        return "This is the bias of an adapter (lora_bias), which is not supported.";
    if (name.ends_with(".bias"))
        return "This is a trained bias, which is not supported.";
    if (name.find("embed_tokens") != std::string::npos || name.find("lm_head") != std::string::npos)
        return "The file holds a whole embedding or output head, as peft saves them when the vocabulary was resized or "
               "they were trained.";
    return "This is not the A or B of a LoRA pair.";
}

} // namespace

std::optional<PeftPairKey> peftPairKey(std::string_view name)
{
    for (const bool isA : {true, false})
        for (const char* suffix : {".weight", ".default.weight"}) {
            const std::string end = (isA ? ".lora_A" : ".lora_B") + std::string(suffix);
            if (name.ends_with(end))
                return PeftPairKey{withoutPeftPrefix(name.substr(0, name.size() - end.size())), isA};
        }
    return std::nullopt;
}

Result<std::map<std::string, PeftPair>> peftPairs(const std::vector<TensorView>& tensors, const std::string& file)
{
    std::map<std::string, PeftPair> pairs;
    for (const TensorView& tensor : tensors) {
        const auto key = peftPairKey(tensor.info.name);
        if (!key)
            return failure(badInput(file, placeOf(tensor), whyNoPair(tensor.info.name),
                                    "Only LoRA pairs on the linear modules of the layers can be imported."));
        PeftPair& pair = pairs[key->module];
        const TensorView*& half = key->isA ? pair.a : pair.b;
        if (half)
            return failure(badInput(file, placeOf(tensor),
                                    "Two tensors are the same half of one module, \"" + key->module + "\"."));
        half = &tensor;
    }
    for (const auto& [module, pair] : pairs)
        if (!pair.a || !pair.b)
            return failure(badInput(file, "module \"" + module + "\"",
                                    std::string(pair.a ? "lora_B" : "lora_A") + " is missing."));
    return pairs;
}

} // namespace hilo
