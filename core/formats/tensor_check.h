// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/expected_tensors.h"

namespace hilo {

/// Every tensor of the architecture is there with its shape; others are not asked about, but for biases of its modules
/// that the config does not name, and an output head beside tied embeddings: where it differs from the embedding it is
/// used, as in transformers 5, and config and notes say so.
/// file: the folder or file, for messages; source: what describes the architecture, "config.json".
Status checkTensors(ModelConfig& config, const WeightSource& weights, const std::string& file,
                    const std::string& source, std::vector<std::string>& notes);

} // namespace hilo
