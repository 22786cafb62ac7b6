// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

#include <set>
#include <string_view>

namespace hilo {

/// Reads the row's conversation from its column messages, conversations or conversation: a list of turns in JSON, also
/// where a CSV file or another export holds it as text. Roles (role, from) and contents (content, value, text; a text
/// or a list of text parts) are read under their customary names, roles in any case; {"human", "assistant"} is two
/// turns. A weight, train, loss or loss_scale of 0 or false says that an answer is not learnt. A system column comes
/// first. What cannot be read is told in row.conversationProblem, and the column stays a text. Keys of turns that are
/// known to mean nothing for training are left out; those that nobody knows go into unknownKeys, too.
void readConversation(Row& row, std::set<std::string>& unknownKeys);

/// A column's text is a list of turns: objects with a role each.
bool holdsTurns(const std::string& text);
/// The turns of such a text, as readConversation() reads them. Errors, in the words of a rejected row.
tl::expected<std::vector<Message>, std::string> turnsOfText(const std::string& column, const std::string& text,
                                                            std::set<std::string>& unknownKeys);

/// The key of a turn is known to change what the turn says, so that a text that leaves it out loses something.
bool changesMeaning(std::string_view key);

/// system, user, assistant or tool for a role's customary names ("Human", "gpt", "observation"); others in lower case.
std::string roleOfName(std::string_view name);

} // namespace hilo
