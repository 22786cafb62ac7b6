// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstring>
#include <span>

namespace hilo {

/// Copies all the bytes; target has room for them. What is empty may have no memory, where memcpy wants some even for
/// nothing.
inline void copyBytes(void* target, std::span<const std::byte> bytes)
{
    if (!bytes.empty())
        std::memcpy(target, bytes.data(), bytes.size());
}

} // namespace hilo
