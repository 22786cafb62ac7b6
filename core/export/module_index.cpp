// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/module_index.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hilo {
namespace {

/// Names that hold a text model: of transformers' wrappers (LLaVA, Qwen2-VL, Gemma 3, MiniCPM-V, Qwen2.5-Omni) and of
/// what training puts around a module (DistributedDataParallel, torch.compile, FSDP).
constexpr std::array<std::string_view, 9> wrappers = {
    "model",   "language_model", "text_model", "transformer",         "llm",
    "thinker", "module",         "_orig_mod",  "_fsdp_wrapped_module"};

std::string_view firstWord(std::string_view name)
{
    return name.substr(0, name.find('.'));
}

/// What follows the wrappers.
std::string_view withoutWrappers(std::string_view name)
{
    while (std::find(wrappers.begin(), wrappers.end(), firstWord(name)) != wrappers.end()) {
        const auto dot = name.find('.');
        if (dot == std::string_view::npos)
            return name;
        name.remove_prefix(dot + 1);
    }
    return name;
}

} // namespace

ModuleIndex::ModuleIndex(const ModelConfig& model)
    : modules_(mapGrid(model)), active_(static_cast<int>(model.mixture.active))
{
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& shape : modules_.layer(static_cast<std::size_t>(layer))) {
            const std::string path = modulePath(model, layer, shape);
            places_.emplace(withoutWrappers(path), Place{layer, static_cast<std::size_t>(shape.column)});
        }
    example_ = modulePath(model, 0, modules_.layer(0).front());
    list_ = firstWord(withoutWrappers(example_));
}

Result<ModuleIndex::Place> ModuleIndex::require(const std::string& name, const std::string& file,
                                                const std::string& place) const
{
    const std::string_view rest = withoutWrappers(name);
    if (const auto found = places_.find(std::string(rest)); found != places_.end())
        return found->second;
    const std::string expected = "; one of its names is \"" + example_ + "\".";
    if (firstWord(rest) == "base_model")
        return failure(badInput(file, place,
                                "PEFT was put on a model that it had been put on before: \"base_model\" stands twice "
                                "in the name, and the adapter counts on the first one, which is not in the file.",
                                "Merge the first adapter into the base model, or train on the base model alone."));
    if (firstWord(rest) != list_)
        return failure(badInput(file, place,
                                "\"" + std::string(firstWord(rest)) +
                                    "\" is not a part of the text model that the adapter is imported for" + expected,
                                "Other parts of a multimodal model (vision, audio) cannot have adapters here."));
    return failure(badInput(file, place, "The model has no module \"" + name + "\"" + expected,
                            "Give the base model that the adapter was trained on."));
}

} // namespace hilo
