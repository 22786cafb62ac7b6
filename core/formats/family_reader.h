// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/family_table.h"

namespace hilo {

/// config.json of a family as its entry says. Bad input names the key. Source: transformers' configuration classes.
Result<ModelConfig> readFamily(const JsonObject& config, const FamilyEntry& family);

} // namespace hilo
