// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/parameters.h"
#include "run/run_spec.h"

namespace hilo {

/// The map's parameters as a run with this router uses them: where the router may give a token every expert of a module
/// (dense, top_p), all of them count as active, whatever top_k the map has.
ParameterCount countParameters(const AllocationMap& map, const ModelConfig& model, RouterKind router);

} // namespace hilo
