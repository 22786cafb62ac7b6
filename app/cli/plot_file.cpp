// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot_file.h"

#include "base/atomic_file.h"
#include "painted_png.h"

namespace hilo::cli {

Status checkPlotName(const std::filesystem::path& path)
{
    const std::string ending = path.extension().string();
    if (ending == ".svg" || ((ending == ".png" || ending == ".pdf") && canPaintPng()))
        return {};
    if (ending == ".png" || ending == ".pdf")
        return failure(wrongUsage("This program was built without librsvg and paints no " +
                                      std::string(ending == ".png" ? "PNG." : "PDF."),
                                  "Give --plot a name that ends in .svg."));
    return failure(wrongUsage("--plot expects a name that ends in .svg, .png or .pdf, not \"" + path.string() + "\""));
}

Status writePlot(const std::filesystem::path& path, const std::string& svg)
{
    HILO_CHECK(checkPlotName(path));
    if (path.extension() == ".svg")
        return writeFileAtomically(path, svg);
    HILO_TRY(const std::string painted, path.extension() == ".png" ? paintedPng(svg) : paintedPdf(svg));
    return writeFileAtomically(path, painted);
}

} // namespace hilo::cli
