// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/prompt_template.h"

#include <string>
#include <vector>

namespace hilo {

/// The labels of a classification template: its own, or the distinct values of the label column in rows (give the
/// training rows), sorted; 1, "1" and 1.0 are one label (label_text.h). Other kinds: empty. Errors: no row has a label,
/// all have the same one, numbers and texts are mixed, two labels differ in capitals alone.
Result<std::vector<std::string>> labelsOf(const PromptTemplate& promptTemplate, const std::vector<Row>& trainingRows);

/// What the row's label column says, as the template's labels call it, else as the data spells it. Errors, in the words
/// of a rejected row: no such column, empty, several labels.
tl::expected<std::string, std::string> labelIn(const PromptTemplate& promptTemplate, const Row& row);

/// An error for a row whose label is none of labels but looks like another spelling of one: counted as an unknown class
/// it would take rows away in silence.
Status checkSpelling(const PromptTemplate& promptTemplate, const Row& row, const std::vector<std::string>& labels);

} // namespace hilo
