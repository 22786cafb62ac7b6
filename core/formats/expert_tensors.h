// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"
#include "formats/weights.h"

#include <memory>

namespace hilo {

/// The tensors of source under the names of mixtureNames(). transformers 5 may write all experts of a layer as two
/// tensors, experts.gate_up_proj [experts, 2·width, hidden] and experts.down_proj [experts, hidden, width]: each expert
/// is then a piece of them, in place. Dense models, gpt_oss, whose files have experts so from the first, and
/// tensors under the expected names are passed on as they are. Bad input: such tensors with other shapes than the
/// config asks for.
Result<std::shared_ptr<const WeightSource>> withExpectedExperts(std::shared_ptr<const WeightSource> source,
                                                                const ModelConfig& config);

} // namespace hilo
