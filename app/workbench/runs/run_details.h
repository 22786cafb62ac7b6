// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "run/provenance.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What a run was asked to do and made with. Read away from the interface thread.
struct RunDetails
{
    std::vector<Setting> settings;
    std::optional<Provenance> provenance; ///< nothing: the run has not begun, or came without
    std::size_t queuePlace = 0;           ///< from 1; 0: it does not wait
    std::size_t queueLength = 0;
};
Result<RunDetails> readRunDetails(const std::string& project, const std::string& id);

} // namespace hilo
