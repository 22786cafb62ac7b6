// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <string>
#include <vector>

namespace hilo {

/// What sets a model's decoder apart from llama's, in a sentence: a text with places %1, %2, … and what stands there.
struct Peculiarity
{
    std::string text;
    std::vector<std::string> values;
};

/// In the order of a token's way through the model; empty for a plain llama.
std::vector<Peculiarity> peculiaritiesOf(const ModelConfig& config);

/// The sentence with its values.
std::string inWords(const Peculiarity& peculiarity);

/// Every text that peculiaritiesOf() may use, for translators.
std::vector<std::string> peculiarityTexts();

/// Numbers as ranges: "0, 2-5, 7".
std::string rangesText(const std::vector<std::int64_t>& ascending);

} // namespace hilo
