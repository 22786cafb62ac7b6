// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/example.h"
#include "data/prompt_template.h"

#include <vector>

namespace hilo {

struct Examples
{
    std::vector<Example> examples;
    std::vector<RejectedRow> rejected; ///< rows that the template cannot use, and why
};

/// labels: what labelsOf said, the same for all splits. A column that no row has is an error naming file, line and the
/// columns that exist, and so is a label that is another spelling of one of labels (true for 1, "Plant" for "plant"); a
/// row without its columns, with several labels, or with a conversation of which something would be lost is rejected.
/// Not a single usable row is an error.
Result<Examples> renderExamples(const std::vector<Row>& rows, const PromptTemplate& promptTemplate,
                                const std::vector<std::string>& labels);

} // namespace hilo
