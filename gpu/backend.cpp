// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend.h"

namespace hilo::gpu {

std::string backendName()
{
    return "cpu";
}

} // namespace hilo::gpu
