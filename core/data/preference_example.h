// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/example.h"
#include "data/prompt_template.h"

#include <string>

namespace hilo {

/// Whether the template makes pairs, or answers that somebody judged.
bool isPreference(const PromptTemplate& promptTemplate);

/// Adds to an example, whose prompt and answer are there, the rejected answer or the judgement that the template asks
/// of the row. Returns why the row cannot be used: a rejected answer that is empty or the same as the chosen one, a
/// judgement that is neither yes nor no; empty when it can.
std::string addPreference(const PromptTemplate& promptTemplate, const Row& row, Example& example);

} // namespace hilo
