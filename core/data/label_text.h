// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// One spelling for one label: without blanks around it, and whole numbers without ".0", as a table that once had
/// missing values writes them.
std::string labelSpelling(std::string_view text);

/// A label column's text as a label. A list of one, ["a"] or ['a'], is that one. Errors, in the words of a rejected
/// row: empty, a list of several labels.
tl::expected<std::string, std::string> labelOfText(const std::string& column, const std::string& text);

/// Why a row with several labels is rejected.
std::string severalLabels(const std::string& column, std::size_t count);

/// The one of labels that is most likely meant by a label that is none of them: the same in other capitals, or true
/// and false for 1 and 0; empty when there is none.
std::string otherSpelling(const std::string& label, const std::vector<std::string>& labels);

bool isNumberLabel(const std::string& label);

} // namespace hilo
