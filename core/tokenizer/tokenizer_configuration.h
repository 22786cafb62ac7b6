// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "tokenizer/added_tokens.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What the files beside a tokenizer.json say about its tokens, in the way of transformers 5
/// (PreTrainedTokenizerBase._from_pretrained, TokenizersBackend.__init__): tokenizer_config.json; without an
/// added_tokens_decoder in it also special_tokens_map.json and added_tokens.json. Ids that files name
/// (generation_config.json, config.json) stand in for names that none of these gives.
struct TokenizerConfiguration
{
    /// Tokens to be added to those of tokenizer.json, or to take the place of what it says about them, in the order in
    /// which new ids are given. id: what the file says, or -1.
    std::vector<AddedToken> added;
    /// Tokens with a role (bos_token, image_token, …), in the same order. Their flags count only where hasFlags.
    struct NamedToken
    {
        AddedToken token;
        bool hasFlags = false;
    };
    std::vector<NamedToken> named;
    bool keepsListed = false; ///< what tokenizer.json says about a token counts more than a bare name

    std::string bos, eos, padding;                       ///< as written; empty where no file names them
    std::optional<std::int64_t> bosId, eosId, paddingId; ///< of config.json or generation_config.json
    std::vector<std::int64_t> endIds;                    ///< all that these two name as the end
    bool addBos = false, addEos = false;
    std::map<std::string, std::string> chatTemplates; ///< Jinja by name (chat_template_files.h)
    std::int64_t embeddingRows = 0;                   ///< config.json's vocab_size; 0: not known
};

/// Bad input: a file that is not JSON, an entry of added_tokens_decoder without content.
Result<TokenizerConfiguration> readTokenizerConfiguration(const std::filesystem::path& folder);

/// One entry of a list of added tokens, its id left out.
Result<AddedToken> parseAddedToken(const JsonObject& object);

} // namespace hilo
