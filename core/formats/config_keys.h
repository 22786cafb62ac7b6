// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/family_table.h"

namespace hilo {

/// Bad input, with the key, when config.json asks for arithmetic that models of the family do not have here: keys of
/// variants that keep a known model_type. Keys of training, of other tools and of the family itself pass.
Status refuseForeignKeys(const JsonObject& config, const FamilyEntry& family);

} // namespace hilo
