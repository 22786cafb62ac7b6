// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace hilo::cli {

/// Whether this program was built with librsvg and paints PNG and PDF; a bare GPU server has none.
bool canPaintPng();

/// A PNG of the drawing at twice its size. Only where canPaintPng.
Result<std::string> paintedPng(const std::string& svg);
/// A PDF of one page as large as the drawing (a pixel is 3/4 of a point), lines and text as such. Only where
/// canPaintPng.
Result<std::string> paintedPdf(const std::string& svg);

} // namespace hilo::cli
