// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"
#include "base/progress.h"
#include "formats/model_source.h"

#include <string>
#include <vector>

namespace hilo::cli {

/// Complexity profiles from files, each checked against the model: its shape, and the hash of its weights where both
/// are there. The weights are only read when a profile names a hash.
Result<std::vector<ComplexityProfile>> readProfiles(const std::vector<std::string>& files, const ModelSource& model,
                                                    const Progress& progress);

} // namespace hilo::cli
