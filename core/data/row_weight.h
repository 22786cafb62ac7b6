// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/prompt_template.h"

#include <string>

namespace hilo {

/// Whether the row has a column "weight" that is a number, or true or false.
bool hasWeight(const Row& row);

/// Why a row may not be learnt by its own column "weight", in the words of a rejected row; empty when it may. As with
/// the weight of a turn, 0 leaves it out, 1 changes nothing, and no other number can be followed. Of templates that
/// write a conversation or an instruction and its answer; in data of other kinds, and where the template writes the
/// column, a weight is a column like others.
std::string leftOutByWeight(const PromptTemplate& promptTemplate, const Row& row);

} // namespace hilo
