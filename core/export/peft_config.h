// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace hilo {

/// Refuses, by the key's name, whatever in an adapter_config.json makes the tensors mean something else than LoRA pairs
/// that are added to the base model's own weights: variants of LoRA, trained biases, whole modules, initialisations
/// that changed the base weights, and keys that are not known here and set to anything. Keys of huggingface/peft's
/// LoraConfig up to 0.21; null, false and empty values are no obstacle, and neither are keys about training, loading
/// or the record.
Status checkPeftKeys(const JsonObject& config);

/// Neither missing nor null, false, or an empty text, list or object.
bool isKeySet(const JsonObject& config, const std::string& key);

/// What PEFT's adapter_config.json says of a LoRA, for modules by the names that the adapter's file has for them
/// ("model.language_model.layers.0.self_attn.q_proj"): PEFT matches its patterns against those.
class PeftConfig
{
  public:
    /// Bad input, naming file and key: no LoRA, whatever checkPeftKeys refuses, patterns that are no regular
    /// expressions, numbers out of range.
    static Result<PeftConfig> read(const std::filesystem::path& path);

    /// Rank and alpha of a module; the first key of rank_pattern or alpha_pattern that matches the end of the name
    /// decides; a pattern that takes too long is an error (peft 0.15 and later: utils/other.py get_pattern_key).
    Result<std::int64_t> rankOf(const std::string& module) const;
    Result<double> alphaOf(const std::string& module) const;
    /// alpha/rank, or alpha/sqrt(rank) where ranks are stabilised (2312.03732).
    Result<double> scaleOf(const std::string& module) const;
    bool rankStabilised() const { return rankStabilised_; }

    /// Whether PEFT would put an adapter on this parameter ("model.layers.0.mlp.experts.down_proj"): target_parameters
    /// lists ends of names (tuners/tuners_utils.py _inject_parameters).
    Result<bool> targetsParameter(const std::string& parameter) const;
    /// The name by which it puts one on a linear module: its own, or that of its weight where target_parameters alone
    /// lists it. rank_pattern and alpha_pattern know the module by it.
    Result<std::string> targetOf(const std::string& module) const;

    /// What target_parameters lists and none of these names is, as it is written there.
    Result<std::vector<std::string>> parametersBeside(const std::vector<std::string>& names) const;

    /// Empty when PEFT would put an adapter on this module, else the key that leaves it out: it would then not load the
    /// module's tensors (tuners/tuners_utils.py check_target_module_exists).
    Result<std::string> leftOutBy(const std::string& module, std::int64_t layer) const;

  private:
    class Pattern;
    class Names;

    double rank_ = 8;
    double alpha_ = 8;
    bool rankStabilised_ = false;
    std::shared_ptr<const Pattern> ranks_, alphas_;
    std::shared_ptr<const Names> targets_, parameters_, excluded_;
    std::vector<std::int64_t> layers_; ///< empty: all
};

} // namespace hilo
