// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/database.h"

#include <string_view>
#include <vector>

namespace hilo {

/// "HILO" as SQLite's application_id.
inline constexpr int databaseApplicationId = 0x48494C4F;

/// The steps of resources/schema in order; the database's user_version is how many of them it has seen.
const std::vector<std::string_view>& schemaSteps();

/// Brings a database to the newest schema, each step in one transaction after a copy of the file
/// (workbench.db.version-N). Errors: a file of another program, or of a newer version of this one. steps: the first so
/// many only (tests).
Status migrate(Database& database, std::size_t steps = SIZE_MAX);

/// SQLite's own check of the tables that hold runs and states, or of everything when thorough. The chunks of metrics
/// carry their own checksums.
Status checkDatabase(Database& database, bool thorough);

} // namespace hilo
