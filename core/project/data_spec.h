// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/run_spec.h"

namespace hilo {

/// The "data" part of a run spec alone; paths are resolved against folder.
Result<DataSpec> parseDataSpec(const JsonObject& data, const std::filesystem::path& folder);
Json toJson(const DataSpec& data);

} // namespace hilo
