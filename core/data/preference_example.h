// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/example.h"
#include "data/prompt_template.h"

#include <optional>
#include <string>

namespace hilo {

/// Yes and no as data sets write them: JSON, Python, numbers, votes; nothing for other texts.
std::optional<bool> judgementOf(std::string text);

/// Whether the template makes pairs, or answers that somebody judged.
bool isPreference(const PromptTemplate& promptTemplate);

/// Adds to an example, whose prompt and answer are there, the rejected answer or the judgement that a template of texts
/// asks of the row. Returns why the row cannot be used: a rejected answer that is empty or the same as the chosen one,
/// a judgement that is neither yes nor no; empty when it can.
std::string addPreference(const PromptTemplate& promptTemplate, const Row& row, Example& example);

/// The same for what a model's chat template has written: the chosen conversation is in example, the rejected one (of
/// pairs) beside it.
std::string addConversationPreference(const PromptTemplate& promptTemplate, const Row& row, Example rejected,
                                      Example& example);
/// Only the judgement.
std::string addJudgement(const PromptTemplate& promptTemplate, const Row& row, Example& example);

/// A template for the rejected conversation of a pair, which stands in the column that the template calls rejected, and
/// the row without the chosen one.
PromptTemplate forRejected(const PromptTemplate& promptTemplate);
Row withoutConversation(const Row& row);

} // namespace hilo
