// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <string>

namespace hilo {

/// An environment variable's text; empty where it is not set.
inline std::string environmentText(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

} // namespace hilo
