// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/adapter_content.h"

namespace hilo {

/// The most rank columns of a module that one token can use: those of its top_k largest experts, of all where the
/// router may give a token all of them (dense, top_p). At most the module's own width.
std::int64_t activeRank(const ModuleAllocation& module, RouterKind router, const ModuleShape& shape);
std::int64_t activeRank(const ModuleContent& module);

} // namespace hilo
