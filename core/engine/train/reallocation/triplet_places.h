// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "engine/adapter/layout.h"
#include "engine/adapter/repacking.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// One rank among those of all modules: a triplet of a column of P, a number and a row of Q.
struct TripletPlace
{
    std::size_t group = 0, module = 0, expert = 0;
    int rank = 0;
    std::int64_t price = 0;   ///< in parameters
    std::size_t ofExpert = 0; ///< which expert of all that the layout has

    bool isLike(const TripletPlace& other) const { return ofExpert == other.ofExpert; }
};

/// In the layout's order: groups, modules, experts, ranks.
std::vector<TripletPlace> tripletPlaces(const AdapterLayout& layout);

/// The map of the ranks that stay, and of new ones: grown says how many each expert gets (TripletPlace::ofExpert),
/// behind those it keeps. An expert without a rank goes, and a module without an expert.
MapChange changeOfTriplets(const AllocationMap& map, const AdapterLayout& layout,
                           const std::vector<TripletPlace>& places, const std::vector<bool>& stays,
                           const std::vector<int>& grown);

/// One object a module, with the scores of its experts' ranks, as the event "reallocation" tells them.
Json scoresByModule(const AdapterLayout& layout, const std::vector<double>& scores);

} // namespace hilo
