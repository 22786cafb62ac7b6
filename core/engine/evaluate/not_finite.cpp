// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/not_finite.h"

namespace hilo {

Error notFiniteError(const Decoder& decoder)
{
    if (const std::optional<Error> broken = decoder.brokenWeight())
        return *broken;
    return badInput({}, {}, "The model's outputs are NaN or infinite, although every weight of the base is finite.",
                    "With an adapter: its training diverged, use an earlier checkpoint. Without one: compute with "
                    "another dtype.");
}

} // namespace hilo
