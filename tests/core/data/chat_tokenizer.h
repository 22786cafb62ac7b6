// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "support/testing.h"
#include "tokenizer/tokenizer.h"

namespace hilo::testing {

/// A tokenizer of tests/data/tokenizers with a tokenizer_config.json of its own (chat_template, bos_token, …). files:
/// further ones beside it, by name.
inline std::shared_ptr<const Tokenizer> tokenizerWithConfig(const std::string& name, const Json& config,
                                                            const std::map<std::string, std::string>& files = {})
{
    namespace fs = std::filesystem;
    const TemporaryFolder folder;
    fs::copy_file(std::string(HILO_SOURCE_DIR) + "/tests/data/tokenizers/" + name + "/tokenizer.json",
                  folder / "tokenizer.json");
    REQUIRE_OK(writeJsonFile(folder / "tokenizer_config.json", config));
    for (const auto& [file, text] : files) {
        fs::create_directories((folder / file).parent_path());
        writeText(folder / file, text);
    }
    return REQUIRE_OK(Tokenizer::load(folder.path()));
}

} // namespace hilo::testing
