// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "runs/run_history.h"

#include <memory>
#include <string>
#include <vector>

namespace hilo {

/// The curves of a run as the index has them: those of the given metrics of the steps ("loss", …; empty: all that
/// charts know), what was measured, and when it ran. Ready to be drawn over steps, tokens, epochs or time.
Result<std::shared_ptr<RunHistory>> readHistory(RunReader& reader, const std::string& id,
                                                const std::vector<std::string>& metrics = {});

} // namespace hilo
