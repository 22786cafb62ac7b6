// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

namespace hilo {

/// Per layer the sliding window that counts the current token, 0 where a layer sees all before it: layer_types where it
/// is given, else the family's rule. Bad input: kinds of attention that are not known, and keys of which transformers
/// would follow one and pass over the other. Source: transformers' configuration and modeling classes.
Result<std::vector<std::int64_t>> readAttentionWindows(const JsonObject& config, Family family, std::int64_t layers);

} // namespace hilo
