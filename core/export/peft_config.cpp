// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/peft_config.h"

#include "tokenizer/regex.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace hilo {
namespace {

constexpr const char* notExpressible = "Only LoRA on the linear modules of the layers can be imported.";

/// Keys that say nothing of what the tensors mean, whatever their value, and those that PeftConfig reads.
constexpr std::array plainKeys = {
    // The record.
    "base_model_name_or_path", "revision", "task_type", "auto_mapping", "peft_type", "peft_version",
    // Training and loading; merge_weights is of peft before 0.3.
    "inference_mode", "lora_dropout", "runtime_config", "merge_weights", "megatron_core",
    // How the values began. Only init_lora_weights says whether that changed the base weights.
    "init_lora_weights", "loftq_config", "eva_config", "corda_config", "lora_ga_config",
    // The group size counts with use_qalora alone. Tied weights: of embedding and head, which are refused anyway.
    // fan_in_fan_out: A is [rank, in] and B [out, rank] whichever way round the base weight lies.
    "qalora_group_size", "ensure_weight_tying", "fan_in_fan_out",
    // Which modules have adapters, with which ranks and scales.
    "target_modules", "exclude_modules", "layers_to_transform", "layers_pattern", "r", "lora_alpha", "use_rslora",
    "rank_pattern", "alpha_pattern", "target_parameters",
    // "none" or refused.
    "bias"};

struct RefusedKey
{
    const char* name;
    const char* why;
};

/// Keys that change what the tensors mean as soon as they are set.
constexpr std::array refusedKeys = {
    RefusedKey{"use_dora", "DoRA also scales the rows of the changed weights."},
    RefusedKey{"lora_bias", "The adapters have biases as well as A and B."},
    RefusedKey{"use_qalora", "QALoRA adapters take their inputs averaged by groups."},
    RefusedKey{"use_bdlora", "The factors are block-diagonal."},
    RefusedKey{"modules_to_save", "Whole modules were trained beside the LoRA pairs."},
    RefusedKey{"trainable_token_indices", "Rows of the embedding were trained beside the LoRA pairs."},
    RefusedKey{"layer_replication", "The adapters are for a model whose layers were repeated."},
    RefusedKey{"alora_invocation_tokens", "An activated LoRA only counts behind its invocation tokens."},
    RefusedKey{"arrow_config", "Arrow chooses among several adapters by input."},
    RefusedKey{"kasa_config", "KaSA cuts the base weights and has a diagonal between A and B."},
    RefusedKey{"monteclora_config", "MonteCLoRA has a sampler beside A and B."},
    RefusedKey{"velora_config", "VeLoRA keeps projections beside A and B."},
    RefusedKey{"megatron_config", "The tensors are parts of layers that Megatron splits over devices."},
    RefusedKey{"enable_lora", "The adapters stand on parts of a merged module."},
};

/// Initialisations that leave the base weights as they are.
constexpr std::array plainBeginnings = {"gaussian", "eva", "orthogonal", "mica"};

/// Initialisations that took something out of the base weights when training began, by the beginning of their name.
constexpr std::array changedBases = {"pissa", "olora", "corda", "lora_ga", "loftq"};

Status checkBeginning(const JsonObject& config)
{
    const std::string key = "init_lora_weights";
    if (!config.has(key) || config.json()[key].is_boolean())
        return {};
    HILO_TRY(const std::string beginning, config.text(key));
    if (std::find(plainBeginnings.begin(), plainBeginnings.end(), beginning) != plainBeginnings.end())
        return {};
    for (const std::string_view changed : changedBases)
        if (beginning.starts_with(changed))
            return failure(config.errorAt(
                key,
                "An adapter that began with \"" + beginning +
                    "\" belongs to a base model whose weights were changed when the training began; on the original "
                    "base model it means something else.",
                changed == "loftq"
                    ? "Merge the adapter into the base model that LoftQ made, with peft."
                    : "Have peft write it as a plain LoRA: save_pretrained with "
                      "path_initial_model_for_weight_conversion, the adapter as it was before the training."));
    return failure(config.errorAt(key, "The initialisation \"" + beginning + "\" is not known here.",
                                  "It may have changed the base model's weights. If it did not, write true."));
}

/// A number of the configuration that counts something.
Status checkWhole(const JsonObject& object, const std::string& key, double number)
{
    if (number == std::floor(number))
        return {};
    return failure(object.errorAt(key, "A whole number was expected, not " + object.json()[key].dump() + "."));
}

Result<bool> matches(const Regex& regex, const std::string& text)
{
    bool found = false;
    HILO_CHECK(regex.forEachMatch(text, [&](std::size_t, std::size_t) { found = true; }));
    return found;
}

} // namespace

/// rank_pattern or alpha_pattern.
class PeftConfig::Pattern
{
  public:
    static Result<std::shared_ptr<const Pattern>> read(const JsonObject& config, const std::string& key, double lowest,
                                                       double highest, bool whole)
    {
        auto pattern = std::make_shared<Pattern>();
        if (config.has(key)) {
            HILO_TRY(const JsonObject object, config.object(key));
            for (const auto& [name, value] : object.json().items()) {
                HILO_TRY(const double number, object.number(name, lowest, highest));
                if (whole)
                    HILO_CHECK(checkWhole(object, name, number));
                HILO_TRY(Regex regex, Regex::compile("^(.*\\.)?(" + name + ")$", config.file(), object.placeOf(name)));
                pattern->entries_.emplace_back(std::move(regex), number);
            }
        }
        return pattern;
    }

    Result<double> valueFor(const std::string& module, double fallback) const
    {
        for (const auto& [regex, value] : entries_) {
            HILO_TRY(const bool found, matches(regex, module));
            if (found)
                return value;
        }
        return fallback;
    }

  private:
    std::vector<std::pair<Regex, double>> entries_;
};

/// target_modules or exclude_modules: endings of names, or one regular expression for the whole name.
class PeftConfig::Names
{
  public:
    /// Null when the key is not set, or says "all-linear".
    static Result<std::shared_ptr<const Names>> read(const JsonObject& config, const std::string& key)
    {
        if (!config.has(key) || config.json()[key].empty())
            return nullptr;
        const Json& value = config.json()[key];
        auto names = std::make_shared<Names>();
        if (value.is_string()) {
            const std::string text = value.get<std::string>();
            if (text.empty() || text == "all-linear")
                return nullptr;
            names->text_ = text;
            HILO_TRY(names->whole_, Regex::compile("^(?:" + text + ")$", config.file(), config.placeOf(key)));
            return names;
        }
        for (const Json& name : value) {
            if (!value.is_array() || !name.is_string())
                return failure(config.errorAt(key, "A text or a list of names was expected."));
            names->endings_.push_back(name.get<std::string>());
        }
        return names;
    }

    Result<bool> has(const std::string& module) const
    {
        if (whole_)
            return matches(*whole_, module);
        return std::any_of(endings_.begin(), endings_.end(), [&](const std::string& ending) {
            return module == ending || module.ends_with("." + ending);
        });
    }

    /// Those that are none of the names, as they are written.
    Result<std::vector<std::string>> beside(const std::vector<std::string>& names) const
    {
        std::vector<std::string> others;
        for (const std::string& written : whole_ ? std::vector{text_} : endings_) {
            Names one;
            if (whole_)
                one.whole_ = whole_;
            else
                one.endings_ = {written};
            bool isThere = false;
            for (auto name = names.begin(); name != names.end() && !isThere; ++name) {
                HILO_TRY(isThere, one.has(*name));
            }
            if (!isThere)
                others.push_back(written);
        }
        return others;
    }

  private:
    std::optional<Regex> whole_;
    std::string text_; ///< of the regular expression
    std::vector<std::string> endings_;
};

bool isKeySet(const JsonObject& config, const std::string& key)
{
    if (!config.has(key))
        return false;
    const Json& value = config.json()[key];
    return !(value == false || value == "" || (value.is_structured() && value.empty()));
}

Status checkPeftKeys(const JsonObject& config)
{
    for (const RefusedKey& refused : refusedKeys)
        if (isKeySet(config, refused.name))
            return failure(
                config.errorAt(refused.name, std::string("This is not supported: ") + refused.why, notExpressible));
    HILO_TRY(const std::string bias, config.textOr("bias", "none"));
    if (bias != "none")
        return failure(config.errorAt("bias", "Trained biases (\"" + bias + "\") are not supported.", notExpressible));
    HILO_CHECK(checkBeginning(config));
    for (const auto& item : config.json().items()) {
        const std::string& key = item.key();
        if (!isKeySet(config, key) || std::find(plainKeys.begin(), plainKeys.end(), key) != plainKeys.end())
            continue;
        return failure(config.errorAt(key, "This key is not known here, and it may change what the weights mean.",
                                      "If it does not, remove it from the file or set it to null."));
    }
    return {};
}

Result<PeftConfig> PeftConfig::read(const std::filesystem::path& path)
{
    HILO_TRY(const Json document, readJsonFile(path, pythonJson));
    HILO_TRY(const JsonObject config, JsonObject::of(document, path.string()));
    HILO_TRY(const std::string type, config.text("peft_type"));
    if (type != "LORA")
        return failure(
            config.errorAt("peft_type", "Adapters of the type \"" + type + "\" are not supported.", notExpressible));
    HILO_CHECK(checkPeftKeys(config));
    PeftConfig result;
    HILO_TRY(result.rank_, config.numberOr("r", 8, 1, 1 << 20));
    if (config.has("r"))
        HILO_CHECK(checkWhole(config, "r", result.rank_));
    HILO_TRY(result.alpha_, config.numberOr("lora_alpha", 8, -1e9, 1e9));
    HILO_TRY(result.rankStabilised_, config.flagOr("use_rslora", false));
    HILO_TRY(result.ranks_, Pattern::read(config, "rank_pattern", 1, 1 << 20, true));
    HILO_TRY(result.alphas_, Pattern::read(config, "alpha_pattern", -1e9, 1e9, false));
    HILO_TRY(result.targets_, Names::read(config, "target_modules"));
    if (isKeySet(config, "target_parameters")) {
        HILO_TRY(result.parameters_, Names::read(config, "target_parameters"));
    }
    HILO_TRY(result.excluded_, Names::read(config, "exclude_modules"));
    if (config.has("layers_to_transform")) {
        const Json& layers = config.json()["layers_to_transform"];
        for (const Json& layer : layers.is_array() ? layers : Json::array({layers})) {
            if (!layer.is_number_integer())
                return failure(config.errorAt("layers_to_transform",
                                              "Numbers of layers were expected, not " + layer.dump() + "."));
            result.layers_.push_back(layer.get<std::int64_t>());
        }
    }
    return result;
}

Result<std::int64_t> PeftConfig::rankOf(const std::string& module) const
{
    HILO_TRY(const double rank, ranks_->valueFor(module, rank_));
    return static_cast<std::int64_t>(rank);
}

Result<double> PeftConfig::alphaOf(const std::string& module) const
{
    return alphas_->valueFor(module, alpha_);
}

Result<double> PeftConfig::scaleOf(const std::string& module) const
{
    HILO_TRY(const double rank, ranks_->valueFor(module, rank_));
    HILO_TRY(const double alpha, alphaOf(module));
    return alpha / (rankStabilised_ ? std::sqrt(rank) : rank);
}

Result<bool> PeftConfig::targetsParameter(const std::string& parameter) const
{
    return parameters_ ? parameters_->has(parameter) : Result<bool>(false);
}

Result<std::vector<std::string>> PeftConfig::parametersBeside(const std::vector<std::string>& names) const
{
    return parameters_ ? parameters_->beside(names) : Result<std::vector<std::string>>(std::vector<std::string>{});
}

Result<std::string> PeftConfig::targetOf(const std::string& module) const
{
    const std::string weight = module + ".weight";
    HILO_TRY(const bool byWeight, targetsParameter(weight));
    if (!byWeight)
        return module;
    HILO_TRY(const bool byModule, targets_ ? targets_->has(module) : Result<bool>(false));
    return byModule ? module : weight;
}

Result<std::string> PeftConfig::leftOutBy(const std::string& module, std::int64_t layer) const
{
    HILO_TRY(const std::string target, targetOf(module));
    if (target != module)
        return "";
    if (excluded_) {
        HILO_TRY(const bool excluded, excluded_->has(module));
        if (excluded)
            return "exclude_modules";
    }
    if (targets_) {
        HILO_TRY(const bool wanted, targets_->has(module));
        if (!wanted)
            return "target_modules";
    }
    if (!layers_.empty() && std::find(layers_.begin(), layers_.end(), layer) == layers_.end())
        return "layers_to_transform";
    return "";
}

} // namespace hilo
