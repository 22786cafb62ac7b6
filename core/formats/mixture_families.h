// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/family_table.h"

#include <vector>

namespace hilo {

/// The families of mixtures of experts; granite: what Granite's are made of besides.
std::vector<FamilyEntry> mixtureFamilies(const FamilyEntry& granite);

} // namespace hilo
