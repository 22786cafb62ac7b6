// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot_file.h"

#include "base/atomic_file.h"
#include "painted_png.h"

namespace hilo::cli {

Status checkPlotName(const std::filesystem::path& path)
{
    if (path.extension() == ".png" && !canPaintPng())
        return failure(wrongUsage("This program was built without librsvg and paints no PNG.",
                                  "Give --plot a name that ends in .svg."));
    if (path.extension() == ".svg" || path.extension() == ".png")
        return {};
    return failure(wrongUsage("--plot expects a name that ends in .svg or .png, not \"" + path.string() + "\""));
}

Status writePlot(const std::filesystem::path& path, const std::string& svg)
{
    HILO_CHECK(checkPlotName(path));
    if (path.extension() == ".svg")
        return writeFileAtomically(path, svg);
    HILO_TRY(const std::string png, paintedPng(svg));
    return writeFileAtomically(path, png);
}

} // namespace hilo::cli
