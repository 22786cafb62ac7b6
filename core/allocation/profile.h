// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "formats/model_config.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// When a layer wants more capacity: the larger the signal, the smaller, or its source does not say.
enum class SignalDirection { Larger, Smaller, Unstated };

/// One complexity signal of a profile.
struct ComplexitySignal
{
    std::string name;
    SignalDirection direction = SignalDirection::Unstated;
    /// One value per layer; the modules' mean when not in the file. Empty: there are none by layer.
    std::vector<double> layers;
    /// By module name, one value per layer, NaN where the layer has no such module; may be empty.
    std::map<std::string, std::vector<double>> modules;
    /// Of modules that are the base's own experts (formats/base_expert_modules.h), per layer: the value of each expert,
    /// of which the module's is made; NaN where it has none (no token of the data passed it), nothing where the layer
    /// has no such module. May be empty.
    std::map<std::string, std::vector<std::vector<double>>> experts;
    /// By module name, per layer: non-negative numbers, largest first (explained variance, squared singular values);
    /// nothing where the layer has no such module.
    std::map<std::string, std::vector<std::vector<double>>> spectra;
    /// By module name, one number per layer: the sum of the whole spectrum, of which spectra may hold the beginning
    /// only. Empty: what spectra hold is all there is.
    std::map<std::string, std::vector<double>> spectrumTotals;
    /// Which values of the whole spectrum the listed ones are, from 1 on, by module; absent: the first ones.
    std::map<std::string, std::vector<std::int64_t>> spectrumRanks;

    // For people; empty in files that do not say it.
    std::string title;
    std::string kind; ///< "weights", "activations" or "gradients"
    std::string meaning;
    std::string source;              ///< where the definition comes from
    std::string spectrum;            ///< what the numbers in spectra are
    std::optional<double> splitHalf; ///< Spearman over layers of the values from one half of the data and the other
    std::optional<double> seconds;   ///< cost of this signal alone; what passes share is in the profile's cost
};

/// How far the signals order the layers alike.
struct SignalAgreement
{
    std::vector<std::string> signals;
    /// [signal][signal] Spearman's rank correlation over layers; nothing where one of them is constant.
    std::vector<std::vector<std::optional<double>>> spearman;
};

/// A complexity profile of a model (hilo.profile/1):
///
///     {"format": "hilo.profile/1",
///      "model": {"architecture": "llama", "layers": 30, "sha256": "…", "path": "…"},
///      "data": {"path": "…", "template": "…", "split": "train", "sequences": 128, "tokens": 30712, "max_length": 256,
///               "gradient_sequences": 64, "validation_sequences": 32, …},
///      "cost": {"seconds": 61.2, "weights_seconds": 20.1, "forward_seconds": 11.0, "activations_seconds": 30.5,
///               "gradients_seconds": …, "peak_memory_bytes": …, "cached": ["weights"]},
///      "signals": {"pl_alpha_hill": {"title": "PL_Alpha_Hill", "kind": "weights", "direction": "larger",
///                    "meaning": "…", "source": "2410.10054", "cost_seconds": 1.2, "split_half": null,
///                    "layers": [2.1, …], "modules": {"q_proj": [2.0, …], …},
///                    "experts": {"experts.down_proj": [[2.2, 1.9, …], …]},
///                    "spectrum": "squared singular values of the weight",
///                    "spectra": {"q_proj": [[0.4, 0.2, …], …]},
///                    "spectrum_ranks": {"q_proj": [1, 2, 4, …]}, "spectrum_totals": {"q_proj": [8.1, …]}}},
///      "agreement": {"signals": ["pl_alpha_hill", …], "spearman": [[1, -0.3, null], …]},
///      "notes": ["…"]}
///
/// A layer that lacks a module has null in the module's lists, an expert without a value null in its layer's.
/// direction is "larger", "smaller" or "unstated". Of a signal, layers, modules or spectra must be there; everything
/// else is optional, and keys that are not listed here are left alone. forward_seconds is the plain forward pass within
/// activations_seconds; gradients_seconds holds the gradient signals' own passes.
struct ComplexityProfile
{
    std::string file;
    std::string architecture;
    std::int64_t layers = 0;
    std::string modelSha256; ///< empty when the file has none
    std::string modelPath;
    std::map<std::string, ComplexitySignal> signals;
    SignalAgreement agreement;      ///< empty when the file has none
    Json data = Json::object();     ///< what the signals of data were measured on
    Json cost = Json::object();     ///< seconds and bytes by part
    std::vector<std::string> notes; ///< what a reader should know: signals left out and why, floored values

    /// bad input: no such signal; lists those that there are.
    Result<const ComplexitySignal*> signal(const std::string& name) const;
};

/// bad input: a wrong format, values that are missing or not finite, lists of another length than the layers, a
/// spectrum that is negative or rises.
Result<ComplexityProfile> parseComplexityProfile(const Json& document, const std::string& file);
Result<ComplexityProfile> readComplexityProfile(const std::filesystem::path& path);

/// bad input: another architecture, depth or module names; a value of a module that the layer has not, or none of one
/// that it has; another number of the base's own experts; another hash, when both are known. The base's own experts may
/// have no values at all.
Status validateComplexityProfile(const ComplexityProfile& profile, const ModelConfig& model,
                                 const std::string& modelSha256 = {});

} // namespace hilo
