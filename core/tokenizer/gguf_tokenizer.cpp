// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer_state.h"
namespace hilo {
Result<std::unique_ptr<TokenizerPipeline>> loadGgufTokenizer(const std::filesystem::path& file)
{
    return failure(badInput(file.string(), {}, "GGUF vocabularies are not read yet"));
}
} // namespace hilo
