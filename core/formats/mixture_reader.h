// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/family_table.h"

namespace hilo {

/// What config.json says of the experts of a family that is a mixture of them; nothing for dense ones. Bad input: more
/// experts for a token than there are, and keys that ask for another routing than the family's. Source: transformers'
/// configuration and modeling classes.
Status readMixture(const JsonObject& config, const FamilyEntry& family, ModelConfig& model);

} // namespace hilo
