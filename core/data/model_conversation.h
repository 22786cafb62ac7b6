// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/example.h"
#include "data/prompt_template.h"

#include <optional>
#include <string>

namespace hilo {

/// Why a row is no example. ends: it is true of the template and not of this row alone, so that no other row is looked
/// at.
struct RowProblem
{
    std::string reason;
    std::optional<Error> ends;
};

/// A row's conversation, or columns that are one (conversation_messages.h), as the model's own chat template writes it.
/// Problems: what the template refuses in its words, an empty answer, what would be lost. Ends the reading: a template
/// that has no right mask of the answers, and one that takes too long or writes too much.
tl::expected<Example, RowProblem> modelConversation(const PromptTemplate& promptTemplate, const Row& row,
                                                    Example example);

} // namespace hilo
