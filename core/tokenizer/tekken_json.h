// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/tokenizer_pipeline.h"

#include <filesystem>
#include <memory>

namespace hilo {

/// Mistral's tekken.json: tokens as bytes by rank, behind them in number the special tokens; the reference is
/// mistral_common's Tekkenizer. Unlike there, a special token that a text spells out is that token, as everywhere in
/// this program. A text begins with "<s>". Bad input: ranks that do not count from 0, the first 256 tokens not the
/// bytes, a token that is there twice, numbers of tokens that do not fit.
Result<std::unique_ptr<TokenizerPipeline>> loadTekkenJson(const std::filesystem::path& file,
                                                          const std::filesystem::path& folder);

} // namespace hilo
