// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluate/token_losses.h"

namespace hilo {

/// Whether texts of so many tokens together that share their beginning are read by it: that saves a third of the tokens
/// at least, and the scores of its attention, which the cached attention holds all at once, stay within 256 MiB.
bool isWorthSharing(std::int64_t heads, std::int64_t shared, std::int64_t texts, std::int64_t tokens);
/// How many of these beginnings from first on are read together: at most batchSize, and their scores padded to the
/// longest one within 256 MiB.
std::size_t beginningsAtOnce(std::int64_t heads, std::span<const std::int64_t> shared, std::size_t first,
                             std::int64_t batchSize);

/// Scores texts that share a beginning: each group's is read once into a key/value cache, of which every text of the
/// group takes a copy, at most batchSize of them at a time. Where there is little to share, or where attention through
/// the cache, which holds all its scores at once, would be too large, whole texts of like length are read together.
Status scoreGroups(const Decoder& decoder, ModuleAdapter* adapter, std::vector<std::vector<TextToScore>>& groups,
                   std::int64_t batchSize);

} // namespace hilo
