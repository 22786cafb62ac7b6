// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace hilo::cli {

/// Whether this program was built with librsvg; a bare GPU server has none.
bool canPaintPng();

/// A PNG of the drawing at twice its size. Only where canPaintPng.
Result<std::string> paintedPng(const std::string& svg);

} // namespace hilo::cli
