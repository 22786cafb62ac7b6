// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/family_table.h"

namespace hilo {

// What entries of the family table begin with.

inline FamilyEntry familyEntry(Family family, const char* architecture)
{
    FamilyEntry one;
    one.family = family;
    one.architecture = architecture;
    return one;
}

inline void biasOfAttention(FamilyEntry& one, const char* key, bool usual)
{
    one.queryKeyValueBias = one.outputBias = {key, usual};
}

inline void layerNormOf(FamilyEntry& one, const char* epsilonKey)
{
    one.layerNorm = true;
    one.epsilon = {epsilonKey, 1e-5};
}

} // namespace hilo
