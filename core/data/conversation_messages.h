// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/prompt_template.h"

#include <string>
#include <vector>

namespace hilo {

/// The turns that a conversation template is to write: the row's conversation; else the list of turns in a column that
/// the template's aliases put under "messages"; else Alpaca's columns (system, history, instruction, input, output);
/// else prompt and completion, each a text or a list of turns, of which the completion's answers alone are learnt.
/// Errors, in the words of a rejected row: none of these, or one that cannot be read.
tl::expected<std::vector<Message>, std::string> messagesOfRow(const PromptTemplate& promptTemplate, const Row& row);

/// What is not learnt at the end is taken away: it changes nothing before it. With Learn::Last earlier answers are not
/// learnt. Error, in the words of a rejected row: nothing is left.
tl::expected<std::vector<Message>, std::string> upToLearnt(std::vector<Message> messages, Learn learn);

} // namespace hilo
