// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace hilo {

/// What lies beside a model's weights and config.json and says how texts become tokens and how it talks: what is
/// fetched with a model, and copied to one that is made from it.
constexpr std::array<std::string_view, 12> modelCompanions = {"tokenizer.json",
                                                              "tekken.json",
                                                              "tokenizer_config.json",
                                                              "special_tokens_map.json",
                                                              "tokenizer.model",
                                                              "added_tokens.json",
                                                              "vocab.json",
                                                              "vocab.txt",
                                                              "merges.txt",
                                                              "chat_template.jinja",
                                                              "chat_template.json",
                                                              "generation_config.json"};

} // namespace hilo
