// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/lowered_top_k.h"

#include "allocation/plan.h"

#include <algorithm>

namespace hilo {

void LoweredTopK::set(ModuleAllocation& module, int asked)
{
    module.topK = std::min(asked, module.experts());
    // A lone expert is no choice.
    if (module.experts() < 2)
        return;
    ++modules_;
    if (asked <= module.topK)
        return;
    ++lowered_;
    asked_ = std::max<std::int64_t>(asked_, asked);
}

void LoweredTopK::note(AllocationMap& map) const
{
    if (lowered_ > 0)
        map.notes.push_back(loweredTopKNote(asked_, lowered_, modules_));
}

} // namespace hilo
