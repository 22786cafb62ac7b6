// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_place.h"

namespace hilo {

std::string placeText(std::int64_t place)
{
    return (isRecordPlace(place) ? "record " : "line ") + std::to_string(numberOfPlace(place));
}

} // namespace hilo
