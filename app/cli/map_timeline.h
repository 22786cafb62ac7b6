// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace hilo::cli {

/// `hilo map timeline RUN`.
void addTimeline(CLI::App& parent, const std::function<void(Work)>& chosen);

} // namespace hilo::cli
