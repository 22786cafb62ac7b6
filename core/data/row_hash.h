// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/token_rows.h"

#include <string>
#include <vector>

namespace hilo {

/// A SHA-256 over the tokens, answers and labels of a run's rows, part after part: the same data in other files,
/// another template that says the same, or another order of files that changes nothing all agree. Rows of a file were
/// hashed when it was made.
std::string rowsHash(const std::vector<const TokenRows*>& parts);

} // namespace hilo
