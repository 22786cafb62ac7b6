// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <string>
#include <vector>

namespace hilo {

/// A JSON array of texts; a key that is not there is an empty list.
Result<std::vector<std::string>> textList(const JsonObject& object, const std::string& key);

} // namespace hilo
