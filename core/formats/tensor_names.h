// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/expected_tensors.h"

namespace hilo {

/// The tensors of source under the names that expectedTensors gives them. Writers put other words in front: none for a
/// model saved without its head, "language_model.model." or "model.language_model." for the text part of a larger one;
/// what stands in front of the first layer's names decides, and the other tensors keep their names. Bad input: several
/// models side by side, and the names of Mistral's own releases (layers.0.attention.wq).
Result<std::shared_ptr<const WeightSource>> withExpectedNames(std::shared_ptr<const WeightSource> source,
                                                              const ModelConfig& config, const std::string& folder);

} // namespace hilo
