// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "run/run_spec.h"

#include <string>

namespace hilo {

/// What a checkpoint keeps of the settings that it was trained with: those that a run's numbers depend on.
Json settingsToKeep(const RunSpec& spec);

/// A run goes on with the settings and the map that it was begun with, or it would be neither the one run nor the
/// other. kept: settingsToKeep() of the checkpoint; settings that it does not name, because they are newer than it, are
/// not compared. map: of the checkpoint's adapter; where training.reallocation moves it, the one that the run was begun
/// with is compared, by firstMap: mapHash() of the checkpoint. runFile is named in the error, and what differs.
Status checkGoesOn(const Json& kept, const AllocationMap& map, const std::string& firstMap, const RunSpec& now,
                   const std::string& runFile);

/// SHA-256 of what a map's layers say.
std::string mapHash(const AllocationMap& map);

} // namespace hilo
