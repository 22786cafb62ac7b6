// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/tokenise.h"

#include <string>

namespace hilo {

/// A SHA-256 over what a row teaches and is measured by: tokens, answers, labels, choices, the rejected answer, the
/// judgement. Hexadecimal.
std::string rowDigest(const TokenisedExample& row);

} // namespace hilo
