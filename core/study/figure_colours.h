// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hilo {

/// Colours of a study's figures: those of the workbench, light; or the names of a page's variables.
struct FigureColours
{
    std::string card = "#FFFFFF", line = "#DDE1DF", grid = "#E8ECEA", text = "#1B2421", quiet = "#66726D",
                accent = "#0B6E5F";
    std::string better = "#0072B2", worse = "#D55E00";
    std::vector<std::string> series = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"};
};

/// "var(--card)", …: for drawings inside a page that sets these variables, which may change with its theme.
FigureColours pageColours();

/// A symbol of its own for each series, around (x, y): circle, square, triangle, diamond, upside-down triangle,
/// pentagon. hollow: in the background's colour with a rim. inner: XML inside of it, such as a title.
std::string svgSymbol(std::size_t series, double x, double y, const FigureColours& colours, bool hollow,
                      const std::string& inner);

} // namespace hilo
