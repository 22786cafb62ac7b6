// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/tokenizer_pipeline.h"

#include <filesystem>
#include <memory>

namespace hilo {

/// file: a tokenizer.json; folder: where the files lie that belong to it (tokenizer_configuration.h).
Result<std::unique_ptr<TokenizerPipeline>> loadTokenizerJson(const std::filesystem::path& file,
                                                             const std::filesystem::path& folder);

} // namespace hilo
