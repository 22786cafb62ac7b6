// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluate/token_losses.h"

namespace hilo {

/// Scores texts that share a beginning: each group's is read once into a key/value cache, of which every text of the
/// group takes a copy, at most batchSize of them at a time. Where there is little to share, or where attention through
/// the cache, which holds all its scores at once, would be too large, whole texts of like length are read together.
Status scoreGroups(const Decoder& decoder, ModuleAdapter* adapter, std::vector<std::vector<TextToScore>>& groups,
                   std::int64_t batchSize);

} // namespace hilo
