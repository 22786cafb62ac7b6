// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/model_chat.h"

#include <string>
#include <vector>

namespace hilo {

/// The turns as a model's chat template is given them by transformers 5: {"role", "content", …} with every further key
/// of a turn, nothing that is null, and the thinking of a turn under all of its names. Where the template names a role
/// of its own (developer, ipython, observation), turns that the data calls so keep it. Calls of tools have their
/// arguments as an object, also where the data holds them as JSON text, as OpenAI's form has it (vLLM does the same); a
/// ShareGPT turn "function_call" is such a call.
Json chatMessages(const std::vector<Message>& messages, const ModelChat& chat, bool withTools);

/// The row's column tools, a list of function schemas or a JSON text of one; null without any. Error, in the words of a
/// rejected row: it is something else.
tl::expected<Json, std::string> toolsOfRow(const Row& row);

/// What of the conversation the template would leave out, in the words of a rejected row; empty when nothing: tools,
/// calls, thinking and other keys that change a turn, where the template does not mention them.
std::string whatTheTemplateLoses(const std::vector<Message>& messages, bool withTools, const ModelChat& chat);

} // namespace hilo
