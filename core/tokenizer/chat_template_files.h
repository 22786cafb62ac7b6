// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <filesystem>
#include <map>
#include <string>

namespace hilo {

/// A model's chat templates by name, where transformers 5 finds them (PreTrainedTokenizerBase._from_pretrained):
/// chat_template.jinja ("default") and additional_chat_templates/NAME.jinja; without any of them
/// tokenizer_config.json's chat_template, a text ("default") or a list of {"name", "template"}. Bad input: a file that
/// cannot be read or is larger than 1 MiB.
Result<std::map<std::string, std::string>> chatTemplatesOf(const Json& tokenizerConfig,
                                                           const std::filesystem::path& folder);

} // namespace hilo
