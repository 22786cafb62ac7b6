// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/data_type.h"

#include <cstdint>
#include <optional>

namespace hilo {

/// What a type's values are stored in: so many elements in so many bytes; types that are no blocks have one.
struct BlockShape
{
    std::uint64_t elements = 1;
    std::uint64_t bytes = 1;
};

/// Nothing for Unsupported.
std::optional<BlockShape> blockShape(DataType type);

} // namespace hilo
