// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder.h"

namespace hilo {

/// Why a model's outputs are NaN or infinite: bad input that names the base's weight that is, else says that the base
/// is sound.
Error notFiniteError(const Decoder& decoder);

} // namespace hilo
