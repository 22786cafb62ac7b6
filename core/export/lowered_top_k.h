// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <cstdint>

namespace hilo {

/// Gives the modules of a fitting map their top_k, and remembers where it had to be less than was asked for.
class LoweredTopK
{
  public:
    /// As many as were asked for, or all experts where there are fewer.
    void set(ModuleAllocation& module, int asked);
    /// As the strategies note it (allocation/plan.h); nothing where no module has a smaller choice than was asked for.
    void note(AllocationMap& map) const;

  private:
    std::int64_t asked_ = 0, lowered_ = 0, modules_ = 0;
};

} // namespace hilo
