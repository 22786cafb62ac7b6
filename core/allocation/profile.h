// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "formats/model_config.h"

#include <filesystem>
#include <map>
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
    std::vector<double> layers;                         ///< one value per layer; the modules' mean when not in the file
    std::map<std::string, std::vector<double>> modules; ///< by module name, one value per layer; may be empty
    /// By module name, per layer: non-negative numbers, largest first (explained variance, squared singular values).
    std::map<std::string, std::vector<std::vector<double>>> spectra;
};

/// What allocation reads of a profile (hilo.profile/1):
///
///     {"format": "hilo.profile/1",
///      "model": {"architecture": "llama", "layers": 30, "sha256": "…"},
///      "signals": {"pl_alpha_hill": {"direction": "larger", "layers": [2.1, …], "modules": {"q_proj": [2.0, …], …},
///                                    "spectra": {"q_proj": [[0.4, 0.2, …], …]}}}}
///
/// direction is "larger", "smaller" or "unstated". layers or modules must be there; spectra is optional. Other keys
/// (cost, split-half correlation, data, …) are for people and left alone.
struct ComplexityProfile
{
    std::string file;
    std::string architecture;
    std::int64_t layers = 0;
    std::string modelSha256; ///< empty when the file has none
    std::map<std::string, ComplexitySignal> signals;

    /// bad input: no such signal; lists those that there are.
    Result<const ComplexitySignal*> signal(const std::string& name) const;
};

/// bad input: a wrong format, values that are missing or not finite, lists of another length than the layers, a
/// spectrum that is negative or rises.
Result<ComplexityProfile> parseComplexityProfile(const Json& document, const std::string& file);
Result<ComplexityProfile> readComplexityProfile(const std::filesystem::path& path);

/// bad input: another architecture, depth or module names; another hash, when both are known.
Status validateComplexityProfile(const ComplexityProfile& profile, const ModelConfig& model,
                                 const std::string& modelSha256 = {});

} // namespace hilo
