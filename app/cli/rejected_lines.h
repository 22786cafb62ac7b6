// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "console.h"

namespace hilo::cli {

/// Prints "notes", "rejected_rows" and "rejected" of a report on data: what was noticed, and which rows cannot be used.
void printNotesAndRejected(const Json& report, Console& console);

} // namespace hilo::cli
