// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/serving.h"

#include "base/shown_text.h"
#include "export/active_rank.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace hilo {
namespace {

constexpr std::array<std::int64_t, 9> vllmRanks{1, 8, 16, 32, 64, 128, 256, 320, 512};
constexpr std::int64_t vllmDefault = 16;
/// punica's kernels; TGI multiplies higher ranks one request after another (server/adapters/lora.py can_vectorize).
constexpr std::int64_t tgiVectorised = 128;

std::string shell(const std::string& lines)
{
    return "```sh\n" + lines + "\n```\n\n";
}

/// As a word of a shell's line.
std::string word(const std::string& text)
{
    std::string quoted = "'";
    for (const char character : escaped(text))
        quoted += character == '\'' ? std::string("'\\''") : std::string(1, character);
    return quoted + "'";
}

std::string noRouters(const ReadmeFacts&)
{
    return "None of vLLM, SGLang, TGI, Ollama, llama.cpp and LM Studio chooses among LoRA experts by token. They run "
           "`peft-static`, `gguf-lora`, `merged` and `merged-gguf`, which have mean weights in place of routers, and "
           "`peft-distilled`, which is trained to match the mixture (the others are with `--distill`).\n\n";
}

std::string hiloServing(const ReadmeFacts& facts)
{
    return "`hilo generate` and `hilo evaluate` run it as it is; transformers runs the format `python`. " +
           noRouters(facts);
}

std::string pythonServing(const ReadmeFacts& facts)
{
    return "Whatever serves a model object of transformers serves this one: what `load_hilo_adapter()` gives is the "
           "base model itself. " +
           noRouters(facts);
}

std::string vllmLines(const ReadmeFacts& facts)
{
    const std::int64_t rank = facts.served.largest;
    const std::int64_t limit = vllmRank(rank);
    if (facts.served.ofBase)
        return "**vLLM, SGLang, TGI**: their layouts for LoRAs on a mixture's own experts differ from peft's, and were "
               "not tried; `merged` has the experts in its weights.\n\n";
    if (limit == 0)
        return "**vLLM** takes ranks up to 512, and this adapter has " + std::to_string(rank) +
               ": `merged` has it in its weights.\n\n";
    return "**vLLM** (its default is --max-lora-rank " + std::to_string(vllmDefault) + "; this adapter's rank is " +
           std::to_string(rank) + "):\n\n" +
           shell("vllm serve " + word(facts.baseName) + " --enable-lora --max-lora-rank " + std::to_string(limit) +
                 " --lora-modules NAME=PATH_OF_THIS_FOLDER");
}

std::string oneRankServers(const ReadmeFacts& facts)
{
    if (facts.served.ofBase)
        return {};
    if (!facts.served.isOne)
        return std::string("**SGLang, TGI** want one rank for all modules, and here they differ: export `merged`") +
               (facts.staticCost ? "" : " or `peft-padded`") + " for them.\n\n";
    std::string text = "**SGLang**:\n\n" +
                       shell("python -m sglang.launch_server --model-path " + word(facts.baseName) +
                             " --enable-lora --lora-paths NAME=PATH_OF_THIS_FOLDER --max-lora-rank " +
                             std::to_string(facts.served.largest)) +
                       "**TGI**";
    if (!facts.served.missing.empty())
        return text + " leaves out a module without a word where any layer has no adapter on it, here " +
               facts.served.missing + ": use vLLM or `merged`.\n\n";
    if (facts.served.largest > tgiVectorised)
        text += " (ranks above " + std::to_string(tgiVectorised) +
                ", as this one, are multiplied one request after "
                "another)";
    return text + ":\n\n" +
           shell("text-generation-launcher --model-id " + word(facts.baseName) +
                 " --lora-adapters NAME=PATH_OF_THIS_FOLDER");
}

std::string peftServing(const ReadmeFacts& facts)
{
    const std::string ollama =
        "**Ollama, llama.cpp, LM Studio**: export `gguf-lora` or `merged-gguf`. Converters of this folder to GGUF read "
        "one alpha and one rank for all modules";
    return vllmLines(facts) + oneRankServers(facts) + ollama +
           (facts.served.isOne ? ", as this one has.\n\n" : ", and these differ.\n\n");
}

std::string ggufLoraServing(const ReadmeFacts& facts)
{
    return "**llama.cpp**:\n\n" + shell("llama-server -m BASE_MODEL.gguf --lora " + facts.modelFile) +
           "**Ollama**: name the base model in the `Modelfile` beside this page, then\n\n" +
           shell("ollama create NAME -f Modelfile") +
           "**LM Studio** documents no adapters: export `merged-gguf` for it.\n\n";
}

std::string mergedServing(const ReadmeFacts&)
{
    return "A model folder like any other:\n\n" +
           shell("vllm serve PATH_OF_THIS_FOLDER\n"
                 "python -m sglang.launch_server --model-path PATH_OF_THIS_FOLDER\n"
                 "text-generation-launcher --model-id PATH_OF_THIS_FOLDER") +
           "**Ollama, llama.cpp, LM Studio**: export `merged-gguf`.\n\n";
}

std::string mergedGgufServing(const ReadmeFacts& facts)
{
    return "**llama.cpp**:\n\n" + shell("llama-server -m " + facts.modelFile) +
           "**Ollama**, with the `Modelfile` beside this page:\n\n" + shell("ollama create NAME -f Modelfile") +
           "**LM Studio** looks for models/PUBLISHER/NAME/FILE.gguf; its own command puts the file there:\n\n" +
           shell("lms import " + facts.modelFile);
}

struct ServingLines
{
    std::string_view format;
    std::string (*text)(const ReadmeFacts&);
};
constexpr std::array<ServingLines, 11> servingLines{{{"hilo", hiloServing},
                                                     {"python", pythonServing},
                                                     {"peft", peftServing},
                                                     {"peft-padded", peftServing},
                                                     {"peft-static", peftServing},
                                                     {"peft-distilled", peftServing},
                                                     {"mola", noRouters},
                                                     {"moe-peft", noRouters},
                                                     {"gguf-lora", ggufLoraServing},
                                                     {"merged", mergedServing},
                                                     {"merged-gguf", mergedGgufServing}}};

} // namespace

ServedRanks servedRanks(const AdapterContent& content)
{
    ServedRanks served;
    served.largest = content.largestRank();
    std::map<std::string, std::set<std::int64_t>> layersOf;
    for (const ModuleContent& module : content.modules) {
        served.ofBase = served.ofBase || module.ofBase;
        layersOf[module.shape.name].insert(module.layer);
        for (const ExpertContent& expert : module.experts)
            served.isOne = served.isOne && expert.rank == served.largest;
    }
    for (const auto& [name, layers] : layersOf)
        if (static_cast<std::int64_t>(layers.size()) < content.model.layers && served.missing.empty())
            served.missing = name;
    return served;
}

std::int64_t vllmRank(std::int64_t rank)
{
    const auto found = std::lower_bound(vllmRanks.begin(), vllmRanks.end(), rank);
    return found == vllmRanks.end() ? 0 : *found;
}

std::string rankNote(const ExportSubject& subject, CollapsedRanks collapsed)
{
    std::int64_t largest = 0;
    const ModuleGrid grid = mapGrid(subject.model);
    for (std::size_t layer = 0; layer < subject.map.layers.size(); ++layer)
        for (const auto& [name, module] : subject.map.layers[layer]) {
            const ModuleShape* const shape = grid.find(layer, name);
            if (!shape || module.ranks.empty())
                continue;
            const std::int64_t own = *std::max_element(module.ranks.begin(), module.ranks.end());
            const std::int64_t rank = module.ofBase || collapsed == CollapsedRanks::None ? own
                                      : collapsed == CollapsedRanks::Sum ? std::min(module.totalRank(), shape->width())
                                                                         : activeRank(module, subject.router, *shape);
            largest = std::max(largest, rank);
        }
    if (largest <= vllmDefault)
        return {};
    const std::int64_t limit = vllmRank(largest);
    const std::string rank = " Its rank is " + std::to_string(largest) + ": ";
    const std::string cut = collapsed != CollapsedRanks::None ? "; --rank cuts it." : "; merged has no such limit.";
    if (limit == 0)
        return rank + "more than the " + std::to_string(vllmRanks.back()) + " that vLLM serves" + cut;
    return rank + "vLLM serves it with --max-lora-rank " + std::to_string(limit) +
           (largest > tgiVectorised ? ", TGI slowly" + cut : ".");
}

std::string servingText(const ReadmeFacts& facts)
{
    for (const ServingLines& lines : servingLines)
        if (facts.format == lines.format)
            return "## Serving it\n\n" + lines.text(facts);
    return {};
}

std::string modelfileText(const ReadmeFacts& facts)
{
    if (facts.format == "merged-gguf")
        return "FROM ./" + facts.modelFile + "\n";
    if (facts.format != "gguf-lora")
        return {};
    const bool isFile = facts.baseName.ends_with(".gguf") && escaped(facts.baseName) == facts.baseName;
    return (isFile ? "FROM " + facts.baseName
                   : std::string("# The base model's GGUF file, or its name in Ollama.\n"
                                 "FROM BASE_MODEL.gguf")) +
           "\nADAPTER ./" + facts.modelFile + "\n";
}

} // namespace hilo
