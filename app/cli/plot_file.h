// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>

namespace hilo::cli {

/// Whether the name's ending is one that writePlot knows: .svg, .png or .pdf.
Status checkPlotName(const std::filesystem::path& path);

/// Writes a drawing as it is (.svg), painted at twice its size (.png) or as a page of its size (.pdf); the file appears
/// whole or not at all.
Status writePlot(const std::filesystem::path& path, const std::string& svg);

} // namespace hilo::cli
