// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/float_tensors.h"
#include "export/module_index.h"
#include "export/peft.h"
#include "tokenizer/regex.h"

#include <cmath>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* notExpressible = "Only LoRA on the linear modules of the layers can be imported.";

/// rank_pattern or alpha_pattern: the first key that matches decides (peft 0.15 and later, tuners/lora/model.py).
class Pattern
{
  public:
    static Result<Pattern> read(const JsonObject& config, const std::string& key)
    {
        Pattern pattern;
        if (!config.has(key))
            return pattern;
        HILO_TRY(const JsonObject object, config.object(key));
        for (const auto& [name, value] : object.json().items()) {
            HILO_TRY(const double number, object.number(name, 1e-6, 1e9));
            HILO_TRY(Regex regex, Regex::compile("^(.*\\.)?(" + name + ")$", config.file(), object.placeOf(name)));
            pattern.entries_.emplace_back(std::move(regex), number);
        }
        return pattern;
    }

    Result<double> valueFor(const std::string& module, double fallback) const
    {
        for (const auto& [regex, value] : entries_) {
            bool matches = false;
            HILO_CHECK(regex.forEachMatch(module, [&](std::size_t, std::size_t) { matches = true; }));
            if (matches)
                return value;
        }
        return fallback;
    }

  private:
    std::vector<std::pair<Regex, double>> entries_;
};

struct PeftConfig
{
    double rank = 8;
    double alpha = 8;
    bool rankStabilised = false;
    Pattern ranks, alphas;
};

/// Switches that change what the tensors mean.
Status refuseForeignVariants(const JsonObject& config)
{
    for (const char* key : {"use_dora", "lora_bias", "use_qalora", "use_bdlora"}) {
        HILO_TRY(const bool on, config.flagOr(key, false));
        if (on)
            return failure(config.errorAt(key, "This variant of LoRA is not supported.", notExpressible));
    }
    HILO_TRY(const std::string bias, config.textOr("bias", "none"));
    if (bias != "none")
        return failure(config.errorAt("bias", "Trained biases are not supported.", notExpressible));
    for (const char* key : {"modules_to_save", "trainable_token_indices", "target_parameters", "layer_replication",
                            "alora_invocation_tokens"}) {
        const bool isSet = config.has(key) && !config.json()[key].empty();
        if (isSet)
            return failure(config.errorAt(key, "Only LoRA pairs can be taken over; this says that there is more.",
                                          notExpressible));
    }
    return {};
}

Result<PeftConfig> readPeftConfig(const fs::path& path)
{
    HILO_TRY(const Json document, readJsonFile(path));
    HILO_TRY(const JsonObject config, JsonObject::of(document, path.string()));
    HILO_TRY(const std::string type, config.text("peft_type"));
    if (type != "LORA")
        return failure(
            config.errorAt("peft_type", "Adapters of the type \"" + type + "\" are not supported.", notExpressible));
    HILO_CHECK(refuseForeignVariants(config));
    PeftConfig result;
    HILO_TRY(result.rank, config.numberOr("r", 8, 1, 1 << 20));
    HILO_TRY(result.alpha, config.numberOr("lora_alpha", 8, -1e9, 1e9));
    HILO_TRY(result.rankStabilised, config.flagOr("use_rslora", false));
    HILO_TRY(result.ranks, Pattern::read(config, "rank_pattern"));
    HILO_TRY(result.alphas, Pattern::read(config, "alpha_pattern"));
    return result;
}

/// "base_model.model.model.layers.0.mlp.up_proj.lora_A.weight" is the A of "model.layers.0.mlp.up_proj".
struct PairKey
{
    std::string module;
    bool isA = false;
};
std::optional<PairKey> pairKey(std::string_view name)
{
    constexpr std::string_view prefix = "base_model.model.";
    if (name.starts_with(prefix))
        name.remove_prefix(prefix.size());
    for (const bool isA : {true, false})
        for (const char* suffix : {".weight", ".default.weight"}) {
            const std::string end = (isA ? ".lora_A" : ".lora_B") + std::string(suffix);
            if (name.ends_with(end))
                return PairKey{std::string(name.substr(0, name.size() - end.size())), isA};
        }
    return std::nullopt;
}

struct Pair
{
    const TensorView* a = nullptr;
    const TensorView* b = nullptr;
};

Result<std::map<std::string, Pair>> collectPairs(const SafetensorsFile& weights, const ModuleIndex& index,
                                                 const std::string& file)
{
    std::map<std::string, Pair> pairs;
    for (const TensorView& tensor : weights.tensors) {
        const std::string place = "tensor \"" + tensor.info.name + "\"";
        const auto key = pairKey(tensor.info.name);
        if (!key)
            return failure(badInput(file, place, "This is not the A or B of a LoRA pair.", notExpressible));
        if (!index.find(key->module))
            return failure(badInput(file, place,
                                    "The model has no module \"" + key->module + "\"; one of its names is \"" +
                                        index.example() + "\".",
                                    "Give the base model that the adapter was trained on."));
        (key->isA ? pairs[key->module].a : pairs[key->module].b) = &tensor;
    }
    for (const auto& [module, pair] : pairs)
        if (!pair.a || !pair.b)
            return failure(badInput(file, "module \"" + module + "\"",
                                    std::string(pair.a ? "lora_B" : "lora_A") + " is missing."));
    if (pairs.empty())
        return failure(badInput(file, {}, "There is no LoRA pair in the file."));
    return pairs;
}

} // namespace

Result<AdapterContent> readPeft(const fs::path& folder, const ModelConfig& model)
{
    HILO_TRY(const PeftConfig config, readPeftConfig(folder / "adapter_config.json"));
    const fs::path path = folder / "adapter_model.safetensors";
    std::error_code code;
    if (!fs::exists(path, code) && fs::exists(folder / "adapter_model.bin", code))
        return failure(badInput((folder / "adapter_model.bin").string(), {},
                                "Pickle files can run programs and are not read; adapter_model.safetensors is missing.",
                                "Save the adapter again with safe_serialization=True."));
    HILO_TRY(const SafetensorsFile weights, openSafetensors(path));
    const ModuleIndex index(model);
    HILO_TRY(const auto pairs, collectPairs(weights, index, path.string()));

    AdapterContent content;
    content.model = model;
    content.rankStabilised = config.rankStabilised;
    for (const auto& [name, pair] : pairs) {
        const ModuleIndex::Place& place = *index.find(name);
        ModuleContent module;
        module.layer = place.layer;
        module.shape = index.shape(place);
        HILO_TRY(const double rank, config.ranks.valueFor(name, config.rank));
        HILO_TRY(const double alpha, config.alphas.valueFor(name, config.alpha));
        ExpertContent expert;
        expert.rank = static_cast<std::int64_t>(rank);
        if (static_cast<double>(expert.rank) != rank || pair.a->info.shape.empty())
            return failure(badInput((folder / "adapter_config.json").string(), "rank_pattern",
                                    "A whole number was expected for " + name + "."));
        expert.scale = alpha / (config.rankStabilised ? std::sqrt(rank) : rank);
        const std::string hint = "adapter_config.json says rank " + std::to_string(expert.rank) + " for this module.";
        HILO_TRY(expert.a, floatTensor(*pair.a, {expert.rank, module.shape.in}, path.string(), hint));
        HILO_TRY(expert.b, floatTensor(*pair.b, {module.shape.out, expert.rank}, path.string(), hint));
        module.experts.push_back(std::move(expert));
        content.modules.push_back(std::move(module));
    }
    sortModules(content);
    return content;
}

} // namespace hilo
