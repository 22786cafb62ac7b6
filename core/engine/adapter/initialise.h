// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/layout.h"

#include <span>

namespace hilo {

/// Fills the flat parameters: every A and router row Kaiming-uniform with a = sqrt 5, that is uniform within
/// ±1/sqrt(in), B zero (2402.08562 code). Each expert's A and each router row is drawn from (seed, layer, module,
/// expert) alone: changing another module, or adding an expert, leaves it as it is.
void initialiseAdapter(const AdapterLayout& layout, std::int64_t seed, std::span<float> parameters);

/// The same uniform numbers for one A row of a rank that came at a step of a training.
void drawGrownRank(const GroupLayout& group, const ModuleLayout& module, std::size_t expert, std::int64_t rank,
                   std::int64_t seed, std::int64_t step, std::span<float> row);

} // namespace hilo
