// SPDX-License-Identifier: GPL-3.0-or-later
#include "painted_png.h"

namespace hilo::cli {

bool canPaintPng()
{
    return false;
}

Result<std::string> paintedPng(const std::string&)
{
    return failure(internalError("This program was built without librsvg and paints no PNG."));
}

Result<std::string> paintedPdf(const std::string&)
{
    return failure(internalError("This program was built without librsvg and paints no PDF."));
}

} // namespace hilo::cli
