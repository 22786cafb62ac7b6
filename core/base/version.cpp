// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/version.h"

namespace hilo {

std::string programVersion()
{
    return HILO_PROGRAM_VERSION;
}

} // namespace hilo
