// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/example.h"
#include "data/prompt_template.h"

namespace hilo {

/// A row's conversation in a template's turns, or Alpaca's columns (system, history, instruction, input, output) as
/// one: example with prompt, answer and earlier answers filled in. Errors, in the words of a rejected row: no
/// conversation, one that cannot be read, an empty answer, and whatever would be lost: a role without a turn in the
/// template, tools, and keys of a turn (tool_calls, name, thinking) that the template's turn does not write as a field.
tl::expected<Example, std::string> conversationExample(const PromptTemplate& promptTemplate, const Row& row,
                                                       Example example);

} // namespace hilo
